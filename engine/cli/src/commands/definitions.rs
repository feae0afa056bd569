//! `turnabout definitions`: what scripts can call, for editors.

use crate::failure::Failure;
use std::process::ExitCode;

/// Prints the definitions of every verb that a script can call, for editors
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

#[allow(clippy::unnecessary_wraps)] // the signature of every command
pub(crate) fn run(_: &Args) -> Result<ExitCode, Failure> {
    say!("{}", turnabout_script::definitions(&turnabout_core::verbs::Verbs::default()).trim_end());
    Ok(ExitCode::SUCCESS)
}
