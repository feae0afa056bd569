//! The store: one port for journals, documents and the indexes beside them.

use smol_str::SmolStr;
use turnabout_model::RunId;

/// The kinds of row a store keeps beside the journals. A row is a key and a value, both bytes; keys sort bytewise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Bundles by content hash: the template's files.
    Bundles,
    /// Runs: a summary of each, by run id.
    Runs,
    /// People, by run and participant.
    People,
    /// Answers to surveys, by run, wave and participant; anonymous ones under a random number in their place.
    Responses,
    /// Answers not handed in yet, by run, wave and participant.
    Drafts,
    /// What facilitators noted of sessions, with the consent of those who were there: by run and session.
    Notes,
    /// What passes from a run to the one that renews it: who that is, by the run before, and what was learned, by the run
    /// after.
    Handovers,
    /// What people said is wrong, by run and concern: for the contact alone.
    Concerns,
    /// When each run wants to be woken next: due time (big-endian microseconds), then run.
    Timers,
    /// Messages that wait to be sent: run, then message.
    Outbox,
    /// What verbs of the server's own want done outside: run, then errand.
    Errands,
    /// Answers already given, by idempotency key.
    Idempotency,
    /// Secrets that an engine drew for itself, by name.
    Keys,
}

impl Table {
    /// Every table.
    pub const ALL: [Table; 13] = [
        Table::Bundles,
        Table::Runs,
        Table::People,
        Table::Responses,
        Table::Drafts,
        Table::Notes,
        Table::Handovers,
        Table::Concerns,
        Table::Timers,
        Table::Outbox,
        Table::Errands,
        Table::Idempotency,
        Table::Keys,
    ];

    /// A short stable name, used on disk.
    pub fn name(self) -> &'static str {
        match self {
            Table::Bundles => "bundles",
            Table::Runs => "runs",
            Table::People => "people",
            Table::Responses => "responses",
            Table::Drafts => "drafts",
            Table::Notes => "notes",
            Table::Handovers => "handovers",
            Table::Concerns => "concerns",
            Table::Timers => "timers",
            Table::Outbox => "outbox",
            Table::Errands => "errands",
            Table::Idempotency => "idempotency",
            Table::Keys => "keys",
        }
    }
}

/// A row: its key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key.
    pub key: Vec<u8>,
    /// The value, of any length; the store chunks what it must.
    pub value: Vec<u8>,
}

/// A change of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// Where.
    pub table: Table,
    /// Which row.
    pub key: Vec<u8>,
    /// The new value; `None` deletes.
    pub value: Option<Vec<u8>>,
}

/// Everything one decision changes: all of it, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// New journal entries of one run. The run's version must be `expected` before, and is `expected + entries.len()`
    /// after.
    pub journal: Option<JournalAppend>,
    /// Rows to write and delete.
    pub rows: Vec<RowChange>,
    /// Rows that must be absent before, else [`StoreError::RowExists`]: how an idempotency key or an id is claimed.
    pub absent: Vec<(Table, Vec<u8>)>,
}

/// New entries at the end of a run's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalAppend {
    /// The run.
    pub run: RunId,
    /// How many entries the journal has now, as the caller believes.
    pub expected: u64,
    /// The entries, each an opaque payload.
    pub entries: Vec<Vec<u8>>,
}

/// An entry as read back: its place, and the payload that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place, from 1.
    pub version: u64,
    /// What was appended.
    pub payload: Vec<u8>,
}

/// Why the store did not do what it was asked. Unless it is `Stopped`, nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else appended first: load again and decide again.
    #[error("the journal of {run} has {found} entries, not {expected}: somebody else wrote first")]
    Conflict {
        /// The run.
        run: RunId,
        /// What the caller believed.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// A row that should have been absent is there.
    #[error("the row exists already in {table:?}")]
    RowExists {
        /// Where.
        table: Table,
        /// Its key.
        key: Vec<u8>,
    },
    /// Another process has the data folder.
    #[error("the data folder {folder} is in use by another process{holder}")]
    Locked {
        /// The folder.
        folder: String,
        /// ` (process 1234)`, if it is known.
        holder: String,
    },
    /// An entry does not carry the checksum or the chain that it should: the data was changed or is damaged.
    #[error("entry {version} of the journal of {run} is damaged: {what}")]
    Damaged {
        /// The run.
        run: SmolStr,
        /// The entry.
        version: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A row does not carry the checksum that it should: the data was changed or is damaged.
    #[error("a row of {table:?} is damaged: {what}")]
    DamagedRow {
        /// Where.
        table: Table,
        /// Its key.
        key: Vec<u8>,
        /// What is wrong with it.
        what: String,
    },
    /// A limit of the store.
    #[error("{0}")]
    Limit(String),
    /// The disk or the database failed. The store has stopped: nothing more is acknowledged.
    #[error("the store has stopped after an error of the disk or database: {0}")]
    Stopped(String),
}

/// Journals, documents and indexes. `commit` returns when the batch is durable; calls block.
///
/// Whether a store does all that it must, `turnabout_store::conformance` tells. This one forgets everything when the program ends:
///
/// ```
/// use std::{collections::BTreeMap, sync::{Mutex, MutexGuard, PoisonError}};
/// use turnabout_core::ports::{Batch, JournalAppend, Row, Store, StoreError, StoreTable, StoredEntry};
/// use turnabout_model::RunId;
///
/// #[derive(Default)]
/// struct Notebook(Mutex<Pages>);
///
/// #[derive(Default)]
/// struct Pages {
///     journals: BTreeMap<RunId, Vec<Vec<u8>>>,
///     /// By the table's name: a table that a later version adds needs no change here.
///     rows: BTreeMap<(&'static str, Vec<u8>), Vec<u8>>,
/// }
///
/// impl Notebook {
///     fn pages(&self) -> MutexGuard<'_, Pages> {
///         self.0.lock().unwrap_or_else(PoisonError::into_inner)
///     }
/// }
///
/// impl Store for Notebook {
///     fn commit(&self, batch: Batch) -> Result<(), StoreError> {
///         let mut pages = self.pages();
///         // First all for which it may be refused, then all that it changes.
///         for (table, key) in batch.absent {
///             if pages.rows.contains_key(&(table.name(), key.clone())) {
///                 return Err(StoreError::RowExists { table, key });
///             }
///         }
///         if let Some(JournalAppend { run, expected, entries }) = batch.journal {
///             let journal = pages.journals.entry(run.clone()).or_default();
///             let found = journal.len() as u64;
///             if found != expected {
///                 return Err(StoreError::Conflict { run, expected, found });
///             }
///             journal.extend(entries);
///         }
///         for row in batch.rows {
///             let key = (row.table.name(), row.key);
///             match row.value {
///                 Some(value) => drop(pages.rows.insert(key, value)),
///                 None => drop(pages.rows.remove(&key)),
///             }
///         }
///         Ok(())
///     }
///
///     fn version(&self, run: &RunId) -> Result<u64, StoreError> {
///         Ok(self.pages().journals.get(run).map_or(0, |journal| journal.len() as u64))
///     }
///
///     fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
///         let pages = self.pages();
///         let entries = (1..).zip(pages.journals.get(run).into_iter().flatten());
///         let later = entries.filter(|(version, _)| *version > after).take(limit);
///         Ok(later.map(|(version, payload)| StoredEntry { version, payload: payload.clone() }).collect())
///     }
///
///     fn get(&self, table: StoreTable, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
///         Ok(self.pages().rows.get(&(table.name(), key.to_vec())).cloned())
///     }
///
///     fn scan(
///         &self,
///         table: StoreTable,
///         prefix: &[u8],
///         after: Option<&[u8]>,
///         limit: usize,
///     ) -> Result<Vec<Row>, StoreError> {
///         let pages = self.pages();
///         let of_table = pages.rows.iter().filter(|((name, _), _)| *name == table.name());
///         let rows = of_table.map(|((_, key), value)| Row { key: key.clone(), value: value.clone() });
///         let meant = rows.filter(|row| row.key.starts_with(prefix) && after.is_none_or(|after| row.key.as_slice() > after));
///         Ok(meant.take(limit).collect())
///     }
///
///     /// Nothing can have changed behind its back.
///     fn verify(&self, run: &RunId) -> Result<u64, StoreError> {
///         self.version(run)
///     }
/// }
///
/// let (store, run) = (Notebook::default(), RunId::from_bits(1));
/// let append = || Batch {
///     journal: Some(JournalAppend { run: run.clone(), expected: 0, entries: vec![b"begun".to_vec()] }),
///     ..Batch::default()
/// };
/// store.commit(append())?;
/// assert_eq!((store.version(&run)?, store.journal(&run, 0, 10)?.len()), (1, 1));
/// assert!(matches!(store.commit(append()), Err(StoreError::Conflict { found: 1, .. })));
/// # Ok::<_, StoreError>(())
/// ```
pub trait Store: Send + Sync {
    /// Makes a batch durable, whole or not at all.
    fn commit(&self, batch: Batch) -> Result<(), StoreError>;

    /// How many entries a run's journal has; 0 for an unknown run.
    fn version(&self, run: &RunId) -> Result<u64, StoreError>;

    /// Reads up to `limit` entries after `after` (0 for the first), in order, verified.
    fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError>;

    /// Reads one row.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Reads up to `limit` rows whose key starts with `prefix` and is greater than `after`, in order of key.
    fn scan(&self, table: Table, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<Row>, StoreError>;

    /// Verifies the hash chain of a run's journal and returns its length.
    fn verify(&self, run: &RunId) -> Result<u64, StoreError>;
}
