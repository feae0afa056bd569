//! Switching a run to another bundle: everything that it means, as one batch of events.

use super::{Context, Deciding};
use crate::{
    replay::Moves,
    run::{Journey, JourneyStatus, Run, by_journey},
};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use turnabout_model::{Event, JourneyId, StepKey};

/// What an amendment was found to mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Switch {
    /// The event itself.
    pub(crate) event: Event,
    /// Parked journeys that can go on under the new script.
    pub(crate) resumed: Vec<JourneyId>,
    /// Journeys whose script asks for something new at once. All others are not woken.
    pub(crate) woken: Vec<JourneyId>,
}

/// Switches a run: lets go of what waits and is skipped, puts the run under the new bundle, and lets those go on whom the
/// new script gives something to do. `context` has the new bundle.
pub(crate) fn switch(run: &mut Run, by: &Switch, context: Context<'_>) -> Vec<Event> {
    let Event::BundleSwitched { mappings, deadlines, branches, .. } = &by.event else { return Vec::new() };
    let mut d = Deciding { run, context, events: Vec::new(), runnable: VecDeque::new(), wakes: FxHashMap::default() };
    let branches = by_journey(branches);
    let of = |journey: &JourneyId| branches.get(journey).map_or(&[][..], Vec::as_slice);
    let skipped: Vec<(JourneyId, Vec<StepKey>)> = d
        .run
        .journeys
        .iter()
        .filter(|journey| !journey.ended())
        .map(|journey| {
            let by = Moves { function: &journey.function, mappings, branches: of(&journey.id) };
            (journey.id, journey.memory.skipped_waiting(by))
        })
        .collect();
    for (journey, steps) in skipped {
        for step in steps {
            d.drop_inside(journey, step);
            d.drop_step(journey, step);
        }
    }
    d.emit(by.event.clone());
    for journey in &by.resumed {
        if d.run.journey(*journey).is_some_and(|journey| matches!(journey.status, JourneyStatus::Parked(_))) {
            d.emit(Event::JourneyResumed { journey: *journey });
            let mut waiting: Vec<_> = d.run.journey(*journey).map_or_else(Vec::new, Journey::waiting_steps);
            waiting.sort_unstable();
            for step in waiting {
                d.review_step(*journey, step);
            }
            d.wake_later(*journey);
        }
    }
    for journey in &by.woken {
        d.wake_later(*journey);
    }
    for deadline in deadlines {
        d.review_step(deadline.journey, deadline.step);
    }
    d.advance();
    d.warn_about_length();
    d.events
}
