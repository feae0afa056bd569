//! What took place: counts that are nobody's answers.

use super::Evidence;
use crate::rehearse::Titles;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_model::SessionStatus;

/// The reason with which a pair ends that has come to its end.
const COMPLETED: &str = "completed";

/// What took place in the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Pairs that were formed.
    pub pairs_formed: usize,
    /// Pairs that came to their end.
    pub pairs_completed: usize,
    /// Pairs that ended before.
    pub pairs_ended_early: usize,
    /// Pairs that go on.
    pub pairs_going_on: usize,
    /// Meetings that took place, of all pairs together.
    pub meetings: usize,
    /// Sessions that took place, in their order.
    pub sessions: Vec<SessionCount>,
}

/// A session that took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionCount {
    /// Its title.
    pub title: String,
    /// What it is: `training`.
    pub kind: SmolStr,
    /// How many were invited.
    pub invited: usize,
    /// How many came.
    pub attended: usize,
}

pub(super) fn activity(evidence: &Evidence<'_>) -> Activity {
    let Evidence { run, programme, surveys, .. } = evidence;
    let titles = Titles::of(&programme.sessions, surveys);
    let ended = run.pairs.iter().filter_map(|pair| pair.ended.as_ref());
    let completed = ended.clone().filter(|reason| *reason == COMPLETED).count();
    let held = run.sessions.iter().filter(|session| session.status == SessionStatus::Held);
    Activity {
        pairs_formed: run.pairs.len(),
        pairs_completed: completed,
        pairs_ended_early: ended.clone().count() - completed,
        pairs_going_on: run.pairs.len() - ended.count(),
        meetings: run.meetings.iter().filter(|meeting| meeting.took_place).count(),
        sessions: held
            .map(|session| SessionCount {
                title: titles.session(&session.plan.name),
                kind: session.plan.kind.clone(),
                invited: session.plan.audience.len(),
                attended: session.attended.len(),
            })
            .collect(),
    }
}
