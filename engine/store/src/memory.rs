//! A store in memory, for rehearsals, forecasts and tests: it forgets everything when it is dropped.

use crate::limits;
use std::{
    collections::{BTreeMap, HashMap},
    ops::Bound,
    sync::{PoisonError, RwLock, RwLockReadGuard},
};
use turnabout_core::ports::{Batch, Row, Store, StoreError, StoreTable, StoredEntry};
use turnabout_model::RunId;

/// Keeps journals and rows in memory, with the same answers as a store on disk.
#[derive(Debug, Default)]
pub struct MemoryStore {
    held: RwLock<Held>,
}

#[derive(Debug, Default)]
struct Held {
    journals: HashMap<RunId, Vec<Vec<u8>>>,
    // A map a table, so that a row is found by a borrowed key.
    rows: BTreeMap<StoreTable, BTreeMap<Vec<u8>, Vec<u8>>>,
}

impl MemoryStore {
    /// Creates an empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn read(&self) -> RwLockReadGuard<'_, Held> {
        // A commit checks everything before it changes anything, so even a panic half-way leaves no half batch.
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn len(&self, run: &RunId) -> u64 {
        self.journals.get(run).map_or(0, |entries| entries.len() as u64)
    }
}

impl Store for MemoryStore {
    fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        limits::check_batch(&batch)?;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(append) = &batch.journal {
            let found = held.len(&append.run);
            if found != append.expected {
                return Err(StoreError::Conflict { run: append.run.clone(), expected: append.expected, found });
            }
        }
        for (table, key) in batch.absent {
            if held.rows.get(&table).is_some_and(|rows| rows.contains_key(&key)) {
                return Err(StoreError::RowExists { table, key });
            }
        }
        if let Some(append) = batch.journal.filter(|append| !append.entries.is_empty()) {
            held.journals.entry(append.run).or_default().extend(append.entries);
        }
        for change in batch.rows {
            let rows = held.rows.entry(change.table).or_default();
            match change.value {
                Some(value) => rows.insert(change.key, value),
                None => rows.remove(&change.key),
            };
        }
        Ok(())
    }

    fn version(&self, run: &RunId) -> Result<u64, StoreError> {
        Ok(self.read().len(run))
    }

    fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        let held = self.read();
        let entries = held.journals.get(run).map_or(&[][..], Vec::as_slice);
        let skipped = usize::try_from(after).unwrap_or(usize::MAX);
        Ok((1..)
            .zip(entries)
            .skip(skipped)
            .take(limit)
            .map(|(version, payload)| StoredEntry { version, payload: payload.clone() })
            .collect())
    }

    fn get(&self, table: StoreTable, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.read().rows.get(&table).and_then(|rows| rows.get(key)).cloned())
    }

    fn scan(
        &self,
        table: StoreTable,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let from = match after {
            Some(after) if after >= prefix => Bound::Excluded(after),
            _ => Bound::Included(prefix),
        };
        let held = self.read();
        let Some(rows) = held.rows.get(&table) else { return Ok(Vec::new()) };
        Ok(rows
            .range::<[u8], _>((from, Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(prefix))
            .take(limit)
            .map(|(key, value)| Row { key: key.clone(), value: value.clone() })
            .collect())
    }

    fn verify(&self, run: &RunId) -> Result<u64, StoreError> {
        // Nothing lies outside this process's memory, so there is nothing to compare with.
        self.version(run)
    }
}
