//! One update of a fork at a time: a lock on the file `FORK.lock` beside the fork.
//!
//! The operating system holds the lock, so that it ends with the process whatever happens; a file that is left behind locks
//! nothing, and the next update takes it over.

use super::{error::ForkError, files::beside};
use crate::failure::Failure;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// How often a file is opened that another update removes at that moment.
const ATTEMPTS: u32 = 5;

/// The lock of a fork, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    _held: File,
}

impl Lock {
    /// Takes the lock of a fork, or says that another update has it.
    pub(crate) fn of(fork: &Path) -> Result<Self, Failure> {
        let path = beside(fork, "", ".lock");
        for _ in 0..ATTEMPTS {
            let failed = |source| Failure::File { path: path.display().to_string(), source };
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
            match file.try_lock() {
                // Some disks of a network know no locks: there it is as if nobody else were at work.
                Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                    return Err(failed(error));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(ForkError::Locked { fork: fork.into(), lock: path }.into());
                }
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            if is_still(&file, &path).map_err(failed)? {
                return Ok(Self { path, _held: file });
            }
        }
        Err(ForkError::Locked { fork: fork.into(), lock: path }.into())
    }
}

/// Tells whether the file that is locked is the one that lies there: another update may have removed it in between.
fn is_still(mut file: &File, path: &Path) -> io::Result<bool> {
    let mark = format!("an update of process {}\n", std::process::id());
    file.set_len(0)?;
    file.write_all(mark.as_bytes())?;
    match std::fs::read_to_string(path) {
        Ok(found) => Ok(found == mark),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        // A system that keeps others from reading what is locked keeps them from removing it too.
        Err(_) => Ok(true),
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // One that can't be removed locks nobody out.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fork_is_locked_once_and_a_file_left_behind_locks_nobody_out() {
        let home = std::env::temp_dir().join(format!("turnabout-lock-{}", std::process::id()));
        std::fs::create_dir_all(&home).unwrap();
        let (fork, file) = (home.join("acme"), home.join("acme.lock"));
        std::fs::write(&file, "an update of process 1\n").unwrap();
        let held = Lock::of(&fork).unwrap();
        let error = Lock::of(&fork).unwrap_err();
        assert!(error.to_string().contains("another update of"), "{error}");
        assert!(error.hint().unwrap().contains("acme.lock"), "{:?}", error.hint());
        drop(held);
        assert!(!file.exists(), "it is gone with the update");
        drop(Lock::of(&fork).unwrap());
        std::fs::remove_dir_all(home).unwrap();
    }
}
