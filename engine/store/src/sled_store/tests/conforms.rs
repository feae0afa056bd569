//! The suite that every store must pass, and the largest things that a store takes.

use super::*;
use crate::conformance;
use std::cell::RefCell;

#[test]
fn the_store_on_disk_conforms() {
    let folders = RefCell::new(Vec::new());
    conformance::check_all(|| {
        let folder = tempfile::tempdir().unwrap();
        let store = SledStore::open(folder.path()).unwrap();
        folders.borrow_mut().push(folder);
        Box::new(store)
    });
    for folder in folders.into_inner() {
        assert_no_spills(folder.path());
    }
}

#[test]
fn the_largest_value_and_a_journal_of_large_entries_survive_a_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let run = RunId::from_bits(1);
    let value: Vec<u8> = (0..limits::VALUE_BYTES).map(|place| place.to_le_bytes()[1]).collect();
    let entry = vec![b'e'; limits::ENTRY_BYTES];
    let store = SledStore::open(folder.path()).unwrap();
    let row = |value| RowChange { table: StoreTable::Bundles, key: b"largest".to_vec(), value };
    let append = JournalAppend { run: run.clone(), expected: 0, entries: vec![entry.clone(), entry.clone()] };
    store.commit(Batch { journal: Some(append), rows: vec![row(Some(value.clone()))], absent: Vec::new() }).unwrap();
    store.close().unwrap();

    let store = SledStore::open(folder.path()).unwrap();
    assert!(store.get(StoreTable::Bundles, b"largest").unwrap() == Some(value));
    let entries = store.journal(&run, 0, 10).unwrap();
    assert!(entries.len() == 2 && entries.iter().all(|found| found.payload == entry));
    store.commit(Batch { rows: vec![row(None)], ..Batch::default() }).unwrap();
    assert_eq!(store.get(StoreTable::Bundles, b"largest").unwrap(), None);
    store.close().unwrap();
    assert_no_spills(folder.path());
    // Nothing of the value is left behind under another key.
    tamper(folder.path(), |db| assert_eq!(db.scan_prefix(b"cr").count(), 0));
}

/// The bug "lift the cap": without the cut, sled spills values into files that it never syncs.
#[test]
fn without_the_cut_sled_spills_and_the_suite_would_notice() {
    let folder = tempfile::tempdir().unwrap();
    let seam = Seam { cell_bytes: 16 << 20, ..Seam::default() };
    let store = SledStore::open_on(folder.path(), Options::default(), seam).unwrap();
    let row = RowChange { table: StoreTable::People, key: b"k".to_vec(), value: Some(vec![1; 300_000]) };
    store.commit(Batch { rows: vec![row], ..Batch::default() }).unwrap();
    store.close().unwrap();
    assert_ne!(spills(folder.path()), 0);
}

fn spills(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("blobs")).map_or(0, Iterator::count)
}

fn assert_no_spills(folder: &Path) {
    assert_eq!(spills(folder), 0, "sled spilled a leaf into a file that it does not sync");
}
