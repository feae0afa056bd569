//! `turnabout client ...`: templates tailored without a fork.

mod new;

use crate::failure::Failure;
use clap::Subcommand;
use std::process::ExitCode;

/// Tailors a template to a client without forking it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Args),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::New(args) => new::run(args),
    }
}
