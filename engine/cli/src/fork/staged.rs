//! A merge takes its place in a fork, so that an interruption loses nothing.
//!
//! First everything is written to `.update/` within the fork: in `old/` the files that go, in `new/` those that come, in
//! `upstream/` the new base, and last, in one rename, `plan.toml`. Until then the fork is untouched; from then on the update
//! only goes forward: whoever runs the command again finishes it. A file of the fork that is neither what it was nor what it
//! is to be stops it, and no file that is no part of the plan is touched. The fork stays where it is, with its `.git` and
//! whatever else lies in it.

use super::{
    error::ForkError,
    files::{beside, failed, settle, write},
    record::{FOLDER, Record},
};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use turnabout_core::bundle::TemplateFiles;

const STAGED: &str = ".update";
const PLAN: &str = "plan.toml";

/// Which files of a fork an update touches.
#[derive(Debug, Serialize, Deserialize)]
struct Plan {
    delete: Vec<SmolStr>,
    write: Vec<SmolStr>,
}

/// Tells whether an update was interrupted while it was put in place.
pub(crate) fn is_unfinished(fork: &Path) -> bool {
    fork.join(STAGED).join(PLAN).is_file()
}

/// Removes what an update left that was interrupted before it had a plan, or after it was in place: copies that nobody needs.
pub(crate) fn clear(fork: &Path) -> Result<(), Failure> {
    let staged = fork.join(STAGED);
    if is_unfinished(fork) || staged.symlink_metadata().is_err() {
        return Ok(());
    }
    fs::remove_dir_all(&staged).map_err(failed(&staged))
}

/// Puts merged files in the place of a fork's, and the upstream that they came from in that of its base.
pub(crate) fn replace(
    fork: &Path,
    current: &TemplateFiles,
    merged: &TemplateFiles,
    upstream: (&Record, &TemplateFiles),
) -> Result<(), Failure> {
    stage(fork, current, merged, upstream)?;
    finish(fork)
}

fn stage(
    fork: &Path,
    current: &TemplateFiles,
    merged: &TemplateFiles,
    (record, upstream): (&Record, &TemplateFiles),
) -> Result<(), Failure> {
    if is_unfinished(fork) {
        return Err(ForkError::Interrupted(fork.into()).into());
    }
    clear(fork)?;
    let staged = fork.join(STAGED);
    let plan = Plan {
        delete: current.keys().filter(|path| !merged.contains_key(*path)).cloned().collect(),
        write: merged
            .iter()
            .filter(|(path, new)| current.get(*path) != Some(new))
            .map(|(path, _)| path.clone())
            .collect(),
    };
    for path in plan.delete.iter().chain(&plan.write) {
        if let Some(old) = current.get(path) {
            write(&staged.join("old").join(path.as_str()), old)?;
        }
    }
    for path in &plan.write {
        write(&staged.join("new").join(path.as_str()), &merged[path])?;
    }
    record.write_as(&staged.join("upstream"), upstream)?;
    let text = toml::to_string(&plan).map_err(|error| Failure::Internal(error.to_string()))?;
    let part = staged.join("plan.part");
    write(&part, text.as_bytes())?;
    fs::rename(&part, staged.join(PLAN)).map_err(failed(&part))?;
    settle(&staged)?;
    settle(fork)
}

/// Finishes an update that has a plan.
pub(crate) fn finish(fork: &Path) -> Result<(), Failure> {
    let staged = fork.join(STAGED);
    let at = staged.join(PLAN);
    let text = fs::read_to_string(&at).map_err(failed(&at))?;
    let plan: Plan = toml::from_str(&text).map_err(|error| Failure::Internal(format!("{}: {error}", at.display())))?;
    // The plan may have come with a clone of somebody's: it may name files of this fork alone.
    let outside = plan.delete.iter().chain(&plan.write).find(|path| !is_within(path));
    if let Some(path) = outside {
        return Err(ForkError::StrangePlan { plan: at, path: path.to_string() }.into());
    }
    if let Some(link) = link_in(&staged)? {
        return Err(ForkError::StrangePlan { plan: at, path: link.display().to_string() }.into());
    }
    let steps = steps(fork, &plan)?;
    steps.iter().try_for_each(|step| step.take(fork))
}

/// Tells whether a path of a plan names a file of the fork: no way out of it, and nothing hidden, such as a hook of `.git`.
fn is_within(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
    path.split('/').all(plain)
}

/// The first link in a folder, however deep: nothing of what an update stages is one.
fn link_in(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let kind = fs::symlink_metadata(&folder).map_err(failed(&folder))?;
        if kind.is_symlink() {
            return Ok(Some(folder));
        }
        if kind.is_dir() {
            for entry in fs::read_dir(&folder).map_err(failed(&folder))? {
                folders.push(entry.map_err(failed(&folder))?.path());
            }
        }
    }
    Ok(None)
}

/// One step of putting an update in place; to take it again does no harm.
#[derive(Debug)]
enum Step {
    Delete(PathBuf),
    Write { from: PathBuf, to: PathBuf },
    Base,
    Done,
}

/// All steps, once every file is found to be what it was or what it is to be.
fn steps(fork: &Path, plan: &Plan) -> Result<Vec<Step>, Failure> {
    let staged = fork.join(STAGED);
    let (old, new) = (staged.join("old"), staged.join("new"));
    for path in plan.delete.iter().chain(&plan.write) {
        let file = fork.join(path.as_str());
        let is = content(&file)?;
        let expected = [content(&old.join(path.as_str()))?, content(&new.join(path.as_str()))?];
        if !expected.contains(&is) {
            return Err(ForkError::Changing { file, staged }.into());
        }
    }
    let gone = plan.delete.iter().map(|path| Step::Delete(fork.join(path.as_str())));
    let come =
        plan.write.iter().map(|path| Step::Write { from: new.join(path.as_str()), to: fork.join(path.as_str()) });
    // Deletions first: a folder may become a file.
    Ok(gone.chain(come).chain([Step::Base, Step::Done]).collect())
}

/// A file's content, or none where there is no file.
fn content(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        // Where a file is to be there may still be a folder whose files go first.
        Err(_) if path.is_dir() => Ok(None),
        Err(error) => Err(failed(path)(error)),
    }
}

impl Step {
    fn take(&self, fork: &Path) -> Result<(), Failure> {
        let staged = fork.join(STAGED);
        match self {
            Self::Delete(path) => {
                remove(path)?;
                leave(path, fork);
                Ok(())
            }
            Self::Write { from, to } => {
                let part = beside(to, ".", ".part");
                write(&part, &fs::read(from).map_err(failed(from))?)?;
                if let Ok(metadata) = fs::metadata(to) {
                    fs::set_permissions(&part, metadata.permissions()).map_err(failed(&part))?;
                }
                fs::rename(&part, to).map_err(failed(to))?;
                to.parent().map_or(Ok(()), settle)
            }
            Self::Base => {
                let (new, before, base) = (staged.join("upstream"), staged.join("upstream-before"), fork.join(FOLDER));
                if new.is_dir() {
                    if base.is_dir() {
                        fs::rename(&base, &before).map_err(failed(&base))?;
                    }
                    fs::rename(&new, &base).map_err(failed(&base))?;
                    settle(fork)?;
                }
                Ok(())
            }
            Self::Done => {
                // Without its plan the rest is what nobody needs.
                remove(&staged.join(PLAN))?;
                settle(&staged)?;
                fs::remove_dir_all(&staged).map_err(failed(&staged))
            }
        }
    }
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
        done => done.map_err(failed(path)),
    }
}

/// Removes the folders that a file leaves empty.
fn leave(path: &Path, fork: &Path) {
    let within = path.ancestors().skip(1).take_while(|folder| *folder != fork);
    for folder in within {
        // One that is not empty stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests;
