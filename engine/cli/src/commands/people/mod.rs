//! `turnabout people ...`: who takes part.

pub(super) mod import;

use crate::failure::Failure;
use clap::Subcommand;
use std::process::ExitCode;

/// Takes in the people of a run
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Args),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Import(args) => import::run(args),
    }
}
