//! Disks that fail, and disks that lie.

use super::*;
use std::{
    fs, io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// A step of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Apply,
    Flush,
    Sync,
    Note,
}

/// Asks `before` at each step whether it may happen, and counts those that were tried.
struct Watched<F> {
    real: Box<dyn Disk>,
    before: F,
}

impl<F: FnMut(Step) -> io::Result<()> + Send> Disk for Watched<F> {
    fn apply(&mut self, changes: sled::Batch) -> io::Result<()> {
        (self.before)(Step::Apply)?;
        self.real.apply(changes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (self.before)(Step::Flush)?;
        self.real.flush()
    }

    fn sync(&mut self) -> io::Result<()> {
        (self.before)(Step::Sync)?;
        self.real.sync()
    }

    fn note(&mut self, group: u64) -> io::Result<()> {
        (self.before)(Step::Note)?;
        self.real.note(group)
    }
}

fn watched(
    folder: &Path,
    before: impl FnMut(Step) -> io::Result<()> + Send + 'static,
) -> Result<SledStore, StoreError> {
    open_on(folder, |real| Watched { real, before })
}

#[test]
fn the_first_error_stops_the_store_for_good() {
    // EIO and ENOSPC.
    for (step, error, text) in [
        (Step::Apply, 5, "could not take a batch"),
        (Step::Flush, 28, "could not write its file"),
        (Step::Sync, 5, "could not make a batch durable"),
        (Step::Sync, 28, "could not make a batch durable"),
        (Step::Note, 28, "could not note a batch"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let run = RunId::from_bits(1);
        let (broken, tried) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (fails, counts) = (Arc::clone(&broken), Arc::clone(&tried));
        let store = watched(folder.path(), move |at| {
            counts.fetch_add(1, Ordering::SeqCst);
            if at == step && fails.load(Ordering::SeqCst) {
                return Err(io::Error::from_raw_os_error(error));
            }
            Ok(())
        })
        .unwrap();
        store.commit(batch(&run, 0, "before")).unwrap();
        broken.store(true, Ordering::SeqCst);
        let first = store.commit(batch(&run, 1, "lost")).unwrap_err().to_string();
        assert!(first.contains(text) && first.contains("has stopped"), "{first}");

        // The disk is well again, and the store has stopped all the same: it tries nothing more.
        broken.store(false, Ordering::SeqCst);
        let before = tried.load(Ordering::SeqCst);
        let every: [StoreError; 6] = [
            store.commit(batch(&run, 1, "after")).unwrap_err(),
            store.version(&run).unwrap_err(),
            store.journal(&run, 0, 10).unwrap_err(),
            store.get(StoreTable::Runs, b"before").unwrap_err(),
            store.scan(StoreTable::Runs, b"", None, 10).unwrap_err(),
            store.verify(&run).unwrap_err(),
        ];
        for error in every {
            assert_eq!(error.to_string(), first);
        }
        assert_eq!(store.close().unwrap_err().to_string(), first);
        assert_eq!(tried.load(Ordering::SeqCst), before, "a stopped store went to the disk");

        let store = SledStore::open(folder.path()).unwrap();
        assert_eq!(texts(&store, &run)[0], "before");
    }
}

#[test]
fn everybody_who_waits_hears_that_the_store_has_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let broken = Arc::new(AtomicBool::new(false));
    let fails = Arc::clone(&broken);
    let store = watched(folder.path(), move |at| match at {
        Step::Sync if fails.load(Ordering::SeqCst) => Err(io::Error::from_raw_os_error(5)),
        _ => Ok(()),
    })
    .unwrap();
    broken.store(true, Ordering::SeqCst);
    thread::scope(|scope| {
        for number in 0..32 {
            let store = &store;
            // Right and wrong batches alike: a refusal would tell of batches that never were.
            let batch = batch(&RunId::from_bits(number), u64::from(number % 3 == 0), "text");
            scope.spawn(move || {
                let outcome = store.commit(batch);
                // A group of refusals alone, ahead of the first sync, needs no disk.
                assert!(matches!(outcome, Err(StoreError::Stopped(_) | StoreError::Conflict { .. })), "{outcome:?}");
            });
        }
    });
    assert!(matches!(store.close(), Err(StoreError::Stopped(_))));
}

#[test]
fn a_panic_of_the_committer_stops_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let armed = Arc::new(AtomicBool::new(false));
    let panics = Arc::clone(&armed);
    let store = watched(folder.path(), move |at| {
        assert!(at != Step::Flush || !panics.load(Ordering::SeqCst), "planted");
        Ok(())
    })
    .unwrap();
    armed.store(true, Ordering::SeqCst);
    assert!(matches!(store.commit(batch(&RunId::from_bits(1), 0, "text")), Err(StoreError::Stopped(_))));
    assert!(matches!(store.version(&RunId::from_bits(1)), Err(StoreError::Stopped(_))));
    assert!(matches!(store.close(), Err(StoreError::Stopped(_))));
}

/// While a group is applied and not yet durable, readers see what was before it, and are not kept waiting.
#[test]
fn readers_see_nothing_that_is_not_durable() {
    let folder = tempfile::tempdir().unwrap();
    let run = RunId::from_bits(1);
    // Opening a new folder syncs too: that is done before anybody watches.
    SledStore::open(folder.path()).unwrap().close().unwrap();
    let (reached, at_sync) = mpsc::channel();
    let (go, may_sync) = mpsc::channel::<()>();
    let store = watched(folder.path(), move |at| {
        if at == Step::Sync {
            reached.send(()).map_err(io::Error::other)?;
            may_sync.recv().map_err(io::Error::other)?;
        }
        Ok(())
    })
    .unwrap();
    let seen = || {
        let rows = store.scan(StoreTable::Runs, b"", None, 10).unwrap();
        let got = ["one", "two"].map(|key| store.get(StoreTable::Runs, key.as_bytes()).unwrap().is_some());
        (store.version(&run).unwrap(), texts(&store, &run), rows.len(), got, store.verify(&run).unwrap())
    };
    let nothing = (0, Vec::new(), 0, [false, false], 0);
    let one = (1, vec!["one".to_owned()], 1, [true, false], 1);
    let both = (2, vec!["one".to_owned(), "two".to_owned()], 1, [false, true], 2);
    thread::scope(|scope| {
        let first = scope.spawn(|| store.commit(batch(&run, 0, "one")));
        at_sync.recv().unwrap();
        assert_eq!(seen(), nothing);
        go.send(()).unwrap();
        first.join().unwrap().unwrap();
        assert_eq!(seen(), one);

        let mut next = batch(&run, 1, "two");
        next.rows.push(RowChange { table: StoreTable::Runs, key: b"one".to_vec(), value: None });
        let second = scope.spawn(|| store.commit(next));
        at_sync.recv().unwrap();
        assert_eq!(seen(), one);
        go.send(()).unwrap();
        second.join().unwrap().unwrap();
        assert_eq!(seen(), both);
    });
    drop(go);
}

/// Copies the folder whenever it is synced: what a power cut would leave, at the least, of a disk that keeps nothing else.
struct Volatile {
    real: Box<dyn Disk>,
    folder: PathBuf,
    kept: PathBuf,
    lies: bool,
}

impl Disk for Volatile {
    fn apply(&mut self, changes: sled::Batch) -> io::Result<()> {
        self.real.apply(changes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.real.flush()
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.lies {
            return Ok(());
        }
        self.real.sync()?;
        copy(&self.folder, &self.kept)
    }

    fn note(&mut self, group: u64) -> io::Result<()> {
        self.real.note(group)
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        if file.file_type()?.is_file() {
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    Ok(())
}

/// Commits, cuts the power after each answer, and counts the acknowledged entries that are gone.
fn lost_to_power_cuts(lies: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let (live, kept, cut) = ["live", "kept", "cut"].map(|name| folder.path().join(name)).into();
    SledStore::open(&live).unwrap().close().unwrap();
    copy(&live, &kept).unwrap();
    let (at, to) = (live.clone(), kept.clone());
    let store = open_on(&live, move |real| Volatile { real, folder: at, kept: to, lies }).unwrap();
    let run = RunId::from_bits(1);
    let mut lost = 0;
    for version in 0..12 {
        store.commit(batch(&run, version, &format!("entry {version}"))).unwrap();
        copy(&kept, &cut).unwrap();
        let after = SledStore::open(&cut).unwrap();
        lost += usize::try_from(version + 1 - after.verify(&run).unwrap()).unwrap();
    }
    lost
}

#[test]
fn an_acknowledged_entry_survives_a_power_cut() {
    assert_eq!(lost_to_power_cuts(false), 0);
}

/// The bug "acknowledge without sync", planted: the test above would notice it.
#[test]
fn a_commit_that_skips_its_sync_is_noticed() {
    assert_ne!(lost_to_power_cuts(true), 0);
}
