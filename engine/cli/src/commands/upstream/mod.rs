//! `turnabout upstream ...`: what a fork's upstream has changed, and how the fork takes it.

mod diff;
mod shown;
mod update;

use crate::failure::Failure;
use clap::Subcommand;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Shows and takes what the upstream of a fork has changed
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Diff(diff::Args),
    Update(update::Args),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Diff(args) => diff::run(args),
        Command::Update(args) => update::run(args),
    }
}

/// A fork's folder with a name, which `.` has not: what is merged waits beside it.
fn named(path: &Path) -> Result<PathBuf, Failure> {
    if path.file_name().is_some() {
        return Ok(path.into());
    }
    fs::canonicalize(path).map_err(|source| Failure::File { path: path.display().to_string(), source })
}
