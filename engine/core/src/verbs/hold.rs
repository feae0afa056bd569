//! `hold(name, audience, options)`: a session is planned, and the script waits until it was held or called off.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, cohort};
use crate::decide::Deciding;
use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};
use turnabout_model::{Diary, Event, ParticipantId, Recipient, SessionId, SessionKind, SessionPlan, Value, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "hold",
        required: &[
            Parameter {
                name: "name",
                holds: "text: a kind of session of the manifest's diary, with a number or words after it if need be",
            },
            Parameter { name: "audience", holds: "people: a participant, a list of them, a pair or a cohort" },
        ],
        optional: &[Parameter { name: "options", holds: "#{ on: the earliest day, a period from now or a moment }" }],
        label: Some(0),
        immediate: false,
        returns: "#{session, held, attended, missed, timed_out}: who came and who did not",
        about: "Plans a session, invites to it and waits until it was held or cancelled. It falls on no day that the \
                diary keeps free. `drop-in 2` is planned like `drop-in`.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("hold", call.arguments);
    arguments.only(2, &["on"])?;
    let name = arguments.text(0, "the name")?;
    let audience = cohort::invited(d.run(), &arguments.people(1, "the audience")?);
    let bundle = d.context().bundle;
    let diary = diary_name(name);
    let kind = bundle.programme.sessions.get(diary);
    let kind = kind.ok_or_else(|| VerbError::unknown("session", diary, bundle.programme.sessions.keys()))?;
    let zone = d.run().zone.clone();
    let now = d.context().now;
    let notice = Value::Period(kind.notice);
    let earliest = arguments.moment(arguments.option(2, "on")?.unwrap_or(&notice), "on", now, &zone)?;
    // In a pause nothing is held.
    let earliest = d.run().counts_from(earliest);
    let starts = first_slot(kind, &bundle.programme.diary, earliest, &zone).ok_or_else(|| {
        let message = format!("hold: there is no day for '{diary}' from {earliest} on");
        VerbError::new("script::bad_argument", message)
            .help(format!("It is planned at most {FURTHEST_DAYS} days later: see which days [diary] keeps free."))
    })?;
    if audience.is_empty() {
        // Everyone meant has left: nothing is planned for nobody.
        return Ok(Decided::Value(Value::map([
            ("held", false.into()),
            ("attended", Vec::new().into()),
            ("missed", Vec::new().into()),
            ("timed_out", false.into()),
        ])));
    }
    let session = put_in_diary(d, kind, name, audience, starts);
    Ok(Decided::Wait(Wait::Session(session)))
}

/// Puts a session into the diary and invites to it.
pub(crate) fn put_in_diary(
    d: &mut Deciding<'_>,
    kind: &SessionKind,
    name: &str,
    audience: Vec<ParticipantId>,
    starts: Timestamp,
) -> SessionId {
    let session = d.run().next_session();
    let zone = d.run().zone.clone();
    let plan = SessionPlan {
        session,
        name: name.into(),
        diary: diary_name(name).into(),
        kind: kind.kind.clone(),
        audience,
        starts,
        ends: kind.lasts.after(starts, &zone),
        remind_at: kind.reminder.as_ref().map(|_| kind.remind_before.negated().after(starts, &zone)),
    };
    let invited: Vec<_> = plan.audience.iter().copied().map(Recipient::Participant).collect();
    d.emit(Event::SessionPlanned { plan });
    if let Some(template) = &kind.invitation {
        d.queue(template, &invited, &Value::map([("session", Value::text(session))]));
    }
    session
}

/// The diary's own name for a session: `drop-in 2` is planned like `drop-in`.
pub fn diary_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// How many days later than the earliest a session is planned, when one day after another is kept free.
const FURTHEST_DAYS: u32 = 800;

/// The first start that the diary allows on or after a moment: on its weekday, or else on a working day, and on none that
/// is kept free.
pub(crate) fn first_slot(kind: &SessionKind, diary: &Diary, earliest: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let (hour, minute) = kind.at.split_once(':')?;
    let at = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    let local = earliest.to_zoned(zone.clone());
    let mut day = local.date();
    for _ in 0..=FURTHEST_DAYS {
        let suits = match kind.weekday {
            Some(weekday) => day.weekday() == weekday.to_jiff(),
            None => day.weekday().to_monday_zero_offset() < 5,
        };
        if suits && !diary.keeps_free(day) {
            let start = day.to_datetime(at).to_zoned(zone.clone()).ok()?.timestamp();
            if start >= earliest {
                return Some(start);
            }
        }
        day = day.checked_add(1.day()).ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnabout_model::Weekday;

    fn kind() -> SessionKind {
        serde_json::from_value(serde_json::json!({ "kind": "training", "title": "Training", "lasts": "1 hour" }))
            .unwrap()
    }

    #[test]
    fn a_session_falls_on_no_day_that_is_kept_free() {
        let london = TimeZone::get("Europe/London").unwrap();
        let free = ["12-24..01-01", "2027-01-05", "2027-03-26"].map(|days| days.parse().unwrap());
        let diary = Diary { free: free.into() };
        let mut kind = kind();
        for (weekday, earliest, expect) in [
            (None, "2026-12-23T09:00:00Z", "2026-12-23T10:00:00Z"),
            // The new year's first day is a Friday.
            (None, "2026-12-23T11:00:00Z", "2027-01-04T10:00:00Z"),
            (None, "2027-03-26T09:00:00Z", "2027-03-29T09:00:00Z"),
            (None, "2028-03-26T09:00:00Z", "2028-03-27T09:00:00Z"),
            // The Tuesdays after it are 29 December and 5 January.
            (Some(Weekday::Tuesday), "2026-12-23T09:00:00Z", "2027-01-12T10:00:00Z"),
        ] {
            kind.weekday = weekday;
            let slot = first_slot(&kind, &diary, earliest.parse().unwrap(), &london).unwrap();
            assert_eq!(slot.to_string(), expect, "{weekday:?} from {earliest}");
        }
        let always = Diary { free: vec!["01-01..12-31".parse().unwrap()] };
        assert_eq!(first_slot(&kind, &always, "2026-12-23T09:00:00Z".parse().unwrap(), &london), None);
    }

    #[test]
    fn a_session_falls_on_its_weekday_or_a_working_day() {
        let london = TimeZone::get("Europe/London").unwrap();
        let mut kind = kind();
        for (weekday, earliest, expect) in [
            (None, "2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
            (None, "2026-03-02T11:00:00Z", "2026-03-03T10:00:00Z"),
            (None, "2026-03-06T11:00:00Z", "2026-03-09T10:00:00Z"),
            (Some(Weekday::Tuesday), "2026-03-24T10:00:00Z", "2026-03-24T10:00:00Z"),
            (Some(Weekday::Tuesday), "2026-03-24T10:00:01Z", "2026-03-31T09:00:00Z"),
        ] {
            kind.weekday = weekday;
            let slot = first_slot(&kind, &Diary::default(), earliest.parse().unwrap(), &london).unwrap();
            assert_eq!(slot.to_string(), expect, "{weekday:?} from {earliest}");
        }
    }
}
