//! What a fork keeps of its upstream: `.upstream/upstream.toml`, and its files in `.upstream/files/`.

use super::{error::ForkError, files};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::{fs, path::Path};
use turnabout_core::bundle::TemplateFiles;

/// The folder, which readers of templates skip as they skip all that is hidden.
pub(super) const FOLDER: &str = ".upstream";

const ABOVE: &str = "# What this fork comes from, and below files/ the upstream as it was. An update merges against it: keep both under\n\
                     # version control, and leave them to `turnabout upstream update`.\n";

/// Where a fork comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The upstream's folder, from the fork's.
    pub(crate) from: String,
    /// Its name.
    pub(crate) name: SmolStr,
    /// Its version as it was.
    pub(crate) version: SmolStr,
    /// Its content hash as it was.
    pub(crate) hash: SmolStr,
    /// The content hash of its files with plain line ends: version control may change those.
    pub(crate) text_hash: SmolStr,
}

/// The content hash of files with plain line ends.
pub(super) fn text_hash(files: &TemplateFiles) -> SmolStr {
    let plain = |bytes: &Vec<u8>| match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text.replace("\r\n", "\n").into_bytes(),
        _ => bytes.clone(),
    };
    let files = files.iter().map(|(path, bytes)| (path.clone(), plain(bytes))).collect();
    turnabout_template::content_hash(&files).0
}

impl Record {
    /// Reads it with the upstream as it was, or says what is damaged.
    pub(super) fn read(fork: &Path) -> Result<(Self, TemplateFiles), Failure> {
        let folder = fork.join(FOLDER);
        let damaged = |why: String| ForkError::Damaged { path: fork.into(), why };
        if folder.symlink_metadata().is_err() {
            return Err(ForkError::NotAFork(fork.into()).into());
        }
        let text = fs::read_to_string(folder.join("upstream.toml"))
            .map_err(|error| damaged(format!("upstream.toml: {error}")))?;
        let record: Self =
            toml::from_str(&text).map_err(|error| damaged(format!("upstream.toml: {}", error.message())))?;
        let files = turnabout_template::read_own(&folder.join("files")).map_err(|error| damaged(error.to_string()))?;
        if text_hash(&files) != record.text_hash {
            return Err(damaged("its files are not those that were kept".into()).into());
        }
        Ok((record, files))
    }

    /// Writes it with the upstream as it is, into a folder that is to be `.upstream`.
    pub(super) fn write_as(&self, folder: &Path, upstream: &TemplateFiles) -> Result<(), Failure> {
        files::write_all(&folder.join("files"), upstream)?;
        let text = toml::to_string(self).map_err(|error| Failure::Internal(error.to_string()))?;
        files::write(&folder.join("upstream.toml"), format!("{ABOVE}{text}").as_bytes())
    }

    /// Writes a fork that is not there yet.
    pub(crate) fn write_fork(
        &self,
        folder: &Path,
        files: &TemplateFiles,
        upstream: &TemplateFiles,
    ) -> Result<(), Failure> {
        files::write_all(folder, files)?;
        self.write_as(&folder.join(FOLDER), upstream)
    }
}
