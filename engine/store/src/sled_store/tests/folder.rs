//! The data folder: its lock, its leftovers, and opening it again.

use super::*;
use std::fs;

#[test]
fn a_folder_in_use_is_refused_and_the_holder_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    let message = SledStore::open(folder.path()).unwrap_err().to_string();
    let (path, id) = (folder.path().display(), std::process::id());
    assert_eq!(message, format!("the data folder {path} is in use by another process (process {id})"));
    store.close().unwrap();
    SledStore::open(folder.path()).unwrap();
}

#[test]
fn a_refused_opening_leaves_the_holder_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    fs::write(folder.path().join("snap.00000000000000AA.generating"), "half").unwrap();
    assert!(matches!(SledStore::open(folder.path()), Err(StoreError::Locked { .. })));
    assert!(folder.path().join("snap.00000000000000AA.generating").exists(), "it tidied somebody else's folder");
    store.commit(batch(&RunId::from_bits(1), 0, "still here")).unwrap();
}

#[test]
fn what_a_kill_left_of_a_snapshot_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let run = RunId::from_bits(1);
    SledStore::open(folder.path()).unwrap().commit(batch(&run, 0, "kept")).unwrap();
    let leftover = folder.path().join("snap.0000000000000BAD.generating");
    fs::write(&leftover, "half a snapshot").unwrap();
    crate::sled_store::folder::await_release(folder.path()).unwrap();
    // The bug "skip the hygiene": sled by itself does not open any more.
    assert!(std::panic::catch_unwind(|| sled::open(folder.path()).map(drop)).map_or(true, |opened| opened.is_err()));

    let store = SledStore::open(folder.path()).unwrap();
    assert!(!leftover.exists());
    assert_eq!(texts(&store, &run), ["kept"]);
}

#[test]
fn everything_is_there_after_many_reopenings() {
    let folder = tempfile::tempdir().unwrap();
    let run = RunId::from_bits(1);
    let mut expected = Vec::new();
    for round in 0..60 {
        let store = SledStore::open(folder.path()).unwrap();
        assert_eq!(texts(&store, &run), expected, "round {round}");
        let text = format!("round {round}");
        store.commit(batch(&run, round, &text)).unwrap();
        expected.push(text);
        // Both ways to let go of a store must free the folder at once.
        if round % 2 == 0 {
            store.close().unwrap();
        }
    }
    let store = SledStore::open(folder.path()).unwrap();
    assert_eq!(store.scan(StoreTable::Runs, b"", None, 1_000).unwrap().len(), expected.len());
}

#[test]
fn a_database_that_somebody_else_has_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    SledStore::open(folder.path()).unwrap().close().unwrap();
    crate::sled_store::folder::await_release(folder.path()).unwrap();
    // Another program, which knows nothing of our lock.
    let _db = sled::open(folder.path()).unwrap();
    assert!(matches!(SledStore::open(folder.path()), Err(StoreError::Locked { holder, .. }) if holder.is_empty()));
}

#[test]
fn a_folder_is_created_with_those_above_it() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b/c");
    SledStore::open(&deep).unwrap().close().unwrap();
    assert!(deep.join("db").exists());
}

#[test]
fn a_folder_that_cannot_be_used_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").unwrap();
    let message = SledStore::open(&file).unwrap_err().to_string();
    assert!(message.contains("could not create") && message.contains("file"), "{message}");
}

#[test]
fn another_database_and_another_layout_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    tamper(folder.path(), |db| drop(db.insert("somebody", "else").unwrap()));
    let message = SledStore::open(folder.path()).unwrap_err().to_string();
    assert!(message.contains("not Turnabout's"), "{message}");

    let folder = tempfile::tempdir().unwrap();
    SledStore::open(folder.path()).unwrap().close().unwrap();
    tamper(folder.path(), |db| drop(db.insert(keys::LAYOUT, "7").unwrap()));
    let message = SledStore::open(folder.path()).unwrap_err().to_string();
    assert!(message.contains("has layout 7, and this version reads layout 1"), "{message}");
}
