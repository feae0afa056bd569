//! `turnabout survey`: what can be done with answers without a server.

mod analyse;

use crate::failure::Failure;
use clap::Subcommand;
use std::process::ExitCode;

/// Works on surveys and on anybody's own answers
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Analyse(analyse::Args),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Analyse(args) => analyse::run(args),
    }
}
