//! Somebody answers a survey. What they said is committed beside the events, never in them.

use crate::{
    decide::{Deciding, Refusal},
    run::WaitKey,
};
use smol_str::format_smolstr;
use turnabout_model::{Event, ParticipantId, ParticipantStatus, WaveId};

pub(super) fn respond(d: &mut Deciding<'_>, id: WaveId, participant: ParticipantId) -> Result<(), Refusal> {
    let wave = d.run.wave(id).ok_or_else(|| Refusal::unknown(id))?;
    if !wave.audience.contains(&participant) {
        return Err(Refusal::NotInvited { participant, to: format_smolstr!("{id}") });
    }
    if !wave.open {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "closed" });
    }
    if wave.responded.contains(&participant) {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "answered by this participant" });
    }
    if super::people::find(d, participant)?.status == ParticipantStatus::Withdrawn {
        return Err(Refusal::Withdrawn(participant));
    }
    d.emit(Event::ResponseReceived { wave: id, participant });
    d.review(&WaitKey::Wave(id));
    Ok(())
}
