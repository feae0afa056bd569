//! Compiled components on disk, so that the next command need not compile them again.
//!
//! The library's own cache does it: an entry is found by the SHA-256 of the component's bytes, the compiler's version and every
//! setting of the engine, so that nothing is ever run that was compiled for another component, engine or processor.
//!
//! **Why it may be trusted.** Compiled code is machine code: who can write an entry can run what they like in this process. So
//! the folder is made for its owner alone, and is used only if it belongs to whoever runs the process and nobody else may
//! write into it. Who can write there can replace the program itself as well. What a template or a client brings never
//! comes here but through the compiler: compiled code of others is not accepted in any form.

use std::fs;
use std::path::{Path, PathBuf};
use wasmtime::{Cache, CacheConfig};

/// The folder inside the given one. It is the cache's alone: what it does not know there, it clears away.
const OWN: &str = "components";

/// What is kept, in bytes, before the entries that were not used for longest go. A Python component takes some 20 MB.
const KEPT_BYTES: u64 = 512 << 20;

/// How many files are kept: two an entry.
const KEPT_FILES: u64 = 1_000;

/// A folder with compiled components.
#[derive(Debug, Clone)]
pub struct CodeCache(Cache);

/// Why a folder is not used for compiled components. Nothing else fails for it: they are compiled anew.
#[derive(Debug, thiserror::Error)]
pub enum CodeCacheError {
    /// It can't be made or written.
    #[error("{folder} can't be written: {source}")]
    Unwritable {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It belongs to another user, or others may write into it.
    #[error("{0} belongs to another user, or others may write into it, and what lies there would be run")]
    Foreign(PathBuf),
    /// The cache did not start.
    #[error("{0}")]
    Refused(String),
}

impl CodeCache {
    /// Keeps compiled components in this folder, which is made if it is not there.
    pub fn open(folder: &Path) -> Result<Self, CodeCacheError> {
        let named = folder;
        let unwritable = |source| CodeCacheError::Unwritable { folder: named.into(), source };
        let folder = std::path::absolute(folder).map_err(unwritable)?.join(OWN);
        make(&folder).map_err(unwritable)?;
        if !is_ours(&folder).map_err(unwritable)? {
            return Err(CodeCacheError::Foreign(folder));
        }
        let mut config = CacheConfig::new();
        config
            // A folder below: wasmtime clears away what it does not know, the probe among it.
            .with_directory(folder.join("code"))
            .with_files_total_size_soft_limit(KEPT_BYTES)
            .with_file_count_soft_limit(KEPT_FILES);
        Cache::new(config).map(Self).map_err(|error| CodeCacheError::Refused(format!("{error:#}")))
    }

    /// How many components were found in it so far, and not compiled.
    pub fn found(&self) -> usize {
        self.0.cache_hits()
    }

    pub(crate) fn inner(&self) -> Cache {
        self.0.clone()
    }
}

#[cfg(unix)]
fn make(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Whether a folder can be written, is whose process this is, and is written by nobody else. Who that is a new file tells.
fn is_ours(folder: &Path) -> std::io::Result<bool> {
    let probe = folder.join(format!("probe-{}-{:?}", std::process::id(), std::thread::current().id()));
    let file = fs::OpenOptions::new().write(true).create(true).truncate(true).open(&probe)?;
    let ours = owned_alike(&file.metadata()?, &fs::metadata(folder)?);
    drop(file);
    fs::remove_file(&probe)?;
    Ok(ours)
}

#[cfg(unix)]
fn owned_alike(file: &fs::Metadata, folder: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    const OTHERS_WRITE: u32 = 0o022;
    file.uid() == folder.uid() && folder.mode() & OTHERS_WRITE == 0
}

/// Elsewhere the user's own folders are closed to others by the system.
#[cfg(not(unix))]
fn owned_alike(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}
