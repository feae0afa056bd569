//! The four things that the committer asks of the disk, as a seam at which tests make them fail.

use super::mark::Mark;
use std::{fs::File, io};

/// What a commit does, in this order. An error of any of them stops the store.
pub(super) trait Disk: Send {
    /// Gives a group's changes to the database, whole.
    fn apply(&mut self, changes: sled::Batch) -> io::Result<()>;

    /// Has the database write what it holds back to its file.
    fn flush(&mut self) -> io::Result<()>;

    /// Makes what was written survive a power cut.
    fn sync(&mut self) -> io::Result<()>;

    /// Notes, outside the database, that the group of this number is durable.
    fn note(&mut self, group: u64) -> io::Result<()>;
}

/// sled, a second handle on its file, and the mark beside it.
#[derive(Debug)]
pub(super) struct RealDisk {
    db: sled::Db,
    file: File,
    mark: Mark,
}

impl RealDisk {
    /// Puts them together.
    pub(super) fn new(db: sled::Db, file: File, mark: Mark) -> Self {
        Self { db, file, mark }
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

    fn note(&mut self, group: u64) -> io::Result<()> {
        self.mark.write(group)
    }
}
