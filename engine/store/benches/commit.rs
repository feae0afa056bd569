//! How many batches a second become durable, for one committer and for many, on disk and in memory.
//!
//! A batch is a journal entry of 300 bytes and a row of 100: about what one wake of a journey writes.

use divan::{Bencher, counter::ItemsCount};
use std::thread;
use turnabout_core::ports::{Batch, JournalAppend, RowChange, Store, StoreTable};
use turnabout_model::RunId;
use turnabout_store::{MemoryStore, SledStore};

/// Batches of all committers of one sample.
const BATCHES: usize = 2_048;

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 64], sample_count = 20, sample_size = 1)]
fn sled(bencher: Bencher<'_, '_>, committers: usize) {
    let folder = tempfile::tempdir().expect("a folder could not be made");
    let store = SledStore::open(folder.path()).expect("the store could not be opened");
    commit(bencher, &store, committers);
}

#[divan::bench(args = [1, 64], sample_count = 20, sample_size = 1)]
fn memory(bencher: Bencher<'_, '_>, committers: usize) {
    commit(bencher, &MemoryStore::new(), committers);
}

/// Reads of one row while one committer never stops: what it costs to see only what is durable.
#[divan::bench(args = ["idle", "committing"], sample_count = 20, sample_size = 10_000)]
fn sled_get(bencher: Bencher<'_, '_>, meanwhile: &str) {
    let folder = tempfile::tempdir().expect("a folder could not be made");
    let store = SledStore::open(folder.path()).expect("the store could not be opened");
    work(&store, 0, 100);
    let done = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        if meanwhile == "committing" {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    work(&store, 1, 1);
                }
            });
        }
        bencher.bench_local(|| store.get(StoreTable::Timers, &divan::black_box(0_u128).to_be_bytes()));
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

fn commit(bencher: Bencher<'_, '_>, store: &dyn Store, committers: usize) {
    bencher.counter(ItemsCount::new(BATCHES)).bench_local(|| {
        thread::scope(|scope| {
            for committer in 0..committers {
                scope.spawn(move || work(store, committer as u128, BATCHES / committers));
            }
        });
    });
}

fn work(store: &dyn Store, committer: u128, batches: usize) {
    let run = RunId::from_bits(committer);
    let first = store.version(&run).expect("the version could not be read");
    for expected in (first..).take(batches) {
        let row =
            RowChange { table: StoreTable::Timers, key: committer.to_be_bytes().to_vec(), value: Some(vec![1; 100]) };
        let append = JournalAppend { run: run.clone(), expected, entries: vec![vec![2; 300]] };
        store.commit(Batch { journal: Some(append), rows: vec![row], absent: Vec::new() }).expect("a commit failed");
    }
}
