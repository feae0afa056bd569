//! Tests of the store on disk, each file about one way in which it could fail.

mod conforms;
mod crash;
mod damage;
mod faults;
mod folder;
mod layout;
mod mark;
mod model;
mod seeds;

use super::{Options, Seam, SledStore, disk::Disk, keys};
use crate::limits;
use std::path::Path;
use turnabout_core::ports::{Batch, JournalAppend, RowChange, Store, StoreError, StoreTable};
use turnabout_model::RunId;

/// A batch of one entry, and a row of the same text.
fn batch(run: &RunId, expected: u64, text: &str) -> Batch {
    let row = RowChange { table: StoreTable::Runs, key: text.into(), value: Some(text.into()) };
    let append = JournalAppend { run: run.clone(), expected, entries: vec![text.into()] };
    Batch { journal: Some(append), rows: vec![row], absent: Vec::new() }
}

fn texts(store: &dyn Store, run: &RunId) -> Vec<String> {
    let entries = store.journal(run, 0, usize::MAX).unwrap();
    entries.into_iter().map(|entry| String::from_utf8(entry.payload).unwrap()).collect()
}

/// Opens with something between the committer and the disk.
fn open_on<D: Disk + 'static>(
    folder: &Path,
    disk: impl FnOnce(Box<dyn Disk>) -> D + 'static,
) -> Result<SledStore, StoreError> {
    let seam = Seam { disk: Box::new(|real| Box::new(disk(real))), cell_bytes: limits::CELL_BYTES };
    SledStore::open_on(folder, Options::default(), seam)
}

/// Changes what lies in sled behind the store's back.
fn tamper(folder: &Path, change: impl FnOnce(&sled::Db)) {
    super::folder::await_release(folder).unwrap();
    let db = sled::open(folder).unwrap();
    change(&db);
    db.flush().unwrap();
}
