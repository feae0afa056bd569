//! Trying what a script hears: one rehearsal in which everything happens that a script may have a handler for.
//!
//! A template's own rehearsals may let nobody leave, and then nothing has ever run what the script does about it. Here a
//! concern is raised, a mentee declines their mentor, and a mentor and a mentee leave, each a day after the one before and each as soon as it
//! can happen.

use super::{Act, Company, House, MemoryStage, RehearseError, Rehearsed, Stage, begun, ended, live};
use crate::{bundle::Bundle, decide::Input, run::Run};
use jiff::{SignedDuration, Timestamp};
use turnabout_model::{ParticipantId, Period, RehearsalPlan, Role};

/// What happens, in this order.
#[derive(Debug, Clone, Copy)]
enum Happens {
    Concern,
    PairEnds,
    Leaves(Role),
}

const ALL: [Happens; 4] =
    [Happens::Concern, Happens::PairEnds, Happens::Leaves(Role::Mentor), Happens::Leaves(Role::Mentee)];

/// Rehearses a plan with one concern, one pair that is declined and one withdrawal of either side, so that every handler of the
/// script runs. What can't happen, since nobody was ever accepted or paired, does not.
pub fn try_handlers(
    bundle: &Bundle,
    plan: &RehearsalPlan,
    seed: u64,
    house: House<'_>,
) -> Result<Rehearsed, RehearseError> {
    let (mut stage, mut company, start) = begun(MemoryStage::new(bundle, house), bundle, plan, seed)?;
    let pairs = !bundle.programme.matching.is_empty();
    let mut left = ALL.into_iter().peekable();
    let mut now = start;
    let day = SignedDuration::from_hours(24);
    // A day at a time, as long as something is still to happen and the programme may last.
    for _ in 0..days_of(super::LONGEST) {
        let Some(next) = left.peek() else { break };
        if let Some(happens) = happens(stage.run(), *next, pairs) {
            act(&mut stage, &mut company, now, &happens);
            left.next();
        }
        let Ok(tomorrow) = now.checked_add(day) else { break };
        if stage.run().is_over() {
            break;
        }
        lived(&mut stage, &mut company, now, Some(tomorrow));
        now = tomorrow;
    }
    let last = lived(&mut stage, &mut company, now, None);
    Ok(ended(stage, company, bundle, last).0)
}

/// What makes something happen, if it can.
fn happens(run: &Run, next: Happens, pairs: bool) -> Option<Act> {
    match next {
        Happens::Concern => {
            let anybody = [Role::Mentor, Role::Mentee].into_iter().any(|role| run.accepted(role).next().is_some());
            anybody.then_some(Act::Input(Input::RaiseConcern))
        }
        Happens::PairEnds => {
            let pair = run.pairs.iter().find(|pair| pair.ended.is_none())?;
            Some(Act::Decline { pair: pair.id, by: pair.mentee })
        }
        Happens::Leaves(role) => Some(Act::Input(Input::Withdraw { participant: somebody(run, role, pairs)? })),
    }
}

/// Somebody of a role who is in a pair; anybody where a programme makes no pairs.
fn somebody(run: &Run, role: Role, pairs: bool) -> Option<ParticipantId> {
    run.accepted(role).map(|one| one.id).find(|id| !pairs || run.pairs_of(*id).next().is_some())
}

fn act(stage: &mut MemoryStage<'_>, company: &mut Company, at: Timestamp, act: &Act) {
    match stage.act(at, act) {
        Ok(Ok(events)) => {
            for event in &events {
                company.react(stage.run(), at, event);
            }
        }
        Ok(Err(refusal)) => company.refused(at, &refusal),
        Err(never) => match never {},
    }
}

fn lived(stage: &mut MemoryStage<'_>, company: &mut Company, now: Timestamp, until: Option<Timestamp>) -> Timestamp {
    match live(stage, company, now, until) {
        Ok(at) => at,
        Err(never) => match never {},
    }
}

/// Days in a period, of months with thirty-one.
fn days_of(period: Period) -> i32 {
    period.months.saturating_mul(31).saturating_add(period.days)
}
