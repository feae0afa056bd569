//! Bit rot and tampering: found, named, and never passed over.

use super::*;
use crate::sled_store::{
    frame::{self, Head},
    tests::seeds::Seeded,
};

const ENTRIES: u64 = 9;

/// A folder with a run of nine entries, one of them large, and a second run that nobody touches.
fn folder() -> (tempfile::TempDir, RunId, RunId) {
    let folder = tempfile::tempdir().unwrap();
    let (run, other) = (RunId::from_bits(1), RunId::from_bits(2));
    let store = SledStore::open(folder.path()).unwrap();
    for version in 0..ENTRIES {
        let text = if version == 4 { "large ".repeat(2_000) } else { format!("entry {version}") };
        let append = |run: &RunId| JournalAppend {
            run: run.clone(),
            expected: version,
            entries: vec![text.clone().into_bytes()],
        };
        store.commit(Batch { journal: Some(append(&run)), ..Batch::default() }).unwrap();
        store.commit(Batch { journal: Some(append(&other)), ..Batch::default() }).unwrap();
    }
    store.close().unwrap();
    (folder, run, other)
}

/// Asserts that the damage is named, whichever way one comes across it, and that the other run is served.
fn assert_named(folder: &Path, run: &RunId, other: &RunId, version: u64, what: &str) {
    let named = |error: StoreError| match error {
        StoreError::Damaged { run: found, version: at, what: found_what } => {
            assert_eq!((found.as_str(), at), (run.as_str(), version), "{found_what}");
            assert!(found_what.contains(what), "expected '{what}' in '{found_what}'");
        }
        other => panic!("damage gave another error: {other}"),
    };
    for eager_verify_bytes in [u64::MAX, 0] {
        let options = Options { eager_verify_bytes, ..Options::default() };
        let store = SledStore::open_with(folder, options).unwrap();
        assert_eq!(store.damaged().len(), usize::from(eager_verify_bytes > 0));
        named(store.version(run).unwrap_err());
        named(store.journal(run, 0, 1).unwrap_err());
        named(store.journal(run, ENTRIES - 1, 1).unwrap_err());
        named(store.verify(run).unwrap_err());
        named(store.commit(batch(run, ENTRIES, "on top of it")).unwrap_err());
        store.damaged().into_iter().for_each(named);
        assert_eq!(store.verify(other).unwrap(), ENTRIES);
        assert_eq!(store.journal(other, 0, 100).unwrap().len(), 9);
    }
}

#[test]
fn any_flipped_bit_of_any_entry_is_found_and_named() {
    let mut seeded = Seeded::new("flipped bits");
    for _ in 0..12 {
        let (folder, run, other) = folder();
        let version = 1 + seeded.next() % ENTRIES;
        tamper(folder.path(), |db| {
            let key = keys::entry(&run, version);
            let mut stored = db.get(&key).unwrap().unwrap().to_vec();
            let bit = seeded.below(stored.len() * 8);
            stored[bit / 8] ^= 1 << (bit % 8);
            db.insert(key, stored).unwrap();
        });
        assert_named(folder.path(), &run, &other, version, "");
    }
}

#[test]
fn missing_and_damaged_parts_of_a_large_entry_are_named() {
    let (folder, run, other) = folder();
    let cell = keys::cell(&keys::entry(&run, 5), 1);
    tamper(folder.path(), |db| {
        let mut stored = db.get(&cell).unwrap().unwrap().to_vec();
        stored[77] ^= 1;
        db.insert(&cell, stored).unwrap();
    });
    assert_named(folder.path(), &run, &other, 5, "checksum");
    tamper(folder.path(), |db| drop(db.remove(&cell).unwrap()));
    assert_named(folder.path(), &run, &other, 5, "part 1 of 3 is missing");
}

#[test]
fn missing_entries_are_damage_wherever_they_are() {
    for version in [1, 5, ENTRIES] {
        let (folder, run, other) = folder();
        tamper(folder.path(), |db| drop(db.remove(keys::entry(&run, version)).unwrap()));
        assert_named(folder.path(), &run, &other, version, "missing");
    }
}

#[test]
fn an_entry_that_was_rewritten_with_a_right_checksum_is_found() {
    for version in [1, 3, ENTRIES] {
        let (folder, run, other) = folder();
        tamper(folder.path(), |db| {
            let stored = db.get(keys::entry(&run, version)).unwrap().unwrap();
            let hash = frame::open_entry(&run, version, &stored[1..]).unwrap().previous;
            let forged = frame::seal_entry(&run, &Head { version: version - 1, hash }, b"forged").0;
            db.insert(keys::entry(&run, version), [&[0][..], &forged].concat()).unwrap();
        });
        assert_named(folder.path(), &run, &other, version, "does not have the hash");
    }
}

#[test]
fn an_entry_of_another_place_or_run_is_found() {
    let (folder, run, other) = folder();
    tamper(folder.path(), |db| {
        let foreign = db.get(keys::entry(&other, 3)).unwrap().unwrap();
        db.insert(keys::entry(&run, 3), foreign).unwrap();
    });
    assert_named(folder.path(), &run, &other, 3, "checksum");
}

#[test]
fn the_head_must_agree_with_the_entries() {
    let (folder, run, other) = folder();
    let head = keys::head(&run);
    let mut first = None;
    tamper(folder.path(), |db| first = db.get(&head).unwrap());
    let first = first.unwrap();
    let cases: [(Option<Vec<u8>>, u64, &str); 4] = [
        (None, 1, "the head of the journal is missing"),
        (Some(frame::seal_head(&head, &Head { version: 8, hash: [1; 32] })), 9, "ends at 8"),
        (Some(frame::seal_head(&head, &Head { version: 9, hash: [1; 32] })), 9, "the head of the journal carries"),
        (Some(frame::seal_head(&head, &Head { version: 10, hash: [1; 32] })), 10, "missing"),
    ];
    for (forged, version, what) in cases {
        tamper(folder.path(), |db| match forged {
            Some(forged) => drop(db.insert(&head, forged).unwrap()),
            None => drop(db.remove(&head).unwrap()),
        });
        assert_named(folder.path(), &run, &other, version, what);
    }
    tamper(folder.path(), |db| {
        let mut flipped = first.to_vec();
        flipped[20] ^= 4;
        db.insert(&head, flipped).unwrap();
    });
    assert_named(folder.path(), &run, &other, 0, "checksum");
    tamper(folder.path(), |db| drop(db.insert(&head, first).unwrap()));
    assert_eq!(SledStore::open(folder.path()).unwrap().verify(&run).unwrap(), ENTRIES);
}

#[test]
fn a_disk_that_rots_after_the_first_look_is_noticed_at_the_next() {
    let (folder, run, _) = folder();
    let store = SledStore::open(folder.path()).unwrap();
    store.journal(&run, 0, 100).unwrap();
    store.reader.shown.all().insert(keys::entry(&run, 2), "rotten").unwrap();
    // Reading past it relies on no part of it.
    assert_eq!(store.journal(&run, 4, 100).unwrap().len(), 5);
    assert!(matches!(store.journal(&run, 1, 1), Err(StoreError::Damaged { version: 2, .. })));
    assert!(matches!(store.version(&run), Err(StoreError::Damaged { version: 2, .. })));
}

#[test]
fn a_damaged_row_is_named_and_the_others_are_served() {
    let (folder, ..) = folder();
    let put = |key: &str| RowChange { table: StoreTable::People, key: key.into(), value: Some(b"value".to_vec()) };
    let store = SledStore::open(folder.path()).unwrap();
    store.commit(Batch { rows: vec![put("a"), put("b")], ..Batch::default() }).unwrap();
    store.close().unwrap();
    let key = keys::row(StoreTable::People, b"a");
    for (damaged, overwritten) in [(&b"\x00\x01wrong"[..], true), (b"\x09what?", false)] {
        tamper(folder.path(), |db| drop(db.insert(&key, damaged).unwrap()));
        let store = SledStore::open(folder.path()).unwrap();
        let named =
            |error| matches!(error, StoreError::DamagedRow { table: StoreTable::People, key, .. } if key == b"a");
        assert!(named(store.get(StoreTable::People, b"a").unwrap_err()));
        assert!(named(store.scan(StoreTable::People, b"", None, 10).unwrap_err()));
        assert_eq!(store.get(StoreTable::People, b"b").unwrap().as_deref(), Some(&b"value"[..]));
        // Where its parts lie is part of the damage, or is not.
        assert_eq!(store.commit(Batch { rows: vec![put("a")], ..Batch::default() }).is_ok(), overwritten);
    }
}
