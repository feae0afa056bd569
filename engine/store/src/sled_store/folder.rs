//! The data folder: its lock, and what has to be tidied before sled may open it.

use crate::limits;
use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
};
use turnabout_core::ports::StoreError;

const LOCK: &str = "turnabout.lock";

/// The exclusive lock on a data folder, held until it is dropped.
///
/// sled locks its file too, but only after it has begun to read, and its message names nobody.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock and writes this process's id into it, or says who has it.
    ///
    /// A lock of this very process is waited for: while a process starts another, the child has a copy of every lock until it
    /// has begun, of those too that have been let go meanwhile.
    pub(super) fn take(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(LOCK);
        let failed = |error: io::Error| failure("lock", &path, &error);
        // Not truncated: until the lock is ours, the file says who has it. It is never deleted either, since somebody
        // could be waiting for the old one while a third locks the new.
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        for looks_left in (0..limits::RELEASE_LOOKS).rev() {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    let holder = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse::<u32>().ok());
                    if holder == Some(std::process::id()) && looks_left > 0 {
                        thread::sleep(limits::RELEASE_PAUSE);
                        continue;
                    }
                    let holder = holder.map_or_else(String::new, |id| format!(" (process {id})"));
                    return Err(StoreError::Locked { folder: folder.display().to_string(), holder });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(failed)?;
        Ok(Self { _file: file })
    }
}

/// Creates the folder if it is missing, for its owner alone, in a way that survives a power cut.
pub(super) fn create(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failure("create", folder, &error))?;
    let absolute = fs::canonicalize(folder).map_err(|error| failure("open", folder, &error))?;
    absolute.parent().map_or(Ok(()), sync)
}

/// Deletes what a kill left of a snapshot that was being written: with it there, sled would never open again.
pub(super) fn remove_leftovers(folder: &Path) -> Result<(), StoreError> {
    let failed = |error: io::Error| failure("tidy", folder, &error);
    for file in fs::read_dir(folder).map_err(failed)? {
        let path: PathBuf = file.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(&path).map_err(|error| failure("delete", &path, &error))?;
        }
    }
    Ok(())
}

/// Waits until sled has let go of the database.
///
/// A thread of sled's pool can hold a closed database for a moment longer (0.4 ms at most in 800 closings, in 3 of them).
/// The folder's own lock is ours already, so nobody else is expected to have the file.
pub(super) fn await_release(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join("db");
    if !path.exists() {
        return Ok(());
    }
    let failed = |error: io::Error| failure("lock", &path, &error);
    let file = File::options().read(true).write(true).open(&path).map_err(failed)?;
    for _ in 0..limits::RELEASE_LOOKS {
        match file.try_lock() {
            // Closing the handle frees it again for sled.
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::sleep(limits::RELEASE_PAUSE),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
    Err(StoreError::Locked { folder: folder.display().to_string(), holder: String::new() })
}

/// Makes the names in a folder durable.
pub(super) fn sync(folder: &Path) -> Result<(), StoreError> {
    // Windows has no such operation, and keeps names in a journal of its own.
    if cfg!(unix) {
        File::open(folder).and_then(|file| file.sync_all()).map_err(|error| failure("sync", folder, &error))?;
    }
    Ok(())
}

/// An error of the file system, in words.
pub(super) fn failure(verb: &str, path: &Path, error: &io::Error) -> StoreError {
    StoreError::Stopped(format!("could not {verb} {}: {error}", path.display()))
}
