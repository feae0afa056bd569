//! The store in a data folder, on sled.

mod cells;
mod chain;
mod committer;
mod disk;
mod folder;
mod frame;
mod health;
mod keys;
mod mark;
mod reader;
mod shown;
mod stage;
#[cfg(test)]
mod tests;

use crate::limits;
use committer::{Committer, Door};
use disk::{Disk, RealDisk};
use folder::Lock;
use health::Health;
use mark::Mark;
use reader::Reader;
use shown::Shown;
use std::{
    fs::{self, File},
    io,
    panic::{self, AssertUnwindSafe},
    path::Path,
    sync::Arc,
};
use turnabout_core::ports::{Batch, Row, Store, StoreError, StoreTable, StoredEntry};
use turnabout_model::RunId;

/// The layout that this version writes.
const LAYOUT: &[u8] = b"1";

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How much memory the page cache may take, in bytes.
    pub cache_bytes: u64,
    /// The size of the database file up to which every journal is verified at once, in bytes; above it each is verified
    /// before it is first served.
    pub eager_verify_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { cache_bytes: limits::CACHE_BYTES, eager_verify_bytes: limits::EAGER_VERIFY_BYTES }
    }
}

/// Keeps journals and rows in a data folder on a local disk, for one process at a time.
///
/// When `commit` returns, the batch survives a kill and, on a disk that honours flushes, a power cut. The first error
/// of the disk stops the store for good. A damaged journal is refused by name, and the others are served.
///
/// Dropping it waits for commits on their way, closes the database and releases the folder.
#[derive(Debug)]
pub struct SledStore {
    // Dropped in this order: the committer ends, the database closes, and only then is the folder free.
    door: Door,
    reader: Reader,
    _lock: Lock,
}

impl SledStore {
    /// Opens the store in a folder, which is created if it is missing.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(folder, Options::default())
    }

    /// Opens the store in a folder with other than the usual options.
    pub fn open_with(folder: impl AsRef<Path>, options: Options) -> Result<Self, StoreError> {
        Self::open_on(folder.as_ref(), options, Seam::default())
    }

    fn open_on(folder: &Path, options: Options, seam: Seam) -> Result<Self, StoreError> {
        folder::create(folder)?;
        let lock = Lock::take(folder)?;
        folder::remove_leftovers(folder)?;
        folder::await_release(folder)?;
        let db = open_database(folder, options)?;
        let file = folder.join("db");
        let handle = second_handle(&file).map_err(|error| folder::failure("sync", &file, &error))?;
        let group = last_group(&db)?;
        let mark = Mark::open(folder, group)?;
        folder::sync(folder)?;
        let mut disk = (seam.disk)(Box::new(RealDisk::new(db.clone(), handle, mark)));
        check_layout(&db, disk.as_mut())?;

        let shown = Arc::new(Shown::new(db));
        let health = Arc::new(Health::default());
        let reader = Reader::new(Arc::clone(&shown), Arc::clone(&health));
        let size = fs::metadata(&file).map_err(|error| folder::failure("open", &file, &error))?.len();
        if size <= options.eager_verify_bytes {
            reader.verify_all()?;
        }
        let door = Committer { shown, health, disk, cell_bytes: seam.cell_bytes, group }
            .start()
            .map_err(|error| StoreError::Stopped(format!("could not start the thread that commits: {error}")))?;
        Ok(Self { door, reader, _lock: lock })
    }

    /// Names the damaged journals that are known of, each as the error that its readers get.
    pub fn damaged(&self) -> Vec<StoreError> {
        self.reader.damaged()
    }

    /// Closes the store and releases the folder; says if the store had stopped.
    pub fn close(self) -> Result<(), StoreError> {
        let health = Arc::clone(&self.reader.health);
        drop(self);
        health.check()
    }
}

impl Store for SledStore {
    fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        limits::check_batch(&batch)?;
        // Here and not in the committer, which would keep everybody else waiting.
        match &batch.journal {
            Some(append) => self.reader.ensure_verified(&append.run)?,
            None => self.reader.health.check()?,
        }
        self.door.commit(batch)
    }

    fn version(&self, run: &RunId) -> Result<u64, StoreError> {
        self.reader.version(run)
    }

    fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        self.reader.journal(run, after, limit)
    }

    fn get(&self, table: StoreTable, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.reader.get(table, key)
    }

    fn scan(
        &self,
        table: StoreTable,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.reader.scan(table, prefix, after, limit)
    }

    fn verify(&self, run: &RunId) -> Result<u64, StoreError> {
        self.reader.verify(run)
    }
}

/// Puts something between the committer and the disk.
type Wrap = dyn FnOnce(Box<dyn Disk>) -> Box<dyn Disk>;

/// What tests put in place of the real thing.
struct Seam {
    disk: Box<Wrap>,
    cell_bytes: usize,
}

impl Default for Seam {
    fn default() -> Self {
        Self { disk: Box::new(|disk| disk), cell_bytes: limits::CELL_BYTES }
    }
}

fn open_database(folder: &Path, options: Options) -> Result<sled::Db, StoreError> {
    let failed =
        |why: String| StoreError::Stopped(format!("the database in {} could not be opened: {why}", folder.display()));
    let config = sled::Config::new().path(folder).cache_capacity(options.cache_bytes).flush_every_ms(Some(500));
    // sled asserts on some damaged files, and a panic is no way to say that a file is damaged.
    match panic::catch_unwind(AssertUnwindSafe(|| config.open())) {
        Ok(opened) => opened.map_err(|error| failed(error.to_string())),
        Err(_) => Err(failed("its file is damaged beyond what sled can read".into())),
    }
}

/// Opens the second handle and makes durable what recovery has read: sled also recovers what was written and never
/// synced, and once it is shown it must stay.
fn second_handle(file: &Path) -> io::Result<File> {
    let handle = File::options().read(true).write(true).open(file)?;
    handle.sync_all()?;
    Ok(handle)
}

/// Reads the number of the last group that the database holds; 0 for a new one.
fn last_group(db: &sled::Db) -> Result<u64, StoreError> {
    let found = db.get(keys::GROUP).map_err(|error| unreadable(&error))?;
    let number = found.map(|bytes| <[u8; 8]>::try_from(bytes.as_ref()).map(u64::from_le_bytes)).transpose();
    Ok(number.map_err(|_| unreadable(&"the number of its last group is damaged"))?.unwrap_or(0))
}

fn unreadable(why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Stopped(format!("the database could not be read: {why}"))
}

/// Writes the number of the layout into a new database, and refuses one that has another.
fn check_layout(db: &sled::Db, disk: &mut dyn Disk) -> Result<(), StoreError> {
    match db.get(keys::LAYOUT).map_err(|error| unreadable(&error))?.as_deref() {
        Some(LAYOUT) => Ok(()),
        Some(other) => Err(StoreError::Stopped(format!(
            "the data folder has layout {}, and this version reads layout {}",
            other.escape_ascii(),
            LAYOUT.escape_ascii(),
        ))),
        None if db.is_empty() => {
            let mut first = sled::Batch::default();
            first.insert(keys::LAYOUT, LAYOUT);
            disk.apply(first).and_then(|()| disk.flush()).and_then(|()| disk.sync()).map_err(|error| unreadable(&error))
        }
        None => Err(StoreError::Stopped("the data folder holds a database that is not Turnabout's".into())),
    }
}
