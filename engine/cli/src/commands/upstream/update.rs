//! `turnabout upstream update FORK`: a newer upstream is merged, proved, and only then in the fork.

use super::{named, shown};
use crate::{
    failure::Failure,
    fork::{
        Fork, ForkError, Lock, Missed, Proof, Upstream, Waiting, capitals, clear, finish, is_unfinished, prove, replace,
    },
    house::House,
    output,
};
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use turnabout_core::bundle::TemplateFiles;
use turnabout_lineage::{Change, Conflict, MANIFEST, Trees, changes, merge, with_lineage};
use turnabout_model::Diagnostic;

/// Merges what has changed upstream into a fork, without losing what the fork has changed
///
/// What was merged is checked, and its rehearsals run; only if both go well does it take the fork's place. Where both sides
/// changed the same lines, or what was merged is not sound, the fork stays as it is and the merge waits in FORK.merge:
/// resolve it there, and run the command again with --continue.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The fork's folder
    fork: PathBuf,
    /// Where the upstream is, if not where it was; the fork remembers it
    #[arg(long, value_name = "TEMPLATE")]
    from: Option<PathBuf>,
    /// Change nothing, and fail if there is an update to take: for CI
    #[arg(long)]
    check: bool,
    /// Go on with a merge that was resolved in FORK.merge
    #[arg(long = "continue", conflicts_with_all = ["check", "from"])]
    go_on: bool,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
}

/// What an update came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    UpToDate,
    Updated,
    Pending,
    Conflicts,
    NotSound,
    /// An earlier merge waits for a person.
    Waiting,
}

#[derive(Serialize)]
struct Answer<'a> {
    status: Status,
    template: &'a str,
    version: &'a str,
    upstream_version: &'a str,
    /// What the update does, or would do, to the fork.
    changes: &'a [Change],
    conflicts: &'a [Conflict],
    /// Where the merge waits for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    merge: Option<String>,
    rehearsals: usize,
    missed: &'a [Missed],
    diagnostics: &'a [Diagnostic],
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let path = named(&args.fork)?;
    // Who only looks writes nothing, a lock neither.
    let _alone = if args.check || !path.is_dir() { None } else { Some(Lock::of(&path)?) };
    if is_unfinished(&path) {
        if args.check {
            return Err(ForkError::Interrupted(path).into());
        }
        finish(&path)?;
        eprintln!("note: an update that was interrupted is now in place");
    } else if !args.check {
        clear(&path)?;
    }
    let fork = Fork::read(&path)?;
    if args.go_on {
        return go_on(args, &fork);
    }
    if Waiting::is_there(&path) {
        let version = Waiting::read(&path).map_or_else(|_| fork.record.version.clone(), |merge| merge.record.version);
        let outcome = Outcome { upstream: (&version, &fork), files: &fork.files, conflicts: &[] };
        return outcome.tell(args, Status::Waiting, &Proof::default(), Some(Waiting::place(&path)));
    }
    let upstream = fork.upstream(args.from.as_deref())?;
    if upstream.hash == fork.record.hash {
        let outcome = Outcome { upstream: (&upstream.version, &fork), files: &fork.files, conflicts: &[] };
        return outcome.tell(args, Status::UpToDate, &Proof::default(), None);
    }
    let mut merged = merge(Trees { base: &fork.base, ours: &fork.files, theirs: &upstream.files });
    if let Some(manifest) = merged.files.get_mut(MANIFEST) {
        *manifest = with_lineage(&String::from_utf8_lossy(manifest), &upstream.lineage()).into_bytes();
    }
    capitals::check(&fork.path, &fork.files, &merged.files)?;
    let outcome = Outcome { upstream: (&upstream.version, &fork), files: &merged.files, conflicts: &merged.conflicts };
    if !merged.conflicts.is_empty() {
        let place = if args.check { None } else { Some(wait(&fork, &upstream, &outcome)?) };
        return outcome.tell(args, Status::Conflicts, &Proof::default(), place);
    }
    let proof = proof_of(&fork.path, &merged.files)?;
    match (proof.holds(), args.check) {
        (false, check) => {
            let place = if check { None } else { Some(wait(&fork, &upstream, &outcome)?) };
            outcome.tell(args, Status::NotSound, &proof, place)
        }
        (true, true) => outcome.tell(args, Status::Pending, &proof, None),
        (true, false) => {
            replace(&fork.path, &fork.files, &merged.files, (&upstream.record(&fork.path), &upstream.files))?;
            outcome.tell(args, Status::Updated, &proof, None)
        }
    }
}

fn wait(fork: &Fork, upstream: &Upstream, outcome: &Outcome<'_>) -> Result<PathBuf, Failure> {
    Waiting::write(fork, upstream, outcome.files, outcome.conflicts)
}

/// Checks and rehearses what is to be a fork, with the modules that lie beside it.
fn proof_of(fork: &Path, files: &TemplateFiles) -> Result<Proof, Failure> {
    prove(&House::new()?, &turnabout_template::with_shared(fork, files.clone())?)
}

fn go_on(args: &Args, fork: &Fork) -> Result<ExitCode, Failure> {
    let waiting = Waiting::read(&fork.path)?;
    if waiting.is_taken(fork) {
        waiting.remove()?;
        let outcome = Outcome { upstream: (&fork.record.version, fork), files: &fork.files, conflicts: &[] };
        return outcome.tell(args, Status::UpToDate, &Proof::default(), None);
    }
    waiting.is_resolved(fork)?;
    capitals::check(&fork.path, &fork.files, &waiting.files)?;
    let proof = proof_of(&fork.path, &waiting.files)?;
    let version = waiting.record.version.clone();
    let files = waiting.files.clone();
    let outcome = Outcome { upstream: (&version, fork), files: &files, conflicts: &[] };
    if !proof.holds() {
        return outcome.tell(args, Status::NotSound, &proof, Some(waiting.path));
    }
    replace(&fork.path, &fork.files, &waiting.files, (&waiting.record, &waiting.upstream))?;
    waiting.remove()?;
    outcome.tell(args, Status::Updated, &proof, None)
}

/// What there is to tell of an update.
struct Outcome<'o> {
    /// The upstream's version, and the fork as it was.
    upstream: (&'o str, &'o Fork),
    files: &'o TemplateFiles,
    conflicts: &'o [Conflict],
}

impl Outcome<'_> {
    fn tell(&self, args: &Args, status: Status, proof: &Proof, merge: Option<PathBuf>) -> Result<ExitCode, Failure> {
        let (version, fork) = self.upstream;
        let changes = changes(&fork.files, self.files);
        if args.json {
            output::json(&Answer {
                status,
                template: &fork.record.name,
                version: &fork.record.version,
                upstream_version: version,
                changes: &changes,
                conflicts: self.conflicts,
                merge: merge.map(|merge| merge.display().to_string()),
                rehearsals: proof.rehearsals,
                missed: &proof.missed,
                diagnostics: &proof.diagnostics,
            })?;
            let well = matches!(status, Status::UpToDate | Status::Updated);
            return Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        let path = fork.path.clone();
        if status == Status::UpToDate {
            say!("{}: nothing has changed in {} {version}", path.display(), fork.record.name);
            return Ok(ExitCode::SUCCESS);
        }
        shown::changes(
            if status == Status::Updated { "Changed in the fork" } else { "Would change in the fork" },
            &changes,
        );
        shown::conflicts("Conflicts", self.conflicts);
        let failed = match (status, merge) {
            (Status::Conflicts, Some(merge)) => {
                let beside = self.conflicts.iter().filter(|conflict| conflict.kind.beside().is_some()).count();
                ForkError::Conflicts { conflicts: self.conflicts.len(), beside, fork: path, merge }
            }
            (Status::Conflicts, None) => ForkError::PendingConflicts { fork: path, conflicts: self.conflicts.len() },
            (Status::NotSound, merge) => {
                proof.print(&turnabout_template::with_shared(&path, self.files.clone())?);
                match merge {
                    Some(merge) => ForkError::Unsound { fork: path, merge },
                    None => ForkError::PendingUnsound { fork: path },
                }
            }
            (Status::Waiting, merge) => {
                let merge = merge.unwrap_or_else(|| Waiting::place(&path));
                ForkError::Waiting { fork: path, merge }
            }
            (Status::Pending, _) => ForkError::Pending {
                fork: path,
                name: fork.record.name.clone(),
                old: fork.record.version.clone(),
                new: version.into(),
            },
            (Status::UpToDate | Status::Updated, _) => {
                say!(
                    "\n{}: up to date with {} {version}; it is sound, and {} of {} met what they expect",
                    path.display(),
                    fork.record.name,
                    proof.rehearsals,
                    crate::failure::count(proof.rehearsals, "rehearsal"),
                );
                return Ok(ExitCode::SUCCESS);
            }
        };
        Err(failed.into())
    }
}
