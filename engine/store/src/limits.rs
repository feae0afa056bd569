//! Every limit of the stores, in one place.

use std::time::Duration;
use turnabout_core::ports::{Batch, StoreError};

/// The longest key of a row, in bytes.
///
/// With [`CELL_BYTES`] it keeps a full leaf of sled (about 20 cells) well below the 128 KiB above which sled spills it
/// into a file that it never syncs.
pub const KEY_BYTES: usize = 512;

/// The largest value of a row, in bytes: room for a plugin component with an interpreter in it.
pub const VALUE_BYTES: usize = 64 << 20;

/// The largest payload of a journal entry, in bytes.
pub const ENTRY_BYTES: usize = 8 << 20;

/// The most bytes that one batch writes, keys and values together.
pub const BATCH_BYTES: usize = 96 << 20;

/// The most entries, changed rows and absent rows of one batch, together.
pub const BATCH_CHANGES: usize = 100_000;

/// The most batches that one sync makes durable.
pub const GROUP_BATCHES: usize = 1_024;

/// The size at which a group is closed, in bytes. A group holds at least one batch, whatever its size.
pub const GROUP_BYTES: usize = 8 << 20;

/// How many batches wait for the committer before `commit` blocks at the door.
pub const QUEUE_BATCHES: usize = 4_096;

/// The largest value that is given to sled, in bytes; a larger one is cut into cells.
pub const CELL_BYTES: usize = 4_096;

/// sled's page cache, in bytes.
pub const CACHE_BYTES: u64 = 64 << 20;

/// The size of the database file up to which every journal is verified when it is opened, in bytes. Above it a journal
/// is verified before it is first served.
pub const EAGER_VERIFY_BYTES: u64 = 64 << 20;

/// How often an opening looks whether an earlier one in this process has let go of the folder and the database.
pub const RELEASE_LOOKS: usize = 400;

/// The pause between two such looks.
pub const RELEASE_PAUSE: Duration = Duration::from_millis(5);

/// How many entries are verified between two moments at which the committer may take its turn.
pub const VERIFY_PAGE_ENTRIES: usize = 1_024;

/// How many bytes a batch would write.
pub(crate) fn batch_bytes(batch: &Batch) -> usize {
    let entries: usize = batch.journal.iter().flat_map(|append| &append.entries).map(Vec::len).sum();
    let rows: usize = batch.rows.iter().map(|row| row.key.len() + row.value.as_ref().map_or(0, Vec::len)).sum();
    entries + rows
}

/// Refuses a batch that is beyond a limit: every store does, those that others write too.
pub fn check_batch(batch: &Batch) -> Result<(), StoreError> {
    let entries = batch.journal.as_ref().map_or(&[][..], |append| &append.entries);
    let rows = &batch.rows;
    within("a batch's changes", "", rows.len() + entries.len() + batch.absent.len(), BATCH_CHANGES)?;
    for entry in entries {
        within("a journal entry", " bytes", entry.len(), ENTRY_BYTES)?;
    }
    for key in rows.iter().map(|row| &row.key).chain(batch.absent.iter().map(|(_, key)| key)) {
        within("the key of a row", " bytes", key.len(), KEY_BYTES)?;
    }
    for value in rows.iter().filter_map(|row| row.value.as_ref()) {
        within("the value of a row", " bytes", value.len(), VALUE_BYTES)?;
    }
    within("a batch", " bytes", batch_bytes(batch), BATCH_BYTES)
}

fn within(what: &str, unit: &str, found: usize, most: usize) -> Result<(), StoreError> {
    if found <= most {
        return Ok(());
    }
    Err(StoreError::Limit(format!("{what} may be at most {most}{unit}, and this is {found}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnabout_core::ports::{JournalAppend, RowChange, StoreTable};
    use turnabout_model::RunId;

    fn row(key: usize, value: usize) -> RowChange {
        RowChange { table: StoreTable::Bundles, key: vec![b'k'; key], value: Some(vec![0; value]) }
    }

    fn entry(bytes: usize) -> Batch {
        let append = JournalAppend { run: RunId::from_bits(1), expected: 0, entries: vec![vec![0; bytes]] };
        Batch { journal: Some(append), ..Batch::default() }
    }

    #[test]
    fn each_limit_admits_its_value_and_refuses_one_more() {
        let absent = |bytes| vec![(StoreTable::Idempotency, vec![0; bytes])];
        let small = |count| (0..count).map(|_| row(0, 0)).collect::<Vec<_>>();
        let rows = |rows| Batch { rows, ..Batch::default() };
        let table: [(Batch, Batch, &str); 6] = [
            (rows(vec![row(KEY_BYTES, 0)]), rows(vec![row(KEY_BYTES + 1, 0)]), "the key of a row"),
            (
                Batch { absent: absent(KEY_BYTES), ..Batch::default() },
                Batch { absent: absent(KEY_BYTES + 1), ..Batch::default() },
                "the key of a row",
            ),
            (rows(vec![row(1, VALUE_BYTES)]), rows(vec![row(1, VALUE_BYTES + 1)]), "the value of a row"),
            (entry(ENTRY_BYTES), entry(ENTRY_BYTES + 1), "a journal entry"),
            (rows(small(BATCH_CHANGES)), rows(small(BATCH_CHANGES + 1)), "a batch's changes"),
            (
                rows(vec![row(0, BATCH_BYTES / 2), row(0, BATCH_BYTES / 2)]),
                rows(vec![row(1, BATCH_BYTES / 2), row(0, BATCH_BYTES / 2)]),
                "a batch may",
            ),
        ];
        for (fits, exceeds, named) in table {
            check_batch(&fits).unwrap();
            let message = check_batch(&exceeds).unwrap_err().to_string();
            assert!(message.starts_with(named), "expected '{named}' in '{message}'");
        }
    }
}
