//! Deciding the batches of a group, one after the other, before anything is applied.

use super::{
    cells,
    frame::{self, Head},
    keys::{self, Key},
    shown::Before,
};
use sled::IVec;
use std::collections::BTreeMap;
use turnabout_core::ports::{Batch, JournalAppend, RowChange, StoreError};

/// Why a batch was not admitted.
#[derive(Debug)]
pub(super) enum Refused {
    /// The batch asks for what cannot be: the others of the group are unharmed.
    Batch(StoreError),
    /// The database failed: the store stops.
    Database(sled::Error),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Batch(error)
    }
}

impl From<sled::Error> for Refused {
    fn from(error: sled::Error) -> Self {
        Self::Database(error)
    }
}

type Changes = BTreeMap<Key, Change>;

/// What becomes of a key.
#[derive(Debug)]
struct Change {
    before: Option<IVec>,
    after: Option<Vec<u8>>,
}

/// The batches of a group that were admitted so far. Later ones of the group see what they change.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    db: &'a sled::Db,
    cell_bytes: usize,
    changes: Changes,
}

impl<'a> Stage<'a> {
    /// Begins a group.
    pub(super) fn new(db: &'a sled::Db, cell_bytes: usize) -> Self {
        Self { db, cell_bytes, changes: Changes::new() }
    }

    /// Admits a batch, or refuses it without a trace.
    pub(super) fn admit(&mut self, batch: Batch) -> Result<(), Refused> {
        let mut draft = Draft { stage: self, changes: Changes::new() };
        let head = batch.journal.as_ref().map(|append| draft.check_version(append)).transpose()?;
        for (table, key) in batch.absent {
            if draft.current(&keys::row(table, &key))?.is_some() {
                return Err(StoreError::RowExists { table, key }.into());
            }
        }
        if let Some((append, head)) = batch.journal.zip(head).filter(|(append, _)| !append.entries.is_empty()) {
            draft.append(&append, head)?;
        }
        for row in batch.rows {
            draft.change_row(row)?;
        }
        for (key, change) in draft.changes {
            // What lay under a key before the group stays what it was.
            match self.changes.get_mut(&key) {
                Some(staged) => staged.after = change.after,
                None => drop(self.changes.insert(key, change)),
            }
        }
        Ok(())
    }

    /// Whether no batch changes anything.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What to apply, with the group's number, and what lay there before.
    pub(super) fn finish(self, group: u64) -> (sled::Batch, Before) {
        let mut batch = sled::Batch::default();
        batch.insert(keys::GROUP, &group.to_le_bytes());
        let mut before = Before::new();
        for (key, change) in self.changes {
            match change.after {
                Some(after) => batch.insert(key.as_slice(), after),
                None => batch.remove(key.as_slice()),
            }
            before.insert(key, change.before);
        }
        (batch, before)
    }
}

/// Whether something may lie under a key that is written.
#[derive(Debug, Clone, Copy)]
enum Old {
    /// Nothing can: an entry or a cell that is new.
    Nothing,
    /// Something may.
    Unknown,
}

/// One batch on top of the stage.
struct Draft<'s, 'a> {
    stage: &'s Stage<'a>,
    changes: Changes,
}

impl Draft<'_, '_> {
    /// What is under a key after the batches before this one, and this one so far.
    fn current(&self, key: &[u8]) -> Result<Option<IVec>, sled::Error> {
        match self.changes.get(key).or_else(|| self.stage.changes.get(key)) {
            Some(change) => Ok(change.after.as_deref().map(IVec::from)),
            None => self.stage.db.get(key),
        }
    }

    fn put(&mut self, key: Key, after: Option<Vec<u8>>, old: Old) -> Result<(), sled::Error> {
        if let Some(change) = self.changes.get_mut(&key) {
            change.after = after;
            return Ok(());
        }
        let before = match old {
            Old::Unknown => self.stage.db.get(&key)?,
            Old::Nothing => None,
        };
        self.changes.insert(key, Change { before, after });
        Ok(())
    }

    fn check_version(&self, append: &JournalAppend) -> Result<Head, Refused> {
        let key = keys::head(&append.run);
        let damaged = |what: String| StoreError::Damaged {
            run: append.run.as_str().into(),
            version: append.expected,
            what: format!("the head of the journal: {what}"),
        };
        let head = match self.current(&key)? {
            Some(sealed) => frame::open_head(&key, &sealed).map_err(damaged)?,
            None => Head::EMPTY,
        };
        if head.version != append.expected {
            let (run, expected) = (append.run.clone(), append.expected);
            return Err(StoreError::Conflict { run, expected, found: head.version }.into());
        }
        Ok(head)
    }

    fn append(&mut self, append: &JournalAppend, mut head: Head) -> Result<(), Refused> {
        for payload in &append.entries {
            let (frame, next) = frame::seal_entry(&append.run, &head, payload);
            self.write(keys::entry(&append.run, next.version), Some(&frame), 0, Old::Nothing)?;
            head = next;
        }
        let key = keys::head(&append.run);
        let sealed = frame::seal_head(&key, &head);
        Ok(self.put(key, Some(sealed), Old::Unknown)?)
    }

    fn change_row(&mut self, row: RowChange) -> Result<(), Refused> {
        let key = keys::row(row.table, &row.key);
        let Some(current) = self.current(&key)? else {
            // Deleting what is not there changes nothing.
            let Some(value) = row.value else { return Ok(()) };
            return Ok(self.write(key.clone(), Some(&frame::seal_row(&key, &value)), 0, Old::Unknown)?);
        };
        let cells =
            cells::count(&current).map_err(|what| StoreError::DamagedRow { table: row.table, key: row.key, what })?;
        let sealed = row.value.map(|value| frame::seal_row(&key, &value));
        Ok(self.write(key, sealed.as_deref(), cells, Old::Unknown)?)
    }

    /// Writes a value over one that had `old_cells` cells, or deletes it.
    fn write(&mut self, key: Key, value: Option<&[u8]>, old_cells: u32, old: Old) -> Result<(), sled::Error> {
        let laid = value.map(|value| cells::cut(value, self.stage.cell_bytes));
        let (first, new) = laid.map_or((None, Vec::new()), |laid| (Some(laid.first), laid.cells));
        let mut new = new.into_iter();
        for place in 0.. {
            let cell = new.next();
            if cell.is_none() && place >= old_cells {
                break;
            }
            self.put(keys::cell(&key, place), cell, old)?;
        }
        self.put(key, first, old)
    }
}
