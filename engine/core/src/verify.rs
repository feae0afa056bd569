//! Verifying a script against a journal: every journey is replayed in full, in memory, and nothing is decided.
//!
//! This is how a run is checked before it continues under another bundle.

use crate::{
    limits::Limits,
    ports::Program,
    replay::Mode,
    run::{Journey, JourneyStatus, Run},
    seen::{When, see_as},
};
use jiff::Timestamp;
use turnabout_model::{JourneyId, Problem};

/// What a full replay of one journey came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The journey.
    pub journey: JourneyId,
    /// Why it would not continue; nothing if it would.
    pub problem: Option<Problem>,
    /// How many new steps the script would ask for at once: none, under the bundle that the run pins. In a pause it asks for
    /// none either, but at its end.
    pub would_ask: usize,
}

/// Replays every journey of a run under a program. The run must have been folded with
/// [`Retention::All`](crate::replay::Retention::All).
///
/// Cancelled journeys are left out: they go on under no script.
pub fn verify(run: &Run, program: &dyn Program, now: Timestamp, limits: Limits) -> Vec<Check> {
    let journeys = run.journeys.iter();
    // What was over when the run was amended was lived under another script, and nothing of it is remembered.
    let lived =
        |journey: &&Journey| matches!(journey.status, JourneyStatus::Finished(_)) && !journey.memory.is_forgotten();
    let journeys = journeys.filter(|journey| journey.active() || lived(journey));
    journeys.map(|journey| check(run, journey, program, now, limits)).collect()
}

fn check(run: &Run, journey: &Journey, program: &dyn Program, now: Timestamp, limits: Limits) -> Check {
    let seen = see_as(run, journey, journey.memory.clone(), (program, Mode::Full), When { now, limits });
    let would_ask = if run.stands_still(journey) { 0 } else { seen.asked.len() };
    Check { journey: journey.id, problem: seen.problem, would_ask }
}
