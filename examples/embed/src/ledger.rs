//! A store of one's own: a file of JSON lines, a batch each, flushed to the disk before it is acknowledged.
//!
//! It is whole and safe but holds everything in memory: good for one office, not for a thousand runs.

use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    fs::{File, OpenOptions, TryLockError},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    ops::Bound,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};
use turnabout_core::ports::{Batch, Row, Store, StoreError, StoreTable, StoredEntry};
use turnabout_model::RunId;
use turnabout_store::limits::check_batch;

/// A batch as it stands in the file.
#[derive(Serialize, Deserialize)]
struct Line {
    /// The run and its new entries, in hexadecimal: a store must not care what is in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    journal: Option<(RunId, Vec<String>)>,
    /// The table, the key and the value of each row that changed; no value where it was deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rows: Vec<(String, String, Option<String>)>,
}

/// Keeps journals and rows in one file.
pub(crate) struct Ledger {
    held: Mutex<Held>,
}

struct Held {
    file: File,
    /// An error of the disk: what lies in the file is no longer known, so nothing more is acknowledged.
    stopped: Option<String>,
    journals: HashMap<RunId, Vec<Vec<u8>>>,
    rows: BTreeMap<StoreTable, BTreeMap<Vec<u8>, Vec<u8>>>,
}

impl Ledger {
    /// Opens a file, which is created if need be, and reads what is in it. A line that was being written when the power
    /// failed was never acknowledged: it is cut off.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let stopped = |error: &dyn std::fmt::Display| StoreError::Stopped(format!("{}: {error}", path.display()));
        let new = !path.exists();
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(|e| stopped(&e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { folder: path.display().to_string(), holder: String::new() });
            }
            Err(TryLockError::Error(error)) => return Err(stopped(&error)),
        }
        if new && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            // The file's name must be as durable as what is in it.
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| stopped(&e))?;
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(|e| stopped(&e))?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        if whole < text.len() {
            let cut = file.set_len(whole as u64).and_then(|()| file.sync_data());
            cut.and_then(|()| file.seek(SeekFrom::End(0))).map_err(|e| stopped(&e))?;
        }
        let mut held = Held { file, stopped: None, journals: HashMap::new(), rows: BTreeMap::new() };
        for (number, line) in (1_u64..).zip(text[..whole].split(|byte| *byte == b'\n')).filter(|(_, l)| !l.is_empty()) {
            let batch = serde_json::from_slice::<Line>(line).map_err(|error| error.to_string());
            let read = batch.and_then(|line| held.fold(line));
            read.map_err(|what| StoreError::Damaged { run: "?".into(), version: number, what })?;
        }
        Ok(Self { held: Mutex::new(held) })
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn len(&self, run: &RunId) -> u64 {
        self.journals.get(run).map_or(0, |entries| entries.len() as u64)
    }

    /// Takes a line's batch into memory; an error, in words, if the line is damaged.
    fn fold(&mut self, line: Line) -> Result<(), String> {
        let bytes = |text: &str| hex::decode(text).map_err(|error| error.to_string());
        if let Some((run, entries)) = line.journal {
            let entries = entries.iter().map(|entry| bytes(entry)).collect::<Result<Vec<_>, _>>()?;
            self.journals.entry(run).or_default().extend(entries);
        }
        for (table, key, value) in line.rows {
            let table = StoreTable::ALL.into_iter().find(|known| known.name() == table);
            let rows = self.rows.entry(table.ok_or("there is no such table")?).or_default();
            match value {
                Some(value) => rows.insert(bytes(&key)?, bytes(&value)?),
                None => rows.remove(&bytes(&key)?),
            };
        }
        Ok(())
    }

    /// Everything that has to hold before a batch is written.
    fn check(&self, batch: &Batch) -> Result<(), StoreError> {
        if let Some(why) = &self.stopped {
            return Err(StoreError::Stopped(why.clone()));
        }
        check_batch(batch)?;
        if let Some(append) = &batch.journal {
            let found = self.len(&append.run);
            if found != append.expected {
                return Err(StoreError::Conflict { run: append.run.clone(), expected: append.expected, found });
            }
        }
        for (table, key) in &batch.absent {
            if self.rows.get(table).is_some_and(|rows| rows.contains_key(key)) {
                return Err(StoreError::RowExists { table: *table, key: key.clone() });
            }
        }
        Ok(())
    }
}

// ANCHOR: store
impl Store for Ledger {
    fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let mut held = self.held();
        held.check(&batch)?;
        let journal = batch.journal.filter(|append| !append.entries.is_empty());
        let row = |row: turnabout_core::ports::RowChange| {
            (row.table.name().to_owned(), hex::encode(row.key), row.value.map(hex::encode))
        };
        let line = Line {
            journal: journal.map(|append| (append.run, append.entries.iter().map(hex::encode).collect())),
            rows: batch.rows.into_iter().map(row).collect(),
        };
        let mut text = serde_json::to_vec(&line).map_err(|error| StoreError::Limit(error.to_string()))?;
        text.push(b'\n');
        let durable = held.file.write_all(&text).and_then(|()| held.file.sync_data());
        let kept = durable.map_err(|error| error.to_string()).and_then(|()| held.fold(line));
        kept.map_err(|why| {
            held.stopped = Some(why.clone());
            StoreError::Stopped(why)
        })
    }
    // ANCHOR_END: store

    fn version(&self, run: &RunId) -> Result<u64, StoreError> {
        Ok(self.held().len(run))
    }

    fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        let held = self.held();
        let entries = held.journals.get(run).map_or(&[][..], Vec::as_slice);
        let skipped = usize::try_from(after).unwrap_or(usize::MAX);
        let numbered = (1..).zip(entries).skip(skipped).take(limit);
        Ok(numbered.map(|(version, payload)| StoredEntry { version, payload: payload.clone() }).collect())
    }

    fn get(&self, table: StoreTable, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.held().rows.get(&table).and_then(|rows| rows.get(key)).cloned())
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
        let held = self.held();
        let Some(rows) = held.rows.get(&table) else { return Ok(Vec::new()) };
        let found = rows.range::<[u8], _>((from, Bound::Unbounded)).take_while(|(key, _)| key.starts_with(prefix));
        Ok(found.take(limit).map(|(key, value)| Row { key: key.clone(), value: value.clone() }).collect())
    }

    fn verify(&self, run: &RunId) -> Result<u64, StoreError> {
        // The file has no checksums of its own; a line that can't be read was found when it was opened.
        self.version(run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnabout_core::ports::JournalAppend;

    // ANCHOR: conformance
    #[test]
    fn the_ledger_does_what_every_store_must_do() {
        let folder = tempfile::tempdir().unwrap();
        let opened = std::sync::atomic::AtomicU32::new(0);
        turnabout_store::conformance::check_all(|| {
            let number = opened.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Box::new(Ledger::open(&folder.path().join(format!("{number}.jsonl"))).unwrap())
        });
    }
    // ANCHOR_END: conformance

    fn entry(store: &Ledger, expected: u64) {
        let journal = Some(JournalAppend { run: RunId::from_bits(1), expected, entries: vec![vec![0, 255, b'\n']] });
        store.commit(Batch { journal, ..Batch::default() }).unwrap();
    }

    #[test]
    fn what_was_acknowledged_is_there_after_a_restart_and_a_torn_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        entry(&Ledger::open(&path).unwrap(), 0);
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"journal\":[\"run-").unwrap();
        let store = Ledger::open(&path).unwrap();
        assert!(matches!(Ledger::open(&path), Err(StoreError::Locked { .. })), "one process at a time");
        entry(&store, 1);
        drop(store);
        let store = Ledger::open(&path).unwrap();
        let entries = store.journal(&RunId::from_bits(1), 0, 10).unwrap();
        assert_eq!(entries.iter().map(|entry| entry.payload.len()).collect::<Vec<_>>(), [3, 3]);
    }

    #[test]
    fn a_line_that_somebody_changed_is_reported_and_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        std::fs::write(&path, "{\"rows\":[[\"wages\",\"00\",null]]}\n").unwrap();
        assert!(matches!(Ledger::open(&path), Err(StoreError::Damaged { version: 1, .. })));
    }
}
