//! Consent to be contacted about the cohorts after one's own.
//!
//! It is asked for at the end, when people know what they agree to, each by their own word, and can be taken back as it was
//! given. That is why it is no column of a list (nobody knows yet), no question of a survey (which closes, and whose
//! answers are confidential), and no event: after the end a run's journal takes none.

use crate::{Engine, LiveError, keys, rows};
use smol_str::format_smolstr;
use turnabout_core::{
    decide::Refusal,
    ports::{Batch, StoreTable},
};
use turnabout_model::{ParticipantId, ParticipantStatus, RunId};

impl Engine {
    /// Notes that a participant agreed to be contacted about later cohorts, or that they no longer do.
    pub fn keep_consent(&self, run: &RunId, id: ParticipantId, agrees: bool) -> Result<(), LiveError> {
        self.with_run(run, |engine, loaded| {
            let unknown = || LiveError::NotInRun(format_smolstr!("{id}"));
            let stands = loaded.run.participants.get(&id).ok_or_else(unknown)?.status;
            let mut person = loaded.people.get(id).ok_or_else(unknown)?.clone();
            if let Some(by) = &loaded.handover.renewed_by {
                return Err(LiveError::Renewed { run: run.clone(), by: by.clone() });
            }
            if agrees && stands == ParticipantStatus::Withdrawn {
                return Err(Refusal::Withdrawn(id).into());
            }
            if agrees == person.agreed_to_contact.is_some() {
                return Ok(());
            }
            person.agreed_to_contact = agrees.then(|| engine.clock.now());
            let row = rows::put(StoreTable::People, keys::person(run, id), &person);
            engine.store.commit(Batch { rows: vec![row], ..Batch::default() })?;
            loaded.people.put(person);
            Ok(())
        })
    }
}
