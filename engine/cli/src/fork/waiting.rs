//! A merge that waits for a person: `FORK.merge` beside the fork, a template's folder with what was merged.
//!
//! The fork is as it was. In the folder are the merged files, with conflict markers where there are conflicts; in its
//! `.upstream/` the base that the fork is to have; in `.merge/` what the fork was, so that no later change of it is lost.

use super::{
    Fork, Upstream,
    error::ForkError,
    files::{beside, failed, new_folder, write},
    record::Record,
};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use turnabout_core::bundle::TemplateFiles;
use turnabout_lineage::{Conflict, left_markers};

const FOLDER: &str = ".merge";

/// What a merge must know when it goes on.
#[derive(Debug, Serialize, Deserialize)]
struct State {
    /// Files of the upstream's that lie beside the fork's, or beside where it has none: each is to get that name or to go.
    beside: Vec<SmolStr>,
    /// The fork's files when the merge began, each with a hash.
    fork: BTreeMap<SmolStr, SmolStr>,
}

/// A merge that waits.
pub(crate) struct Waiting {
    pub(crate) path: PathBuf,
    pub(crate) record: Record,
    pub(crate) upstream: TemplateFiles,
    pub(crate) files: TemplateFiles,
    state: State,
}

fn hashes(files: &TemplateFiles) -> BTreeMap<SmolStr, SmolStr> {
    let hash = |path: &SmolStr, bytes: &Vec<u8>| {
        turnabout_template::content_hash(&TemplateFiles::from([(path.clone(), bytes.clone())])).0
    };
    files.iter().map(|(path, bytes)| (path.clone(), hash(path, bytes))).collect()
}

impl Waiting {
    /// Where the merge of a fork waits.
    pub(crate) fn place(fork: &Path) -> PathBuf {
        beside(fork, "", ".merge")
    }

    /// Whether something is there.
    pub(crate) fn is_there(fork: &Path) -> bool {
        Self::place(fork).symlink_metadata().is_ok()
    }

    /// Writes what was merged, for a person to finish.
    pub(crate) fn write(
        fork: &Fork,
        upstream: &Upstream,
        merged: &TemplateFiles,
        conflicts: &[Conflict],
    ) -> Result<PathBuf, Failure> {
        let place = Self::place(&fork.path);
        let aside = |conflict: &Conflict| conflict.kind.beside().cloned();
        let state = State { beside: conflicts.iter().filter_map(aside).collect(), fork: hashes(&fork.files) };
        let text = toml::to_string(&state).map_err(|error| Failure::Internal(error.to_string()))?;
        new_folder(&place, |folder| {
            upstream.record(&fork.path).write_fork(folder, merged, &upstream.files)?;
            write(&folder.join(FOLDER).join("merge.toml"), text.as_bytes())
        })?;
        Ok(place)
    }

    /// Reads the merge that waits for a fork.
    pub(crate) fn read(fork: &Path) -> Result<Self, Failure> {
        let path = Self::place(fork);
        if path.symlink_metadata().is_err() {
            return Err(ForkError::NothingWaits { fork: fork.into(), merge: path }.into());
        }
        let state = fs::read_to_string(path.join(FOLDER).join("merge.toml"))
            .ok()
            .and_then(|text| toml::from_str::<State>(&text).ok())
            .ok_or_else(|| ForkError::InTheWay { merge: path.clone() })?;
        let (record, upstream) = Record::read(&path)?;
        let files = turnabout_template::read_own(&path)?;
        Ok(Self { path, record, upstream, files, state })
    }

    /// Tells whether the fork has taken this merge already: only the folder was left when something interrupted.
    pub(crate) fn is_taken(&self, fork: &Fork) -> bool {
        self.record == fork.record && self.files == fork.files
    }

    /// Refuses a merge that is not resolved, or whose fork went on meanwhile.
    pub(crate) fn is_resolved(&self, fork: &Fork) -> Result<(), Failure> {
        let now = hashes(&fork.files);
        let all: BTreeSet<&SmolStr> = now.keys().chain(self.state.fork.keys()).collect();
        let changed: Vec<String> = all
            .into_iter()
            .filter(|path| now.get(*path) != self.state.fork.get(*path))
            .map(ToString::to_string)
            .collect();
        if !changed.is_empty() {
            let (fork, merge) = (fork.path.clone(), self.path.clone());
            return Err(ForkError::ChangedSince { paths: changed, fork, merge }.into());
        }
        let markers = left_markers(&self.files, &[&fork.base, &fork.files, &self.upstream]);
        let mut what: Vec<String> =
            markers.into_iter().map(|(path, line)| format!("{path} has a conflict marker on line {line}")).collect();
        let both = self.state.beside.iter().filter(|path| self.files.contains_key(*path));
        what.extend(both.map(|path| format!("{path} is still there: give it the other's name, or delete it")));
        if what.is_empty() { Ok(()) } else { Err(ForkError::Unresolved { what, merge: self.path.clone() }.into()) }
    }

    /// Removes the folder, but for what is no part of the merge.
    pub(crate) fn remove(self) -> Result<(), Failure> {
        for path in self.files.keys() {
            let file = self.path.join(path.as_str());
            fs::remove_file(&file).map_err(failed(&file))?;
            for folder in file.ancestors().skip(1).take_while(|folder| *folder != self.path) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        for folder in [FOLDER, super::record::FOLDER].map(|name| self.path.join(name)) {
            fs::remove_dir_all(&folder).map_err(failed(&folder))?;
        }
        // One in which something else lies stays.
        let _ = fs::remove_dir(&self.path);
        Ok(())
    }
}
