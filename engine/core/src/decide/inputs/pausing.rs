//! The coordinator pauses the run: everything that is due by time waits, and goes on in its order afterwards.

use super::{sessions, tick};
use crate::{
    decide::{Deciding, Refusal},
    run::{Alarm, Journey, later},
    seen::see,
    verbs,
};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, JourneyId, MovedDeadline, Period, SessionId, SessionStatus, StepKey, Value, Wait};

/// A run is paused for at most half a year at a time: what lies further is a slip of the pen, or the end of a programme.
pub const LONGEST_PAUSE_WEEKS: i32 = 26;

pub(super) fn pause(d: &mut Deciding<'_>, until: Timestamp, reason: Option<&SmolStr>) -> Result<(), Refusal> {
    let now = d.context.now;
    if until <= now {
        return Err(Refusal::BadTime(format_smolstr!("{until} has passed; pause the run until a later date")));
    }
    if until > Period::weeks(LONGEST_PAUSE_WEEKS).after(now, &d.run.zone) {
        return Err(Refusal::BadTime(format_smolstr!(
            "{until} is more than {LONGEST_PAUSE_WEEKS} weeks away; pause the run for less, and once more if need be"
        )));
    }
    if d.run.paused.as_ref().is_some_and(|pause| pause.until == until) {
        return Err(Refusal::AlreadySo { what: "the run".into(), state: "paused until then" });
    }
    let deadlines = moved(d, until);
    // Another date is no other reason.
    let reason = reason.or(d.run.paused.as_ref().and_then(|pause| pause.reason.as_ref())).cloned();
    d.emit(Event::RunPaused { until, reason, deadlines });
    d.queue_to_all_if_any("paused", &[], &Value::map([("pause", until.into())]));
    move_sessions(d, until);
    Ok(())
}

pub(super) fn unpause(d: &mut Deciding<'_>) -> Result<(), Refusal> {
    if d.run.paused.is_none() {
        return Err(Refusal::NotPaused);
    }
    let now = d.context.now;
    let deadlines = moved(d, now);
    end(d, deadlines);
    tick::fall_due(d, Some(now));
    Ok(())
}

/// Ends a pause: first the script goes on with what people did in the meantime.
pub(super) fn end(d: &mut Deciding<'_>, deadlines: Vec<MovedDeadline>) {
    d.emit(Event::RunUnpaused { deadlines });
    d.queue_to_all_if_any("unpaused", &[], &Value::Null);
    let active: Vec<JourneyId> = d.run.journeys.iter().filter(|j| j.active()).map(|j| j.id).collect();
    for journey in active {
        d.wake_later(journey);
    }
    d.advance();
}

/// The deadlines that move with a pause until a moment, in the order in which they are due: those that are counted from when
/// the script asked. Dates stay.
fn moved(d: &Deciding<'_>, to: Timestamp) -> Vec<MovedDeadline> {
    if d.counts_from() == to {
        return Vec::new();
    }
    let (run, zone) = (&*d.run, &d.run.zone);
    let shift = run.shift(d.context.now, to);
    let mut passed = FxHashMap::<JourneyId, FxHashMap<StepKey, Vec<Value>>>::default();
    let mut found = Vec::new();
    for (was, alarm) in run.waits.alarms() {
        let Alarm::Step(id, step) = alarm else { continue };
        let Some(journey) = run.journey(id).filter(|journey| !journey.ended()) else { continue };
        let (memory, began) = (&journey.memory, journey.memory.began(step));
        let (Some(address), Some(began)) = (memory.address(step), began) else { continue };
        if !verbs::is_counted(&address.verb, None) {
            continue;
        }
        let arguments = passed.entry(id).or_insert_with(|| arguments(d, journey)).get(&step);
        if !verbs::is_counted(&address.verb, arguments.map(Vec::as_slice)) {
            continue;
        }
        let counted = |from| verbs::deadline(&address.verb, arguments?, from, zone);
        let at = match counted(began) {
            Some(at) if at == was => counted(shift.of(began, began)),
            _ => None,
        };
        let at = at.unwrap_or_else(|| shift.of(was, began));
        found.push(MovedDeadline { journey: id, step, at, remind_at: reminder(d, memory.waits(step), was, at) });
    }
    found
}

/// What the script passes to the steps of a journey that wait.
fn arguments(d: &Deciding<'_>, journey: &Journey) -> FxHashMap<StepKey, Vec<Value>> {
    let seen = see(d.run, journey, journey.memory.clone(), &*d.context.bundle.program, d.context.when());
    seen.look.waited.into_iter().map(|waited| (waited.step, waited.arguments)).collect()
}

/// When whoever has not answered is reminded: as long before the close as it was, if it has not gone out.
fn reminder(d: &Deciding<'_>, wait: Option<&Wait>, was: Timestamp, closes: Timestamp) -> Option<Timestamp> {
    let Some(Wait::Wave { wave, .. }) = wait else { return None };
    let due = d.run.waits.due(Alarm::RemindWave(*wave))?;
    closes.checked_sub(was.duration_since(due)).ok()
}

/// Moves what is planned inside a pause to the first slot of its diary after it. Sessions that followed upon each other
/// still do.
fn move_sessions(d: &mut Deciding<'_>, until: Timestamp) {
    let now = d.context.now;
    let inside = |starts: Timestamp| now < starts && starts < until;
    let planned = d.run.sessions.iter().filter(|s| s.status == SessionStatus::Planned && inside(s.plan.starts));
    let mut planned: Vec<(Timestamp, Timestamp, SessionId, SmolStr)> =
        planned.map(|s| (s.plan.starts, s.plan.ends, s.plan.session, s.plan.diary.clone())).collect();
    planned.sort_unstable();
    // When each ended before, and ends now.
    let mut done: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (starts, ends, id, diary) in planned {
        let before = done.iter().filter(|(ended, _)| *ended <= starts).map(|(_, ends)| *ends);
        let earliest = before.fold(until, Timestamp::max);
        let kind = d.context.bundle.programme.sessions.get(&diary);
        let slot =
            kind.and_then(|kind| verbs::first_slot(kind, &d.context.bundle.programme.diary, earliest, &d.run.zone));
        let to = slot.unwrap_or_else(|| later(starts, (now, until), &d.run.zone));
        if sessions::put_off(d, id, to) {
            done.push((ends, d.run.session(id).map_or(to, |session| session.plan.ends)));
        }
    }
}
