//! Waiting steps that the new script would have end at another time.

use super::{ChangedDeadline, Deadlines, places::Places};
use crate::{
    replay::{StepState, Waited},
    run::{Alarm, deadline_of},
    verbs,
};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use turnabout_model::{MovedDeadline, StepKey, Wait};

/// A journey, and the waiting steps that the new script came past.
pub(super) struct Before<'a> {
    pub(super) places: &'a Places<'a>,
    pub(super) waited: &'a [Waited],
}

/// The changed deadlines of a journey, and what is to be recorded for them.
pub(super) fn changed(before: &Before<'_>) -> (Vec<ChangedDeadline>, Vec<MovedDeadline>) {
    let places = before.places;
    let (memory, zone) = (&places.after.memory, &places.trial.zone);
    let (mut changed, mut moved) = (Vec::new(), Vec::new());
    let mut loops = None;
    for waited in before.waited {
        let (Some(StepState::Waiting(wait)), Some(address), Some(began)) =
            (memory.state(waited.step), memory.address(waited.step), memory.began(waited.step))
        else {
            continue;
        };
        let now = waited.ends.or_else(|| verbs::deadline(&address.verb, &waited.arguments, began, zone));
        // The end of `every` is nowhere recorded: the script gives it anew at each wake.
        let floating = address.verb == "every" && deadline_of(wait).is_none();
        let was = if floating {
            loops.get_or_insert_with(|| ends_of_loops(places)).get(&waited.step).copied()
        } else {
            deadline_of(wait)
        };
        let (Some(would_be), Some(was)) = (now, was) else { continue };
        if would_be == was {
            continue;
        }
        let ends = match places.amendment.deadlines {
            Deadlines::Keep => was,
            Deadlines::Recompute => would_be,
        };
        let step = waited.step;
        changed.push(ChangedDeadline { step, address: address.clone(), was, would_be, ends });
        if ends != was || floating {
            let remind_at = remind_at(places, wait, ends);
            moved.push(MovedDeadline { journey: places.after.id, step, at: ends, remind_at });
        }
    }
    (changed, moved)
}

/// When each `every` that is open ends under the old script, by the key that its step has under the new one.
fn ends_of_loops(places: &Places<'_>) -> FxHashMap<StepKey, Timestamp> {
    let journey = places.before;
    let moved: FxHashMap<StepKey, StepKey> = journey.memory.clone().map(places.moves()).into_iter().collect();
    let ends = places.old_look().waited.into_iter().filter_map(|waited| Some((waited.step, waited.ends?)));
    ends.map(|(step, ends)| (moved.get(&step).copied().unwrap_or(step), ends)).collect()
}

/// When the reminder of a survey goes out that now closes at another time, if it has not gone out.
fn remind_at(places: &Places<'_>, wait: &Wait, closes: Timestamp) -> Option<Timestamp> {
    let Wait::Wave { wave, .. } = wait else { return None };
    let run = places.trial;
    run.waits.alarms().find(|(_, alarm)| *alarm == Alarm::RemindWave(*wave))?;
    let asked = &run.wave(*wave)?.survey;
    // It may have been asked under a bundle before the last, by a name that only that one knows.
    let mut bundles = [places.context.bundle].into_iter().chain(places.past.iter().rev().copied());
    let survey = bundles.find_map(|bundle| bundle.surveys.get(asked))?;
    let at = survey.remind_before.negated().after(closes, &run.zone);
    (at > places.context.now).then_some(at)
}
