//! Keeping a run going: resume, cancel, and what became of messages.

use crate::{
    decide::{Deciding, Refusal},
    run::Journey,
};
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, JourneyId, MessageId, MessageOutcome, SessionStatus, Value};

pub(super) fn resume(d: &mut Deciding<'_>, only: Option<JourneyId>) -> Result<(), Refusal> {
    if let Some(id) = only {
        d.run.journey(id).ok_or_else(|| Refusal::unknown(id))?;
    }
    let parked: Vec<JourneyId> = d
        .run
        .journeys
        .iter()
        .filter(|journey| journey.problem().is_some() && only.is_none_or(|id| id == journey.id))
        .map(|journey| journey.id)
        .collect();
    if parked.is_empty() {
        return Err(Refusal::NothingParked);
    }
    for journey in parked {
        d.emit(Event::JourneyResumed { journey });
        // What it waits for may have come while it was parked.
        let mut waiting: Vec<_> = d.run.journey(journey).map_or_else(Vec::new, Journey::waiting_steps);
        waiting.sort_unstable();
        for step in waiting {
            d.review_step(journey, step);
        }
        d.wake_later(journey);
    }
    Ok(())
}

/// Ends the run early. Everybody in it is told, alumni who are invited to something too, but not why: the reason is the
/// coordinator's.
pub(super) fn cancel(d: &mut Deciding<'_>, reason: &SmolStr) {
    let to_come = d.run.sessions.iter().filter(|session| session.status == SessionStatus::Planned);
    let invited: Vec<_> = to_come.flat_map(|session| session.plan.audience.iter().copied()).collect();
    d.queue_to_all_if_any("cancelled", &invited, &Value::Null);
    for index in 0..d.run.journeys.len() {
        let journey = d.run.journeys[index].id;
        d.cancel_journey(journey);
    }
    d.tidy("the run was cancelled");
    d.emit(Event::RunCancelled { reason: reason.clone() });
}

pub(super) fn settle(d: &mut Deciding<'_>, id: MessageId, outcome: MessageOutcome) -> Result<(), Refusal> {
    let message = d.run.message(id).ok_or_else(|| Refusal::unknown(id))?;
    if message.outcome.is_some() {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "settled" });
    }
    d.emit(Event::MessageSettled { message: id, outcome });
    Ok(())
}
