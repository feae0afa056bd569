//! Sessions are held, move, or are called off.

use crate::{
    decide::{Deciding, Refusal},
    run::{Session, WaitKey},
    verbs,
};
use jiff::Timestamp;
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, ParticipantId, SessionId, SessionStatus, Value};

/// Plans a session beside those that the script asks for: nothing in the script waits for it.
pub(super) fn plan(
    d: &mut Deciding<'_>,
    name: &SmolStr,
    audience: &[ParticipantId],
    starts: Timestamp,
) -> Result<(), Refusal> {
    if name.len() > LONGEST_NAME {
        return Err(Refusal::TooLarge("the name of a session", LONGEST_NAME));
    }
    let kinds = &d.context.bundle.programme.sessions;
    let Some(kind) = kinds.get(verbs::diary_name(name)) else {
        let known: Vec<_> = kinds.keys().map(SmolStr::as_str).collect();
        return Err(Refusal::Unknown(format_smolstr!("session '{name}' (the diary has {})", known.join(", "))));
    };
    if starts <= d.context.now {
        return Err(Refusal::BadTime(format_smolstr!("{starts} has passed; plan a session for later")));
    }
    if starts.duration_since(d.context.now).as_hours() > FURTHEST_DAYS * 24 {
        return Err(Refusal::BadTime(format_smolstr!("{starts} is more than {FURTHEST_DAYS} days away")));
    }
    not_in_a_pause(d, starts)?;
    if let Some(stranger) = audience.iter().find(|who| !d.run.participants.contains_key(who)) {
        return Err(Refusal::unknown(stranger));
    }
    let present = verbs::invited(d.run, audience);
    if present.is_empty() {
        return Err(Refusal::Unknown("person to invite: name somebody who takes part".into()));
    }
    verbs::put_in_diary(d, kind, name, present, starts);
    Ok(())
}

/// Bytes of a session's name.
const LONGEST_NAME: usize = 200;

/// A session is planned at most ten years ahead: what lies further is a slip of the pen.
const FURTHEST_DAYS: i64 = 3_660;

pub(super) fn hold(d: &mut Deciding<'_>, id: SessionId, attended: &[ParticipantId]) -> Result<(), Refusal> {
    let session = planned(d, id)?;
    if let Some(stranger) = attended.iter().find(|who| !session.plan.audience.contains(who)) {
        return Err(Refusal::NotInvited { participant: *stranger, to: format_smolstr!("{id}") });
    }
    if session.plan.starts > d.context.now {
        return Err(Refusal::BadTime(format_smolstr!(
            "{id} is planned for {}, which has not come yet; reschedule it first if it was held earlier",
            session.plan.starts
        )));
    }
    let mut attended = attended.to_vec();
    attended.sort_unstable();
    attended.dedup();
    d.emit(Event::SessionHeld { session: id, attended });
    close_attendance_task(d, id);
    d.review(&WaitKey::Session(id));
    Ok(())
}

pub(super) fn reschedule(d: &mut Deciding<'_>, id: SessionId, starts: Timestamp) -> Result<(), Refusal> {
    let session = planned(d, id)?;
    if starts == session.plan.starts {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "planned for that time" });
    }
    if starts < d.run.started {
        return Err(Refusal::BadTime(format_smolstr!("{starts} is before the run started")));
    }
    not_in_a_pause(d, starts)?;
    if put_off(d, id, starts) {
        return Ok(());
    }
    Err(Refusal::BadTime(format_smolstr!("{starts} is too far away to plan for")))
}

/// Moves a session and tells whoever was invited. False if the new time is out of all reach.
pub(super) fn put_off(d: &mut Deciding<'_>, id: SessionId, starts: Timestamp) -> bool {
    let Some(session) = d.run.session(id) else { return false };
    let lasts = session.plan.ends.duration_since(session.plan.starts);
    let Ok(ends) = starts.checked_add(lasts) else { return false };
    let (sequence, audience) = (session.sequence + 1, session.plan.audience.clone());
    d.emit(Event::SessionRescheduled { session: id, starts, ends, sequence });
    close_attendance_task(d, id);
    d.queue_if_any("session-moved", &audience, &about(id));
    true
}

/// Refuses what would be held while the run is paused.
fn not_in_a_pause(d: &Deciding<'_>, starts: Timestamp) -> Result<(), Refusal> {
    match &d.run.paused {
        Some(pause) if pause.since < starts && starts < pause.until => Err(Refusal::BadTime(format_smolstr!(
            "the run is paused until {}, and nothing is held before; choose a later time, or end the pause first",
            pause.until
        ))),
        _ => Ok(()),
    }
}

pub(super) fn cancel(d: &mut Deciding<'_>, id: SessionId, reason: &SmolStr) -> Result<(), Refusal> {
    let audience = planned(d, id)?.plan.audience.clone();
    d.emit(Event::SessionCancelled { session: id, reason: reason.clone() });
    close_attendance_task(d, id);
    d.queue_if_any("session-cancelled", &audience, &about(id));
    d.review(&WaitKey::Session(id));
    Ok(())
}

fn about(session: SessionId) -> Value {
    Value::map([("session", Value::text(session))])
}

fn close_attendance_task(d: &mut Deciding<'_>, session: SessionId) {
    let open = d.run.tasks.iter().find(|t| t.session == Some(session) && t.choice.is_none()).map(|t| t.id);
    if let Some(task) = open {
        d.emit(Event::TaskClosed { task, choice: "recorded".into() });
    }
}

fn planned<'a>(d: &'a Deciding<'_>, id: SessionId) -> Result<&'a Session, Refusal> {
    let session = d.run.session(id).ok_or_else(|| Refusal::unknown(id))?;
    let state = match session.status {
        SessionStatus::Planned => return Ok(session),
        SessionStatus::Held => "held",
        SessionStatus::Cancelled => "cancelled",
    };
    Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state })
}
