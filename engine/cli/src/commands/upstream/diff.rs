//! `turnabout upstream diff FORK`: what the upstream changed, what the fork changed, and where they meet.

use super::{named, shown};
use crate::{
    failure::Failure,
    fork::{Fork, ForkError, Waiting, is_unfinished},
    output,
};
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};
use turnabout_lineage::{Change, Conflict, Tree, Trees, aligned, changes, merge, patch};

/// Shows what the upstream has changed since, what the fork has changed, and what would conflict
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The fork's folder
    fork: PathBuf,
    /// Where the upstream is, if not where it was
    #[arg(long, value_name = "TEMPLATE")]
    from: Option<PathBuf>,
    /// Show the lines as well, in the form of `diff -u`
    #[arg(long)]
    patch: bool,
    /// Print it as JSON
    #[arg(long, conflicts_with = "patch")]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    template: &'a str,
    version: &'a str,
    upstream_version: &'a str,
    up_to_date: bool,
    upstream_changes: &'a [Change],
    fork_changes: &'a [Change],
    conflicts: &'a [Conflict],
    /// Where an earlier merge waits for a person, if one does.
    merge: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let path = named(&args.fork)?;
    if is_unfinished(&path) {
        return Err(ForkError::Interrupted(path).into());
    }
    let fork = Fork::read(&path)?;
    let upstream = fork.upstream(args.from.as_deref())?;
    // A fork's own name and lineage are no changes worth a line.
    let base = aligned(&fork.base, &fork.base, &fork.files);
    let theirs = changes(&fork.base, &upstream.files);
    let ours = changes(&base, &fork.files);
    let merged = merge(Trees { base: &fork.base, ours: &fork.files, theirs: &upstream.files });
    if args.json {
        output::json(&Answer {
            template: &upstream.name,
            version: &fork.record.version,
            upstream_version: &upstream.version,
            up_to_date: upstream.hash == fork.record.hash,
            upstream_changes: &theirs,
            fork_changes: &ours,
            conflicts: &merged.conflicts,
            merge: Waiting::is_there(&path).then(|| Waiting::place(&path).display().to_string()),
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let versions = if fork.record.version != upstream.version {
        format!("{}, now {}", fork.record.version, upstream.version)
    } else if theirs.is_empty() {
        fork.record.version.to_string()
    } else {
        format!("{}, which has changed since and still calls itself so", fork.record.version)
    };
    say!("{}: a fork of {} {versions}", path.display(), upstream.name);
    shown::changes("Upstream changed", &theirs);
    patches(args, &theirs, &fork.base, &upstream.files);
    shown::changes("You changed", &ours);
    patches(args, &ours, &base, &fork.files);
    shown::conflicts("Conflicts", &merged.conflicts);
    if Waiting::is_there(&path) {
        let merge = Waiting::place(&path);
        say!(
            "\nA merge waits in {}. Go on with: turnabout upstream update {} --continue",
            merge.display(),
            path.display()
        );
    } else if theirs.is_empty() {
        say!("\nNothing has changed upstream.");
    } else if merged.conflicts.is_empty() {
        say!("\nNothing conflicts. Take it with: turnabout upstream update {}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn patches(args: &Args, changes: &[Change], before: &Tree, after: &Tree) {
    if args.patch {
        for change in changes {
            say!("\n{}", output::plain(patch(change, before, after).trim_end()));
        }
    }
}
