//! The durable mailbox: letters wait for the script to ask, from the run's first moment.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{PairId, SignalId, SignalSubject, Value};

/// The name of the letter that a recorded meeting leaves in the mailbox.
pub const MEETING: SmolStr = SmolStr::new_static("meeting");

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
    /// How many of those that wait are meetings.
    meetings: usize,
}

impl Mailbox {
    /// How many letters from outside wait. Meetings are not among them: a template that never asks for them must not
    /// fill the mailbox.
    pub fn from_outside(&self) -> usize {
        self.waiting.len() - self.meetings
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
        self.meetings += usize::from(letter.name == MEETING);
        self.waiting.insert(id, letter);
    }

    pub(super) fn take(&mut self, id: SignalId) {
        let taken = self.waiting.remove(&id);
        self.meetings -= usize::from(taken.is_some_and(|letter| letter.name == MEETING));
    }

    /// A pair has ended: nobody waits for its meetings any more.
    pub(super) fn forget_meetings(&mut self, pair: PairId) {
        let subject = SignalSubject::Pair(pair);
        self.waiting.retain(|_, letter| letter.name != MEETING || letter.subject != subject);
        self.meetings = self.waiting.values().filter(|letter| letter.name == MEETING).count();
    }
}
