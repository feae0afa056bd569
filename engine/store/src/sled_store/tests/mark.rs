//! What was acknowledged and is gone is missed, even when sled itself noticed nothing.

use super::{seeds::Seeded, *};
use std::{fs, panic, path::PathBuf};

const MARK: &str = "turnabout.mark";
const RUNS: u128 = 3;
const ENTRIES: u64 = 40;

fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    for version in 0..ENTRIES {
        for run in 0..RUNS {
            let append = JournalAppend { run: RunId::from_bits(run), expected: version, entries: vec![vec![7; 600]] };
            store.commit(Batch { journal: Some(append), ..Batch::default() }).unwrap();
        }
    }
    store.close().unwrap();
    super::super::folder::await_release(folder.path()).unwrap();
    folder
}

/// Copies a folder with one bit of the database's file flipped.
fn flipped(folder: &Path, seeded: &mut Seeded, with_mark: bool) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if file.file_type().unwrap().is_file() && (with_mark || file.file_name() != MARK) {
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
    }
    let db: PathBuf = copy.path().join("db");
    let mut bytes = fs::read(&db).unwrap();
    // Where something is written: the rest of the file is zeros.
    let bit = loop {
        let bit = seeded.below(bytes.len() * 8);
        if bytes[bit / 8] != 0 {
            break bit;
        }
    };
    bytes[bit / 8] ^= 1 << (bit % 8);
    fs::write(db, bytes).unwrap();
    copy
}

/// Whether a folder opens and a journal is shorter than was acknowledged, without a word about it.
fn is_silently_short(folder: &Path) -> bool {
    let opened = panic::catch_unwind(|| SledStore::open(folder)).expect("it panicked");
    let Ok(store) = opened else { return false };
    (0..RUNS).any(|run| store.verify(&RunId::from_bits(run)).is_ok_and(|entries| entries < ENTRIES))
}

#[test]
fn no_flipped_bit_of_the_file_loses_entries_in_silence() {
    let mut seeded = Seeded::new("flipped bits of the file");
    let folder = filled();
    for round in 0..40 {
        let copy = flipped(folder.path(), &mut seeded, true);
        assert!(!is_silently_short(copy.path()), "round {round}");
    }
}

/// The bug "no mark", planted: the test above would notice it.
#[test]
fn without_the_mark_entries_are_lost_in_silence() {
    let mut seeded = Seeded::new("flipped bits without the mark");
    let folder = filled();
    assert!((0..100).any(|_| is_silently_short(flipped(folder.path(), &mut seeded, false).path())));
}

#[test]
fn an_older_database_is_refused_with_a_remedy_that_works() {
    let folder = tempfile::tempdir().unwrap();
    let (db, old) = (folder.path().join("live"), folder.path().join("old"));
    let run = RunId::from_bits(1);
    SledStore::open(&db).unwrap().commit(batch(&run, 0, "old")).unwrap();
    super::super::folder::await_release(&db).unwrap();
    fs::create_dir(&old).unwrap();
    for file in fs::read_dir(&db).unwrap().map(Result::unwrap).filter(|file| file.file_type().unwrap().is_file()) {
        fs::copy(file.path(), old.join(file.file_name())).unwrap();
    }
    SledStore::open(&db).unwrap().commit(batch(&run, 1, "new")).unwrap();
    fs::copy(db.join(MARK), old.join(MARK)).unwrap();

    let message = SledStore::open(&old).unwrap_err().to_string();
    assert!(message.contains("it acknowledged 2 groups of changes and holds 1"), "{message}");
    assert!(message.contains("delete") && message.contains(MARK), "{message}");
    fs::remove_file(old.join(MARK)).unwrap();
    assert_eq!(texts(&SledStore::open(&old).unwrap(), &run), ["old"]);
}

#[test]
fn a_damaged_mark_is_told_from_a_torn_one() {
    let folder = tempfile::tempdir().unwrap();
    let run = RunId::from_bits(1);
    let mark = folder.path().join(MARK);
    let store = SledStore::open(folder.path()).unwrap();
    for version in 0..5 {
        store.commit(batch(&run, version, "text")).unwrap();
    }
    store.close().unwrap();
    let sound = fs::read(&mark).unwrap();

    // A write that was torn: the other place still counts.
    let mut torn = sound.clone();
    torn[512] ^= 1;
    fs::write(&mark, &torn).unwrap();
    SledStore::open(folder.path()).unwrap().close().unwrap();
    // What a power cut can leave of a new file.
    for empty in [&[][..], &[0; 1_024]] {
        fs::write(&mark, empty).unwrap();
        SledStore::open(folder.path()).unwrap().close().unwrap();
    }
    fs::write(&mark, "something else").unwrap();
    let message = SledStore::open(folder.path()).unwrap_err().to_string();
    assert!(message.contains("turnabout.mark is damaged"), "{message}");
}
