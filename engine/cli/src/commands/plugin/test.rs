//! `turnabout plugin test DIR`: the golden cases, asked of the component, twice, and natively where its language is there.

use crate::{
    failure::Failure,
    output::plain,
    plugin::{
        self, cases,
        native::{self, Native},
    },
};
use std::{path::PathBuf, process::ExitCode};

/// Asks the built component every case of its folder, twice, and compares; then the same natively, where the language is there
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The plugin's folder, with its cases
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Build it first
    #[arg(long)]
    build: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let folder = plugin::Folder::read(&args.folder)?;
    let (file, component) = plugin::component(&args.folder, plugin::First::of(args.build))?;
    let sandbox = plugin::sandbox()?;
    let sha256 = sandbox.install(&component).map_err(|error| Failure::Input {
        what: format!("{}: {error}", file.display()),
        hint: format!("Run: turnabout plugin check {}", file.display()),
    })?;
    let (mut held, mut failed) = (0, 0);
    for (name, case) in cases::read(&folder.path)? {
        let wrong = cases::ask(&sandbox, &sha256, folder.manifest.kind, &case);
        say!("  {}  {name}", if wrong.is_empty() { "held  " } else { "FAILED" });
        for wrong in &wrong {
            say!("          {}", plain(wrong));
        }
        if wrong.is_empty() { held += 1 } else { failed += 1 }
    }
    say!("{held} held, {failed} failed; each was asked twice");
    match native::run(&folder) {
        Native::Held(program) => say!("natively they hold too, asked by {program}"),
        Native::NotRun(why) => say!("natively nobody asked: {why}"),
        Native::Failed(said) => {
            failed += 1;
            say!("natively one FAILED:");
            say!("{}", plain(&said));
        }
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
