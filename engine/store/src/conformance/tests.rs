//! The checks pass on the store in memory, and notice every way in which this module knows to break it.

use super::*;
use crate::MemoryStore;
use turnabout_core::ports::{Row, StoredEntry};

/// A way to break a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bug {
    IgnoresVersion,
    IgnoresAbsent,
    WritesRowsOfRefused,
    LosesSecondEntry,
    LosesDeletes,
    LosesEmptyValues,
    KeepsFirstChange,
    CutsLongValues,
    CutsLongEntries,
    TakesAnySize,
    MixesTables,
    ScansPastPrefix,
    ScansFromAfter,
    ScansBackwards,
    ScansWithoutLimit,
    ReadsFromAfter,
    ReadsWithoutLimit,
    VerifiesNothing,
    SplitsBatches,
    ChecksBeforeItLocks,
}

const BUGS: [Bug; 20] = [
    Bug::IgnoresVersion,
    Bug::IgnoresAbsent,
    Bug::WritesRowsOfRefused,
    Bug::LosesSecondEntry,
    Bug::LosesDeletes,
    Bug::LosesEmptyValues,
    Bug::KeepsFirstChange,
    Bug::CutsLongValues,
    Bug::CutsLongEntries,
    Bug::TakesAnySize,
    Bug::MixesTables,
    Bug::ScansPastPrefix,
    Bug::ScansFromAfter,
    Bug::ScansBackwards,
    Bug::ScansWithoutLimit,
    Bug::ReadsFromAfter,
    Bug::ReadsWithoutLimit,
    Bug::VerifiesNothing,
    Bug::SplitsBatches,
    Bug::ChecksBeforeItLocks,
];

struct Broken {
    store: MemoryStore,
    bug: Bug,
}

impl Broken {
    fn has(&self, bug: Bug) -> bool {
        self.bug == bug
    }

    fn table(&self, table: StoreTable) -> StoreTable {
        if self.has(Bug::MixesTables) { StoreTable::Runs } else { table }
    }
}

impl Store for Broken {
    fn commit(&self, mut batch: Batch) -> Result<(), StoreError> {
        for row in &mut batch.rows {
            row.table = self.table(row.table);
        }
        match self.bug {
            Bug::IgnoresVersion => {
                if let Some(append) = &mut batch.journal {
                    append.expected = self.store.version(&append.run)?;
                }
            }
            Bug::IgnoresAbsent => batch.absent.clear(),
            Bug::WritesRowsOfRefused => {
                let rows = batch.rows.clone();
                let outcome = self.store.commit(batch);
                self.store.commit(super::rows(rows))?;
                return outcome;
            }
            Bug::LosesSecondEntry => {
                if let Some(append) = &mut batch.journal {
                    append.entries.truncate(1);
                }
            }
            Bug::LosesDeletes => batch.rows.retain(|row| row.value.is_some()),
            Bug::LosesEmptyValues => batch.rows.retain(|row| row.value.as_ref().is_none_or(|value| !value.is_empty())),
            Bug::KeepsFirstChange => batch.rows.reverse(),
            Bug::CutsLongValues => {
                batch.rows.iter_mut().filter_map(|row| row.value.as_mut()).for_each(|value| value.truncate(100_000));
            }
            Bug::CutsLongEntries => {
                batch.journal.iter_mut().flat_map(|append| &mut append.entries).for_each(|entry| entry.truncate(4_096));
            }
            Bug::TakesAnySize => {
                let whole = self.store.commit(batch.clone());
                if !matches!(whole, Err(StoreError::Limit(_))) {
                    return whole;
                }
                return Ok(());
            }
            Bug::SplitsBatches => {
                for change in batch.rows.split_off(batch.rows.len().min(1)) {
                    self.store.commit(super::rows(vec![change]))?;
                }
            }
            Bug::ChecksBeforeItLocks => {
                for (table, key) in std::mem::take(&mut batch.absent) {
                    if self.store.get(table, &key)?.is_some() {
                        return Err(StoreError::RowExists { table, key });
                    }
                }
                // Long enough that somebody else gets in between, on any machine.
                (0..100).for_each(|_| std::thread::yield_now());
            }
            _ => {}
        }
        self.store.commit(batch)
    }

    fn version(&self, run: &RunId) -> Result<u64, StoreError> {
        self.store.version(run)
    }

    fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        let limit = if self.has(Bug::ReadsWithoutLimit) { usize::MAX } else { limit };
        let after = if self.has(Bug::ReadsFromAfter) { after.saturating_sub(1) } else { after };
        self.store.journal(run, after, limit)
    }

    fn get(&self, table: StoreTable, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.get(self.table(table), key)
    }

    fn scan(
        &self,
        table: StoreTable,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let prefix_read = if self.has(Bug::ScansPastPrefix) { &prefix[..prefix.len().min(1)] } else { prefix };
        let limit = if self.has(Bug::ScansWithoutLimit) { usize::MAX } else { limit };
        let mut rows = self.store.scan(self.table(table), prefix_read, after, limit)?;
        match self.bug {
            Bug::ScansBackwards => rows.reverse(),
            Bug::ScansFromAfter => {
                if let Some(after) = after.filter(|after| after.starts_with(prefix)) {
                    let value = self.get(table, after)?;
                    rows.splice(0..0, value.map(|value| Row { key: after.to_vec(), value }));
                    rows.truncate(limit);
                }
            }
            _ => {}
        }
        Ok(rows)
    }

    fn verify(&self, run: &RunId) -> Result<u64, StoreError> {
        if self.has(Bug::VerifiesNothing) { Ok(0) } else { self.store.verify(run) }
    }
}

#[test]
fn the_store_in_memory_conforms() {
    check_all(|| Box::new(MemoryStore::new()));
}

#[test]
fn every_planted_bug_is_noticed() {
    let noticed = |bug: Bug| {
        let fails = |check| failure(check, &Broken { store: MemoryStore::new(), bug });
        checks().into_iter().find_map(fails).is_some()
    };
    let missed: Vec<_> = BUGS.into_iter().filter(|bug| !noticed(*bug)).collect();
    assert!(missed.is_empty(), "no check noticed {missed:?}");
}
