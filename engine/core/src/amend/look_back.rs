//! What is complete, held against the new script: nothing of it runs again, but whoever amends should know.

use super::Amendment;
use crate::{
    decide::Context,
    replay::{Divergence, Mode, Moves},
    run::{Run, by_journey},
    seen::see_as,
};
use std::sync::Arc;
use turnabout_model::{JourneyCause, JourneyId, MovedBranches, Value};

/// Replays every journey in full under the new script and tells where completed branches would have gone otherwise. The run
/// must have been folded with [`Retention::All`](crate::replay::Retention::All).
///
/// `settings` are those that it has under the new manifest, `branches` where its branches were found to stand.
///
/// A completed branch is a checkpoint, so this hinders nothing: the values that it had stay, and what the new script has in
/// it never happened.
pub fn look_back(
    run: &Run,
    (amendment, branches): (&Amendment, &[MovedBranches]),
    settings: &Arc<Value>,
    context: Context<'_>,
) -> Vec<(JourneyId, Divergence)> {
    let mut run = run.clone();
    run.settings = Arc::clone(settings);
    for journey in &mut run.journeys {
        if journey.cause == JourneyCause::Programme {
            journey.arguments = vec![(**settings).clone()];
        }
    }
    let program = &*context.bundle.program;
    let branches = by_journey(branches);
    let open = run.journeys.iter().filter(|journey| !journey.ended());
    let found = open.filter_map(|journey| {
        let mut memory = journey.memory.clone();
        let branches = branches.get(&journey.id).map_or(&[][..], Vec::as_slice);
        memory.map(Moves { function: &journey.function, mappings: &amendment.mappings, branches });
        let mut journey = journey.clone();
        journey.rename_function(&amendment.mappings);
        let seen = see_as(&run, &journey, memory, (program, Mode::Full), context.when());
        Some((journey.id, seen.divergence?))
    });
    found.collect()
}
