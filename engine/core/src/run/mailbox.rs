//! The durable mailbox: letters wait for the script to ask, from the run's first moment.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{SignalId, SignalSubject, Value};

/// A letter that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// The signal's name.
    pub name: SmolStr,
    /// What it is about.
    pub subject: SignalSubject,
    /// What it says.
    pub payload: Value,
}

/// Letters that wait, oldest first, and the keys of all that ever came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mailbox {
    waiting: BTreeMap<SignalId, Letter>,
    seen: FxHashSet<(SmolStr, SignalSubject, SmolStr)>,
    last: u32,
}

impl Mailbox {
    /// How many letters wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Tells whether no letter waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Tells whether a signal with this name, subject and key came before.
    pub fn has_seen(&self, name: &SmolStr, subject: SignalSubject, key: &SmolStr) -> bool {
        self.seen.contains(&(name.clone(), subject, key.clone()))
    }

    /// The oldest letter with this name and subject.
    pub fn oldest(&self, name: &str, subject: SignalSubject) -> Option<(SignalId, &Letter)> {
        self.waiting
            .iter()
            .find(|(_, letter)| letter.name == name && letter.subject == subject)
            .map(|(id, letter)| (*id, letter))
    }

    /// The id of the next letter.
    pub fn next_id(&self) -> SignalId {
        SignalId(self.last + 1)
    }

    pub(super) fn receive(&mut self, id: SignalId, key: &SmolStr, letter: Letter) {
        self.last = self.last.max(id.0);
        self.seen.insert((letter.name.clone(), letter.subject, key.clone()));
        self.waiting.insert(id, letter);
    }

    pub(super) fn take(&mut self, id: SignalId) {
        self.waiting.remove(&id);
    }
}
