//! `turnabout plugin`: writing matching rules and survey logics of one's own.

mod bench;
mod build;
mod check;
mod dev;
mod new;
mod test;

use crate::failure::Failure;
use clap::Subcommand;
use std::process::ExitCode;

/// Helps to write a matching rule or a survey logic in Rust, Python or JavaScript
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Args),
    Build(build::Args),
    Check(check::Args),
    Test(test::Args),
    Bench(bench::Args),
    Dev(dev::Args),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::New(args) => new::run(args),
        Command::Build(args) => build::run(args),
        Command::Check(args) => check::run(args),
        Command::Test(args) => test::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Dev(args) => dev::run(args),
    }
}
