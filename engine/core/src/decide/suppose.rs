//! Supposing that something came that is waited for: to see where a script goes after it, on a copy of a run.

use super::{Context, Deciding};
use crate::{
    run::Run,
    verbs::{agreement_value, cohort_value},
};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use turnabout_model::{Event, JourneyId, StepKey, Value, Wait};

/// Lets the first step come to its end that waits in these journeys and for something whose end is known: time has passed, a
/// task was closed with its first choice, a survey or an agreement has closed, everyone came to a session. Everything else in
/// the run stands still. Tells whether there was one.
///
/// A letter, pairs that are to be published and an errand are left alone: nobody knows what they would bring.
pub(crate) fn suppose(run: &mut Run, since: JourneyId, context: Context<'_>) -> bool {
    let Some((journey, step, wait)) = first(run, since) else { return false };
    let now = match wait {
        Wait::Until(at) => at.max(context.now),
        _ => context.now,
    };
    let context = Context { now, ..context };
    let mut d = Deciding { run, context, events: Vec::new(), runnable: VecDeque::new(), wakes: FxHashMap::default() };
    let value = match wait {
        Wait::Until(_) => Some(Value::map([("timed_out", true.into())])),
        Wait::Recruitment { .. } => Some(cohort_value(d.run)),
        Wait::Task(task) => {
            let choice = d.run.task(task).and_then(|task| task.choices.first()).cloned().unwrap_or_default();
            d.emit(Event::TaskClosed { task, choice: choice.clone() });
            Some(choice.into())
        }
        Wait::Wave { wave, .. } => {
            d.emit(Event::WaveClosed { wave });
            d.satisfied(journey, step, &wait)
        }
        Wait::Agreement { agreement, .. } => {
            d.emit(Event::AgreementClosed { agreement });
            d.run.agreement(agreement).map(|agreement| agreement_value(agreement, true))
        }
        Wait::Session(session) => {
            let attended = d.run.session(session).map(|session| session.plan.audience.clone()).unwrap_or_default();
            d.emit(Event::SessionHeld { session, attended });
            d.satisfied(journey, step, &wait)
        }
        Wait::Proposal(_) | Wait::Signal { .. } | Wait::Errand(_) | Wait::Children(_) | Wait::Branches { .. } => None,
    };
    let Some(value) = value else { return false };
    d.complete(journey, step, value);
    d.advance();
    true
}

fn first(run: &Run, since: JourneyId) -> Option<(JourneyId, StepKey, Wait)> {
    let mut journeys = run.journeys.iter().filter(|journey| journey.id >= since && journey.active());
    journeys.find_map(|journey| {
        let waiting = journey.memory.waiting().filter(|(_, _, wait)| has_known_end(wait));
        let (step, _, wait) = waiting.min_by_key(|(step, ..)| *step)?;
        Some((journey.id, step, wait.clone()))
    })
}

/// Whether it can be supposed what comes of a wait.
fn has_known_end(wait: &Wait) -> bool {
    match wait {
        Wait::Until(_)
        | Wait::Recruitment { .. }
        | Wait::Task(_)
        | Wait::Wave { .. }
        | Wait::Agreement { .. }
        | Wait::Session(_) => true,
        Wait::Proposal(_) | Wait::Signal { .. } | Wait::Errand(_) | Wait::Children(_) | Wait::Branches { .. } => false,
    }
}
