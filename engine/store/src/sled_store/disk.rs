//! The three things that the committer asks of the disk, as a seam at which tests make them fail.

use std::{fs::File, io, path::Path};

/// What a commit does, in this order. An error of any of them stops the store.
pub(super) trait Disk: Send {
    /// Gives a group's changes to the database, whole.
    fn apply(&mut self, changes: sled::Batch) -> io::Result<()>;

    /// Has the database write what it holds back to its file.
    fn flush(&mut self) -> io::Result<()>;

    /// Makes what was written survive a power cut.
    fn sync(&mut self) -> io::Result<()>;
}

/// sled, and a second handle on its file.
#[derive(Debug)]
pub(super) struct RealDisk {
    db: sled::Db,
    file: File,
}

impl RealDisk {
    /// Opens the second handle and makes durable what recovery has read: sled also recovers what was written and never
    /// synced, and once it is shown it must stay.
    pub(super) fn open(db: sled::Db, folder: &Path) -> io::Result<Self> {
        let file = File::options().read(true).write(true).open(folder.join("db"))?;
        file.sync_all()?;
        Ok(Self { db, file })
    }
}

impl Disk for RealDisk {
    fn apply(&mut self, changes: sled::Batch) -> io::Result<()> {
        Ok(self.db.apply_batch(changes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        // On Linux this ends in sync_file_range, which is no durability barrier; hence `sync`.
        Ok(self.db.flush().map(drop)?)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }
}
