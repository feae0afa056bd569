//! What invented people do falls where real people could do it: on days and at hours that a client believes.

use super::{House, Limits, Sandbox, load, templates};
use jiff::{
    Timestamp,
    civil::{DateTime, Time, time},
};
use std::collections::BTreeSet;
use turnabout_core::rehearse::{Rehearsed, rehearse};
use turnabout_model::{Diary, Event, ParticipantId, ParticipantStatus};

/// Lives a rehearsal of every template with twenty seeds.
fn in_many_lives(rehearsal: impl Fn(&str) -> &'static str, mut look: impl FnMut(&str, &Diary, &Rehearsed)) {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    for name in templates() {
        let bundle = load(&name);
        bundle.bring_components(&sandbox).unwrap();
        let plan = &bundle.rehearsals[rehearsal(&name)];
        for seed in 0..20 {
            let house = House { rules: &sandbox, limits: Limits::standard() };
            let rehearsed = rehearse(&bundle, plan, seed, house).unwrap();
            look(&format!("{name} with seed {seed}"), &bundle.programme.diary, &rehearsed);
        }
    }
}

/// When something is done: its first and last moment of a day, and whether on working days alone.
type Hours = (Time, Time, bool);

const WORK: Hours = (time(8, 0, 0, 0), time(18, 0, 0, 0), true);
const MEETINGS: Hours = (time(9, 0, 0, 0), time(17, 0, 0, 0), true);
const OWN: Hours = (time(7, 0, 0, 0), time(22, 0, 0, 0), false);

/// What a person did, when, and in which hours people do such things; nothing of what the engine did by itself.
fn done(at: Timestamp, event: &Event) -> Option<(Timestamp, Hours)> {
    use ParticipantStatus::{Accepted, Applied, Declined, Withdrawn};
    let hours = match event {
        Event::MeetingRecorded { on, .. } => return Some((*on, MEETINGS)),
        Event::ParticipantAdded { status: Applied, .. }
        | Event::ParticipantStatusChanged { status: Accepted | Declined, .. }
        | Event::SessionHeld { .. }
        | Event::SessionCancelled { .. }
        | Event::TaskClosed { .. }
        | Event::SignalReceived { .. }
        | Event::ConcernClosed { .. } => WORK,
        // One that has no pairs waits for nobody.
        Event::ProposalPublished { pairs, .. } if !pairs.is_empty() => WORK,
        Event::ParticipantStatusChanged { status: Withdrawn, .. }
        | Event::ResponseReceived { .. }
        | Event::AgreementSigned { .. }
        | Event::ConcernRaised { .. } => OWN,
        _ => return None,
    };
    Some((at, hours))
}

fn works(at: DateTime, diary: &Diary) -> bool {
    at.weekday().to_monday_zero_offset() < 5 && !diary.keeps_free(at.date())
}

#[test]
fn no_session_falls_on_a_day_that_is_kept_free() {
    let mut around_the_new_year = 0;
    in_many_lives(
        |_| "steady",
        |life, diary, rehearsed| {
            assert!(!diary.is_open(), "{life}: nothing is kept free");
            for session in &rehearsed.run.sessions {
                let starts = rehearsed.run.zone.to_datetime(session.plan.starts);
                assert!(works(starts, diary), "{life}: {} is on {starts}", session.plan.name);
                around_the_new_year += usize::from([1, 12].contains(&starts.month()));
            }
        },
    );
    assert!(around_the_new_year > 0, "no rehearsal goes through the winter");
}

#[test]
fn nobody_acts_at_night_and_nobody_works_on_a_day_off() {
    let mut acts = 0;
    // What is hard for people: they leave, raise concerns and let things slip.
    let hard = |name: &str| if name == "ambulance" { "hard-year" } else { "steady" };
    in_many_lives(hard, |life, diary, rehearsed| {
        for (at, event) in &rehearsed.events {
            let Some((at, (first, last, working_days))) = done(*at, event) else { continue };
            let local = rehearsed.run.zone.to_datetime(at);
            acts += 1;
            assert!(first <= local.time() && local.time() < last, "{life}: {event:?} at {local}");
            assert!(!working_days || works(local, diary), "{life}: {event:?} on {local}");
        }
    });
    assert!(acts > 10_000, "{acts} acts are too few to tell");
}

#[test]
fn what_people_do_does_not_pile_up_when_the_day_begins() {
    let (mut first, mut all) = (0, 0);
    in_many_lives(
        |_| "steady",
        |_, _, rehearsed| {
            for (at, event) in &rehearsed.events {
                let Some((at, (opens, ..))) = done(*at, event) else { continue };
                let local = rehearsed.run.zone.to_datetime(at).time();
                first += usize::from((local.hour(), local.minute()) == (opens.hour(), opens.minute()));
                all += 1;
            }
        },
    );
    assert!(first * 50 < all, "{first} of {all} acts are in the first minute of their hours");
}

#[test]
fn whoever_met_in_a_pair_gets_a_certificate_and_nobody_else() {
    let few = |name: &str| match name {
        "ambulance" => "more-mentees-than-mentors",
        "police" => "nobody-answers",
        "race-equity" => "more-mentors-than-leaders",
        _ => "uneven",
    };
    let mut without = 0;
    in_many_lives(few, |life, _, rehearsed| {
        let run = &rehearsed.run;
        let sent = |event: &Event| match event {
            Event::MessageQueued { template, to: turnabout_model::Recipient::Participant(who), .. } => {
                (template == "certificate").then_some(*who)
            }
            _ => None,
        };
        let thanked: BTreeSet<ParticipantId> = rehearsed.events.iter().filter_map(|(_, event)| sent(event)).collect();
        let pairs = run.meetings.iter().filter(|meeting| meeting.took_place).filter_map(|m| run.pair(m.pair));
        let met: BTreeSet<ParticipantId> = pairs.flat_map(|pair| [pair.mentor, pair.mentee]).collect();
        let stayed = |who: &ParticipantId| run.participants[who].status == ParticipantStatus::Accepted;
        assert_eq!(thanked, met.into_iter().filter(stayed).collect(), "{life}");
        without += run.participants.keys().filter(|who| stayed(who) && !thanked.contains(who)).count();
    });
    assert!(without > 0, "everybody met: that shows nothing");
}
