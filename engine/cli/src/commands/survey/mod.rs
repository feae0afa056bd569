//! `turnabout survey`: what can be done with surveys and answers without a server.

mod analyse;
mod export;
mod import;
mod imported;
mod words;

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
    Export(export::Args),
    Import(import::Args),
    Words(words::Args),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Analyse(args) => analyse::run(args),
        Command::Export(args) => export::run(args),
        Command::Import(args) => import::run(args),
        Command::Words(args) => words::run(args),
    }
}
