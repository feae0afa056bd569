//! Forks of templates: what a fork keeps of its upstream, and how a merge takes its place in it.
//!
//! A fork is a folder like any template's, and beside its files it keeps in `.upstream/` the upstream as it was, whole, so
//! that a three-way merge needs no network and no history. An update is staged in `.update/` within the fork and then put in
//! place file by file ([`staged`]); a merge that a person has to finish lies in a folder beside it ([`waiting`]).

pub(crate) mod capitals;
mod error;
mod files;
mod lock;
mod proof;
mod record;
mod staged;
mod waiting;

pub(crate) use error::ForkError;
pub(crate) use files::{new_folder, relative, write_all as write_files};
pub(crate) use lock::Lock;
pub(crate) use proof::{Missed, Proof, prove};
pub(crate) use record::Record;
pub(crate) use staged::{clear, finish, is_unfinished, replace};
pub(crate) use waiting::Waiting;

use crate::failure::Failure;
use smol_str::SmolStr;
use std::path::{Path, PathBuf};
use turnabout_core::bundle::TemplateFiles;

/// A fork with its base.
pub(crate) struct Fork {
    pub(crate) path: PathBuf,
    pub(crate) record: Record,
    /// The upstream as it was.
    pub(crate) base: TemplateFiles,
    /// The fork's own files.
    pub(crate) files: TemplateFiles,
}

impl Fork {
    /// Reads a fork; one whose base is not what it was is refused.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let files = turnabout_template::read_own(path)?;
        let (record, base) = Record::read(path)?;
        Ok(Self { path: path.into(), record, base, files })
    }

    /// Reads the upstream as it is now: from where the fork says it comes from, or from elsewhere.
    pub(crate) fn upstream(&self, from: Option<&Path>) -> Result<Upstream, Failure> {
        let path = from.map_or_else(|| self.path.join(&self.record.from), Path::to_path_buf);
        let files = turnabout_template::read_folder(&path).map_err(|error| match from {
            Some(_) => Failure::from(error),
            None => ForkError::UpstreamGone { path: path.clone(), why: error.to_string() }.into(),
        })?;
        let upstream = Upstream::of(path, files);
        if upstream.name == self.record.name {
            Ok(upstream)
        } else {
            let (known, found) = (self.record.name.clone(), upstream.name);
            Err(ForkError::AnotherUpstream { path: upstream.path, known, found }.into())
        }
    }
}

/// An upstream as it is now.
pub(crate) struct Upstream {
    pub(crate) path: PathBuf,
    pub(crate) name: SmolStr,
    pub(crate) version: SmolStr,
    pub(crate) hash: SmolStr,
    pub(crate) files: TemplateFiles,
}

impl Upstream {
    pub(crate) fn of(path: PathBuf, files: TemplateFiles) -> Self {
        let manifest = files.get(turnabout_lineage::MANIFEST).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let table: toml::Table = manifest.and_then(|text| text.parse().ok()).unwrap_or_default();
        let said = |key: &str| SmolStr::new(table.get(key).and_then(toml::Value::as_str).unwrap_or_default());
        let hash = turnabout_template::content_hash(&files).0;
        Self { path, name: said("name"), version: said("version"), hash, files }
    }

    /// What a fork's manifest says of it.
    pub(crate) fn lineage(&self) -> turnabout_lineage::Lineage {
        turnabout_lineage::Lineage {
            template: self.name.clone(),
            version: self.version.clone(),
            hash: self.hash.clone(),
        }
    }

    /// What a fork in a folder keeps of it.
    pub(crate) fn record(&self, fork: &Path) -> Record {
        Record {
            from: relative(fork, &self.path),
            name: self.name.clone(),
            version: self.version.clone(),
            hash: self.hash.clone(),
            text_hash: record::text_hash(&self.files),
        }
    }
}
