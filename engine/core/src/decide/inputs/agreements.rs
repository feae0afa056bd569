//! Somebody signs the agreement of their pair.

use crate::{
    decide::{Deciding, Refusal},
    run::WaitKey,
};
use smol_str::format_smolstr;
use turnabout_model::{AgreementId, Event, ParticipantId};

pub(super) fn sign(d: &mut Deciding<'_>, id: AgreementId, participant: ParticipantId) -> Result<(), Refusal> {
    let agreement = d.run.agreement(id).ok_or_else(|| Refusal::unknown(id))?;
    if !agreement.between.contains(&participant) {
        super::people::find(d, participant)?;
        return Err(Refusal::NotInvited { participant, to: format_smolstr!("{id}") });
    }
    if !agreement.open {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "closed" });
    }
    if agreement.signed.contains(&participant) {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "signed by this participant" });
    }
    d.emit(Event::AgreementSigned { agreement: id, participant });
    d.review(&WaitKey::Agreement(id));
    Ok(())
}
