//! Sessions are held, move, or are called off.

use crate::{
    decide::{Deciding, Refusal},
    run::{Session, WaitKey},
};
use jiff::Timestamp;
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, ParticipantId, SessionId, SessionStatus, Value};

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
    let lasts = session.plan.ends.duration_since(session.plan.starts);
    let ends = starts
        .checked_add(lasts)
        .map_err(|_| Refusal::BadTime(format_smolstr!("{starts} is too far away to plan for")))?;
    let (sequence, audience) = (session.sequence + 1, session.plan.audience.clone());
    d.emit(Event::SessionRescheduled { session: id, starts, ends, sequence });
    close_attendance_task(d, id);
    d.queue_if_any("session-moved", &audience, &about(id));
    Ok(())
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
