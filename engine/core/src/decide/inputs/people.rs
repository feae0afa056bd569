//! People come, are answered, and leave.

use crate::{
    decide::{Deciding, Refusal},
    run::{Participant, Session, WaitKey},
};
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, PairId, ParticipantId, ParticipantStatus, Role, SessionStatus, Value};

pub(super) fn add(d: &mut Deciding<'_>, role: Role, status: ParticipantStatus) -> Result<(), Refusal> {
    if status == ParticipantStatus::Alumnus {
        return Err(Refusal::Alumnus);
    }
    let limit = d.context.limits.participants;
    if d.run.participants.len() >= limit {
        return Err(Refusal::TooManyParticipants(limit));
    }
    let participant = d.run.next_participant();
    d.emit(Event::ParticipantAdded { participant, role, status });
    answer(d, participant, status);
    Ok(())
}

pub(super) fn set_status(d: &mut Deciding<'_>, id: ParticipantId, status: ParticipantStatus) -> Result<(), Refusal> {
    let part = find(d, id)?;
    match (part.status, status) {
        (ParticipantStatus::Withdrawn, _) => return Err(Refusal::Withdrawn(id)),
        (_, ParticipantStatus::Withdrawn) => return withdraw(d, id),
        (_, ParticipantStatus::Alumnus) => return Err(Refusal::Alumnus),
        (was, now) if was == now => {
            return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: word(status) });
        }
        (ParticipantStatus::Accepted, _) if d.run.pairs_of(id).next().is_some() => return Err(Refusal::InPair(id)),
        // What they were invited to or asked would go on waiting for them.
        (ParticipantStatus::Accepted, _) if takes_part(d, id) => return Err(Refusal::TakesPart(id)),
        _ => {}
    }
    d.emit(Event::ParticipantStatusChanged { participant: id, status });
    answer(d, id, status);
    Ok(())
}

/// Whether somebody has been invited to a session that was not called off, or was sent a survey.
fn takes_part(d: &Deciding<'_>, id: ParticipantId) -> bool {
    let held = |session: &&Session| session.status != SessionStatus::Cancelled;
    let sessions = d.run.sessions.iter().filter(held).map(|session| &session.plan.audience);
    sessions.chain(d.run.waves.iter().map(|wave| &wave.audience)).any(|audience| audience.contains(&id))
}

/// Tells an applicant where they stand, if the template has the message.
fn answer(d: &mut Deciding<'_>, participant: ParticipantId, status: ParticipantStatus) {
    let template = format_smolstr!("application-{}", word(status));
    d.queue_if_any(&template, &[participant], &Value::Null);
}

fn word(status: ParticipantStatus) -> &'static str {
    match status {
        ParticipantStatus::Applied => "received",
        ParticipantStatus::Accepted => "accepted",
        ParticipantStatus::Waiting => "waiting",
        ParticipantStatus::Declined => "declined",
        ParticipantStatus::Withdrawn => "withdrawn",
        ParticipantStatus::Alumnus => "an alumnus",
    }
}

pub(super) fn close_recruitment(d: &mut Deciding<'_>, label: &SmolStr) -> Result<(), Refusal> {
    // A label may be used again: what counts is whether a round under it is open.
    let rounds = || d.run.recruitments.iter().filter(|r| r.label == *label);
    let Some(recruitment) = rounds().find(|r| r.open).or_else(|| rounds().next()) else {
        return Err(Refusal::Unknown(format_smolstr!("recruitment '{label}'")));
    };
    if !recruitment.open {
        return Err(Refusal::AlreadySo { what: format_smolstr!("recruitment '{label}'"), state: "closed" });
    }
    d.emit(Event::RecruitmentClosed { label: label.clone() });
    d.review(&WaitKey::Recruitment);
    Ok(())
}

pub(super) fn withdraw(d: &mut Deciding<'_>, id: ParticipantId) -> Result<(), Refusal> {
    let &Participant { role, status: stood, .. } = find(d, id)?;
    if stood == ParticipantStatus::Withdrawn {
        return Err(Refusal::Withdrawn(id));
    }
    let pairs: Vec<(PairId, ParticipantId)> =
        d.run.pairs_of(id).map(|pair| (pair.id, if pair.mentor == id { pair.mentee } else { pair.mentor })).collect();
    d.queue_if_any("withdrawal-confirmed", &[id], &Value::Null);
    d.emit(Event::ParticipantStatusChanged { participant: id, status: ParticipantStatus::Withdrawn });
    if stood == ParticipantStatus::Alumnus {
        // They were in no cohort that the script would have to mend.
        return Ok(());
    }
    for (pair, _) in &pairs {
        d.end_pair(*pair, "withdrawal", None);
    }
    // A wave whose last missing answer would have been theirs need not wait for it.
    let waves: Vec<_> = d.run.waves.iter().filter(|w| w.open && w.audience.contains(&id)).map(|w| w.id).collect();
    for wave in waves {
        d.review(&WaitKey::Wave(wave));
    }
    let partners = pairs.iter().map(|(_, partner)| Value::text(partner)).collect::<Vec<_>>();
    let argument =
        Value::map([("participant", Value::text(id)), ("role", Value::text(role)), ("partners", partners.into())]);
    d.handle("on_withdrawn", argument);
    Ok(())
}

pub(super) fn find<'a>(d: &'a Deciding<'_>, id: ParticipantId) -> Result<&'a Participant, Refusal> {
    d.run.participants.get(&id).ok_or_else(|| Refusal::unknown(id))
}
