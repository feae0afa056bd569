//! Somebody answers a survey. What they said is committed beside the events, never in them.

use crate::{
    decide::{Deciding, Refusal},
    run::{Run, WaitKey},
};
use smol_str::format_smolstr;
use turnabout_model::{Event, ParticipantId, ParticipantStatus, WaveId};

pub(super) fn respond(d: &mut Deciding<'_>, id: WaveId, participant: ParticipantId) -> Result<(), Refusal> {
    may_respond(d.run, id, participant)?;
    d.emit(Event::ResponseReceived { wave: id, participant });
    d.review(&WaitKey::Wave(id));
    Ok(())
}

/// Refuses whom a wave does not ask, and who has answered it already.
pub fn may_respond(run: &Run, id: WaveId, participant: ParticipantId) -> Result<(), Refusal> {
    let wave = run.wave(id).ok_or_else(|| Refusal::unknown(id))?;
    if !wave.audience.contains(&participant) {
        return Err(Refusal::NotInvited { participant, to: format_smolstr!("{id}") });
    }
    if !wave.open {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "closed" });
    }
    if wave.responded.contains(&participant) {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "answered by this participant" });
    }
    let standing = run.participants.get(&participant).ok_or_else(|| Refusal::unknown(participant))?;
    if standing.status == ParticipantStatus::Withdrawn {
        return Err(Refusal::Withdrawn(participant));
    }
    Ok(())
}
