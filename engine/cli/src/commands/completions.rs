//! `turnabout completions SHELL`: completions for a shell.

use crate::failure::Failure;
use clap::CommandFactory as _;
use std::process::ExitCode;

/// Prints completions for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

#[allow(clippy::unnecessary_wraps)] // the signature of every command
pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    // Written whole afterwards: the generator panics when its reader goes away.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "turnabout", &mut script);
    say!("{}", String::from_utf8_lossy(&script).trim_end());
    Ok(ExitCode::SUCCESS)
}
