//! Expectations: a rehearsal's plan says what must come out.

use super::{Rehearsed, outcome::held_at};
use jiff::Timestamp;
use serde::Serialize;
use turnabout_model::{Event, Expectation, ParticipantStatus, SessionStatus};

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
pub fn verdicts(rehearsed: &Rehearsed, expectations: &[Expectation]) -> Vec<Verdict> {
    expectations.iter().map(|expectation| judge(rehearsed, expectation)).collect()
}

fn judge(rehearsed: &Rehearsed, expectation: &Expectation) -> Verdict {
    let (met, found) = match &expectation.count {
        Some(thing) => {
            let count = moments(rehearsed, thing).len() as u64;
            let met = expectation.is.is_none_or(|n| count == n)
                && expectation.at_least.is_none_or(|n| count >= n)
                && expectation.at_most.is_none_or(|n| count <= n);
            (met, format!("{thing}: {count}"))
        }
        None => in_order(rehearsed, &expectation.order),
    };
    Verdict { say: expectation.say.clone(), met, found }
}

fn in_order(rehearsed: &Rehearsed, things: &[smol_str::SmolStr]) -> (bool, String) {
    let mut found = Vec::new();
    let mut before: Option<Timestamp> = None;
    for thing in things {
        let at = moments(rehearsed, thing);
        let (Some(first), Some(last)) = (at.iter().min(), at.iter().max()) else {
            return (false, format!("{thing} never happened"));
        };
        found.push(format!("{thing} {}", first.strftime("%Y-%m-%d")));
        if before.is_some_and(|before| before > *first) {
            return (false, format!("{}: out of order", found.join(", ")));
        }
        before = Some(*last);
    }
    (true, found.join(", "))
}

/// Every moment at which a thing happened.
fn moments(rehearsed: &Rehearsed, thing: &str) -> Vec<Timestamp> {
    let run = &rehearsed.run;
    let (what, name) = thing.split_once(':').unwrap_or((thing, ""));
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
            .filter_map(|session| held_at(&rehearsed.events, session.plan.session))
            .collect(),
        "message" => each(&|event| matches!(event, Event::MessageQueued { template, .. } if template == name)),
        "survey" => each(&|event| matches!(event, Event::WaveOpened { survey, .. } if survey == name)),
        "pairs" => each(&|event| matches!(event, Event::PairFormed { .. })),
        "meetings" => each(&|event| matches!(event, Event::MeetingRecorded { took_place: true, .. })),
        "concerns" => each(&|event| matches!(event, Event::ConcernRaised { .. })),
        "parked" => each(&|event| matches!(event, Event::JourneyParked { .. })),
        "matching" => each(&|event| matches!(event, Event::ProposalMade { .. })),
        "finished" => each(&|event| matches!(event, Event::RunFinished)),
        "withdrawals" => each(&|event| {
            let withdrawn = ParticipantStatus::Withdrawn;
            matches!(event, Event::ParticipantStatusChanged { status, .. } if *status == withdrawn)
        }),
        _ => Vec::new(),
    }
}
