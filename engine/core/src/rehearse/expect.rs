//! Expectations: a rehearsal's plan says what must come out.

use super::{
    Rehearsed, WhichPairs,
    found::{Thing, Words, capital},
};
use crate::decide::DECLINED;
use jiff::Timestamp;
use serde::Serialize;
use turnabout_model::{AgreementId, Event, Expectation, MessageOutcome, ParticipantStatus, Period, SessionStatus};

/// Whether an expectation was met, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The expectation's sentence.
    pub say: String,
    /// Whether it was met.
    pub met: bool,
    /// What was found, in words.
    pub found: String,
}

/// Judges every expectation on a rehearsal.
///
/// A session happens when it starts, as last planned, whenever its attendance was noted; everything else when it was
/// recorded, a meeting on its own day.
pub fn verdicts(rehearsed: &Rehearsed, expectations: &[Expectation]) -> Vec<Verdict> {
    expectations.iter().map(|expectation| judge(rehearsed, expectation)).collect()
}

fn judge(rehearsed: &Rehearsed, expectation: &Expectation) -> Verdict {
    let (met, found) = match &expectation.count {
        Some(thing) => {
            let thing = Thing::read(thing);
            let zone = &rehearsed.run.zone;
            let since = |period: Option<Period>| period.map(|period| period.after(rehearsed.run.started, zone));
            let (after, before) = (since(expectation.after), since(expectation.before));
            let within =
                |at: &Timestamp| after.is_none_or(|after| *at >= after) && before.is_none_or(|before| *at < before);
            let times = moments(rehearsed, thing).iter().filter(|at| within(at)).count();
            let count = times as u64;
            let met = expectation.is.is_none_or(|n| count == n)
                && expectation.at_least.is_none_or(|n| count >= n)
                && expectation.at_most.is_none_or(|n| count <= n);
            let words = Words { titles: &rehearsed.titles, zone };
            (met, format!("{}{}", thing.counted(times, &rehearsed.titles), words.window(after, before)))
        }
        None => in_order(rehearsed, &expectation.order),
    };
    Verdict { say: expectation.say.clone(), met, found: capital(&found) }
}

fn in_order(rehearsed: &Rehearsed, things: &[smol_str::SmolStr]) -> (bool, String) {
    let words = Words { titles: &rehearsed.titles, zone: &rehearsed.run.zone };
    let mut found = Vec::new();
    let mut before: Option<Timestamp> = None;
    for (place, thing) in things.iter().enumerate() {
        let thing = Thing::read(thing);
        let at = moments(rehearsed, thing);
        let (Some(first), Some(last)) = (at.iter().min().copied(), at.iter().max().copied()) else {
            found.push(thing.counted(0, words.titles));
            return (false, found.join("; "));
        };
        let too_early = before.is_some_and(|before| before > first);
        let ends = too_early || place + 1 == things.len();
        found.push(thing.dated((first, last), at.len() > 1, ends, words));
        if too_early {
            return (false, format!("{}, too early", found.join("; ")));
        }
        before = Some(last);
    }
    (true, found.join("; "))
}

/// Every moment at which a thing happened.
fn moments(rehearsed: &Rehearsed, Thing { what, name }: Thing<'_>) -> Vec<Timestamp> {
    let run = &rehearsed.run;
    let each = |keep: &dyn Fn(&Event) -> bool| -> Vec<Timestamp> {
        rehearsed.events.iter().filter(|(_, event)| keep(event)).map(|(at, _)| *at).collect()
    };
    match what {
        "session" | "sessions" => run
            .sessions
            .iter()
            .filter(|session| session.status == SessionStatus::Held)
            .filter(
                |s| if what == "session" { s.plan.diary == name || s.plan.name == name } else { s.plan.kind == name },
            )
            .map(|session| session.plan.starts)
            .collect(),
        "message" => each(&|event| matches!(event, Event::MessageQueued { template, .. } if template == name)),
        "sent" => settled(rehearsed, MessageOutcome::Sent, &|of| of == name),
        "stale" => settled(rehearsed, MessageOutcome::Stale, &|of| name.is_empty() || of == name),
        "unsent" => run.messages.iter().filter(|message| message.outcome.is_none()).map(|m| m.queued).collect(),
        "survey" => each(&|event| matches!(event, Event::WaveOpened { survey, .. } if survey == name)),
        "agreements" => signed(rehearsed, &|_| true),
        "agreement" => signed(rehearsed, &|of| of == name),
        "pairs" => WhichPairs::read(name).map_or_else(Vec::new, |which| {
            each(&|event| match event {
                Event::PairFormed { mentor, mentee, .. } => which.include(rehearsed, *mentor, *mentee),
                _ => false,
            })
        }),
        "meetings" => run.meetings.iter().filter(|meeting| meeting.took_place).map(|meeting| meeting.on).collect(),
        "concerns" => each(&|event| matches!(event, Event::ConcernRaised { .. })),
        "parked" => each(&|event| matches!(event, Event::JourneyParked { .. })),
        "matching" => each(&|event| matches!(event, Event::ProposalMade { .. })),
        "finished" => each(&|event| matches!(event, Event::RunFinished)),
        "withdrawals" => each(&|event| {
            let withdrawn = ParticipantStatus::Withdrawn;
            matches!(event, Event::ParticipantStatusChanged { status, .. } if *status == withdrawn)
        }),
        "declines" => each(&|event| matches!(event, Event::PairEnded { reason, .. } if *reason == DECLINED)),
        _ => Vec::new(),
    }
}

/// When the second of a pair signed an agreement, for each that both have signed.
fn signed(rehearsed: &Rehearsed, of: &dyn Fn(&str) -> bool) -> Vec<Timestamp> {
    let both = rehearsed.run.agreements.iter().filter(|agreement| of(&agreement.name) && agreement.is_complete());
    let last = |id: AgreementId| {
        let by = |event: &Event| matches!(event, Event::AgreementSigned { agreement, .. } if *agreement == id);
        rehearsed.events.iter().rev().find(|(_, event)| by(event)).map(|(at, _)| *at)
    };
    // One that both had signed before it was opened again is counted where they signed it.
    both.filter_map(|agreement| last(agreement.id)).collect()
}

/// When messages came to an outcome.
fn settled(rehearsed: &Rehearsed, outcome: MessageOutcome, of: &dyn Fn(&str) -> bool) -> Vec<Timestamp> {
    let such = |event: &Event| match event {
        Event::MessageSettled { message, outcome: found } if *found == outcome => {
            rehearsed.run.message(*message).is_some_and(|message| of(&message.template))
        }
        _ => false,
    };
    rehearsed.events.iter().filter(|(_, event)| such(event)).map(|(at, _)| *at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rehearse::Titles, run::Run};
    use std::collections::BTreeSet;
    use turnabout_model::{
        BundleHash, MeetingForm, PairId, ParticipantId, Person, Role, RunId, SessionKind, SessionPlan, Value,
    };

    /// A rehearsal in which a training day is moved, pairs are formed the next week and meet twice.
    fn rehearsed() -> Rehearsed {
        let mut events = Vec::new();
        let mut run = Run::default();
        let mut tell = |run: &mut Run, at: &str, event: Event| {
            let at: Timestamp = at.parse().unwrap();
            run.apply(at, &event);
            events.push((at, event));
        };
        let started = Event::RunStarted {
            run: RunId::from_bits(7),
            bundle: BundleHash("00".into()),
            template: "example".into(),
            template_version: "1.0.0".into(),
            client: "rehearsal".into(),
            settings: Value::Null,
            time_zone: "Europe/London".into(),
            seed: 7,
            renews: None,
        };
        tell(&mut run, "2026-01-05T09:00:00Z", started);
        let session = run.next_session();
        let [planned, moved, ends]: [Timestamp; 3] =
            ["2026-02-25T09:30:00Z", "2026-03-04T09:30:00Z", "2026-03-04T16:30:00Z"].map(|at| at.parse().unwrap());
        let plan = SessionPlan {
            session,
            name: "mentor-day-1".into(),
            diary: "mentor-day-1".into(),
            kind: "training".into(),
            audience: Vec::new(),
            starts: planned,
            ends: planned,
            remind_at: None,
        };
        tell(&mut run, "2026-01-05T09:00:00Z", Event::SessionPlanned { plan });
        tell(&mut run, "2026-02-20T09:00:00Z", Event::SessionRescheduled { session, starts: moved, ends, sequence: 1 });
        let pair = pair(&mut run, &mut tell);
        // Who came is noted late, after the pairs were formed.
        tell(&mut run, "2026-03-18T09:00:00Z", Event::SessionHeld { session, attended: Vec::new() });
        for on in ["2026-04-13T10:00:00Z", "2026-05-11T10:00:00Z"] {
            let (meeting, form) = (run.next_meeting(), MeetingForm::InPerson);
            let at = on.parse().unwrap();
            let event = Event::MeetingRecorded { meeting, pair, on: at, minutes: 60, form, took_place: true };
            tell(&mut run, on, event);
        }
        let kind = |title: &str| SessionKind {
            kind: "training".into(),
            title: title.into(),
            lasts: Period::seconds(3600),
            notice: Period::weeks(1),
            weekday: None,
            at: "09:30".into(),
            invitation: None,
            reminder: None,
            remind_before: Period::days(2),
        };
        let sessions = [
            ("mentor-day-1".into(), kind("Mentor training, day 1: the mentoring conversation")),
            ("evening-1".into(), kind("Evening: for mentors")),
            ("evening-2".into(), kind("Evening: for mentees")),
        ];
        let titles = Titles::of(&sessions.into(), &[].into());
        let ended = run.started;
        let people = [(1, Role::Mentor, "woman", "rotas"), (2, Role::Mentee, "man", "rotas")].map(person).into();
        Rehearsed {
            run,
            events,
            people,
            titles,
            ended,
            refusals: Vec::new(),
            refused: Vec::new(),
            not_done: Vec::new(),
        }
    }

    fn person((id, role, gender, topic): (u32, Role, &str, &str)) -> Person {
        let attributes = [("gender", vec![gender]), ("topics", vec!["promotion", topic])];
        let attributes = attributes.map(|(name, held)| (name.into(), held.into_iter().map(Into::into).collect()));
        Person {
            id: ParticipantId(id),
            role,
            name: "Noor Okoro".into(),
            email: "noor@example.org".into(),
            manager: None,
            attributes: attributes.into(),
            consents: BTreeSet::new(),
            avoids: BTreeSet::new(),
            agreed_to_contact: None,
        }
    }

    fn pair(run: &mut Run, tell: &mut impl FnMut(&mut Run, &str, Event)) -> PairId {
        let [mentor, mentee] = [Role::Mentor, Role::Mentee].map(|role| {
            let participant = run.next_participant();
            let status = ParticipantStatus::Accepted;
            tell(run, "2026-01-06T09:00:00Z", Event::ParticipantAdded { participant, role, status });
            participant
        });
        let pair = run.next_pair();
        tell(run, "2026-03-11T09:00:00Z", Event::PairFormed { pair, mentor, mentee });
        pair
    }

    fn expectation(count: Option<&str>, is: Option<u64>, order: &[&str]) -> Expectation {
        Expectation {
            after: None,
            before: None,
            say: "so".into(),
            count: count.map(Into::into),
            is,
            at_least: None,
            at_most: None,
            order: order.iter().map(|thing| (*thing).into()).collect(),
        }
    }

    #[test]
    fn an_order_is_told_by_titles_and_by_when_sessions_start() {
        let rehearsed = rehearsed();
        for (order, met, found) in [
            (
                &["session:mentor-day-1", "pairs", "meetings"][..],
                true,
                "Mentor training, day 1: 4 March 2026; pair: 11 March 2026; first meeting: 13 April 2026",
            ),
            (
                &["pairs", "meetings", "session:mentor-day-1"],
                false,
                "Pair: 11 March 2026; meetings: 13 April 2026 to 11 May 2026; Mentor training, day 1: 4 March 2026, too early",
            ),
            (&["meetings", "pairs"], false, "Meetings: 13 April 2026 to 11 May 2026; pair: 11 March 2026, too early"),
            (
                &["sessions:training", "survey:half-way"],
                false,
                "Training session: 4 March 2026; survey “half-way”: never sent",
            ),
            (&["session:evening-1", "pairs"], false, "Evening: for mentors: never held"),
        ] {
            let verdict = judge(&rehearsed, &expectation(None, None, order));
            assert_eq!((verdict.met, verdict.found.as_str()), (met, found), "{order:?}");
        }
    }

    #[test]
    fn a_count_is_told_in_words() {
        let rehearsed = rehearsed();
        for (count, is, met, found) in [
            ("pairs", 1, true, "1 pair"),
            ("meetings", 3, false, "2 meetings"),
            ("session:mentor-day-1", 1, true, "Mentor training, day 1: held once"),
            ("session:group-call 3", 1, false, "Group-call 3: never held"),
            ("sessions:group-call", 0, true, "0 group-call sessions"),
            ("message:gentle-nudge", 0, true, "0 “gentle nudge” messages"),
            ("parked", 0, true, "Nothing was parked"),
            ("finished", 1, false, "It did not come to its end"),
            ("matching", 1, false, "0 proposals of pairs"),
            ("pairs:mentor.gender=woman", 1, true, "1 pair with “woman” as the mentor's gender"),
            ("pairs:mentor.gender=man", 0, true, "0 pairs with “man” as the mentor's gender"),
            ("pairs:mentee.gender=man", 0, false, "1 pair with “man” as the mentee's gender"),
            ("pairs:mentee.topics=rotas", 1, true, "1 pair with “rotas” as the mentee's topics"),
            ("pairs:alike.gender", 0, true, "0 pairs alike in gender"),
            ("pairs:alike.topics", 0, false, "1 pair alike in topics"),
            ("pairs:alike.ethnicity", 0, true, "0 pairs alike in ethnicity"),
        ] {
            let verdict = judge(&rehearsed, &expectation(Some(count), Some(is), &[]));
            assert_eq!((verdict.met, verdict.found.as_str()), (met, found), "{count}");
        }
    }
}
