//! Where things lie in sled: one tree, because a batch of sled is atomic within a tree only.
//!
//! | key | holds |
//! | --- | --- |
//! | `m` + name | facts about the store itself: its layout, the number of its last group |
//! | `h` + run | the head of a run's journal |
//! | `e` + run + version, 8 bytes big-endian | an entry |
//! | `r` + table + 0 + key | a row |
//! | `c` + one of the keys above + place, 4 bytes big-endian | one cell of a value that was cut |

use turnabout_core::ports::StoreTable;
use turnabout_model::RunId;

/// A key as sled sees it.
pub(super) type Key = Vec<u8>;

/// Where the number of the layout is kept.
pub(super) const LAYOUT: &[u8] = b"mlayout";

/// Where the number of the last group is kept, 8 bytes, little-endian.
pub(super) const GROUP: &[u8] = b"mgroup";

/// Every head starts with this.
pub(super) const HEADS: &[u8] = b"h";

/// Every entry starts with this.
pub(super) const ENTRIES: &[u8] = b"e";

/// The key of the head of a run's journal.
pub(super) fn head(run: &RunId) -> Key {
    [HEADS, run.as_str().as_bytes()].concat()
}

/// What the keys of a run's entries start with. Ids of runs all have one length, so none is the start of another.
pub(super) fn entries(run: &RunId) -> Key {
    [ENTRIES, run.as_str().as_bytes()].concat()
}

/// The key of one entry.
pub(super) fn entry(run: &RunId, version: u64) -> Key {
    [ENTRIES, run.as_str().as_bytes(), &version.to_be_bytes()].concat()
}

/// The run that a head's or an entry's key names, if it is well-formed.
pub(super) fn run_of(key: &[u8]) -> Option<RunId> {
    // "run-" and 26 characters.
    std::str::from_utf8(key.get(1..31)?).ok()?.parse().ok()
}

/// What the keys of a table's rows start with. No table's name holds a zero, so none is the start of another.
pub(super) fn rows(table: StoreTable) -> Key {
    [b"r", table.name().as_bytes(), b"\0"].concat()
}

/// The key of one row.
pub(super) fn row(table: StoreTable, key: &[u8]) -> Key {
    [b"r", table.name().as_bytes(), b"\0", key].concat()
}

/// The key of one cell of the value at `key`.
pub(super) fn cell(key: &[u8], place: u32) -> Key {
    [b"c", key, &place.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_their_meaning_does() {
        let run = RunId::from_bits(7);
        assert!(entry(&run, 255) < entry(&run, 256));
        assert!(entry(&run, u64::MAX) < entry(&RunId::from_bits(8), 0));
        for table in StoreTable::ALL {
            for other in StoreTable::ALL.into_iter().filter(|other| *other != table) {
                assert!(!row(other, b"x").starts_with(&rows(table)));
            }
        }
    }

    #[test]
    fn a_run_reads_back_from_its_keys() {
        let run = RunId::from_bits(7);
        assert_eq!(run_of(&entry(&run, 3)), Some(run.clone()));
        assert_eq!(run_of(&head(&run)), Some(run));
        assert_eq!(run_of(b"h"), None);
    }
}
