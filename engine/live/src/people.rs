//! The people of a run in memory, and what they ranked: what the core may read of them.

use std::collections::{BTreeMap, HashMap};
use turnabout_core::decide::Records;
use turnabout_model::{Ballot, ParticipantId, Person, Response, Survey, WaveId};

/// People and ballots of one run.
#[derive(Debug, Clone, Default)]
pub struct People {
    persons: BTreeMap<ParticipantId, Person>,
    /// By address in lower case: somebody who left and came back is there twice.
    by_email: HashMap<String, Vec<ParticipantId>>,
    ballots: HashMap<(WaveId, ParticipantId), Ballot>,
}

impl People {
    /// Everyone, in order of id.
    pub fn all(&self) -> impl Iterator<Item = &Person> {
        self.persons.values()
    }

    /// Everyone by id.
    pub(crate) fn by_id(&self) -> &BTreeMap<ParticipantId, Person> {
        &self.persons
    }

    /// The person behind an id, unless erased.
    pub fn get(&self, participant: ParticipantId) -> Option<&Person> {
        self.persons.get(&participant)
    }

    /// Finds the people with an e-mail address, whatever their status.
    pub fn with_email(&self, email: &str) -> impl Iterator<Item = &Person> + use<'_> {
        let ids = self.by_email.get(&email.to_lowercase()).into_iter().flatten();
        ids.filter_map(|id| self.persons.get(id))
    }

    pub(crate) fn put(&mut self, person: Person) {
        self.remove(person.id);
        self.by_email.entry(person.email.to_lowercase()).or_default().push(person.id);
        self.persons.insert(person.id, person);
    }

    pub(crate) fn remove(&mut self, participant: ParticipantId) {
        let Some(person) = self.persons.remove(&participant) else { return };
        if let Some(ids) = self.by_email.get_mut(&person.email.to_lowercase()) {
            ids.retain(|id| *id != participant);
        }
    }

    /// Keeps the ballot in a response, if its survey has one; returns what was kept before.
    pub(crate) fn put_ballot(&mut self, response: &Response, survey: &Survey) -> Option<Ballot> {
        let ballot = survey.ballot(&response.answers)?;
        self.ballots.insert((response.wave, response.participant), ballot)
    }

    /// Puts back what was kept of a ballot before.
    pub(crate) fn restore_ballot(&mut self, of: (WaveId, ParticipantId), before: Option<Ballot>) {
        match before {
            Some(ballot) => drop(self.ballots.insert(of, ballot)),
            None => drop(self.ballots.remove(&of)),
        }
    }
}

impl Records for People {
    fn person(&self, participant: ParticipantId) -> Option<&Person> {
        self.get(participant)
    }

    fn ballot(&self, wave: WaveId, participant: ParticipantId) -> Ballot {
        self.ballots.get(&(wave, participant)).cloned().unwrap_or_default()
    }
}
