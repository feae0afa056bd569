//! `turnabout plugin test DIR`: the golden cases, asked of the component, twice, and natively where its language is there, and
//! all three held against each other bit for bit.

use crate::{
    failure::{Failure, count},
    output::plain,
    plugin::{
        self,
        answers::{self, Compared},
        cases,
        native::{self, Native},
    },
};
use serde_json::Value;
use std::{path::PathBuf, process::ExitCode};

/// Asks the built component every case of its folder, twice, and the plugin natively, and compares all three bit for bit
///
/// Natively they are asked by the folder's own runner: `cargo test` without a network, python3 or node.
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
    let mut asked = Vec::new();
    for (name, case) in cases::read(&folder.path)? {
        let came = cases::ask(&sandbox, &sha256, folder.manifest.kind, &case);
        say!("  {}  {name}", if came.wrong.is_empty() { "held  " } else { "FAILED" });
        for wrong in &came.wrong {
            say!("          {}", plain(&wrong.what));
        }
        if came.wrong.is_empty() {
            held += 1;
        } else {
            failed += 1;
        }
        asked.push((name, case, came.answers));
    }
    say!("{held} held, {failed} failed; each was asked twice");
    let sound = match native::run(&folder) {
        Native::Held { program, answers } if answers.is_empty() => {
            say!("natively they hold too, asked by {program}; bit for bit they could not be compared");
            say!("  help: the runner in tests is of before, and writes no answers down; take that of a new plugin");
            true
        }
        Native::Held { program, answers } => {
            say!("natively they hold too, asked by {program}");
            let mut compared = Compared::default();
            for (name, case, component) in &asked {
                let native = answers.get(name).unwrap_or(&Value::Null);
                compared.add(answers::compare(name, case, native, component));
            }
            told(&compared)
        }
        Native::NotRun(why) => {
            say!("natively nobody asked: {why}");
            true
        }
        Native::Failed(said) => {
            say!("natively one FAILED:");
            say!("{}", plain(&said));
            false
        }
    };
    Ok(if failed == 0 && sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says how the native answers and the component's compare, and whether they are the same.
fn told(compared: &Compared) -> bool {
    let all = count(compared.answers, "answer");
    if compared.different.is_empty() {
        say!("{all}: natively, and both times as a component, the same bit for bit");
        return true;
    }
    say!("{} of {all}: natively and as a component NOT the same bit for bit", compared.different.len());
    for different in &compared.different {
        say!("          {}", plain(different));
    }
    say!(
        "  help: build it again, if its sources were changed; sums of floats that depend on an order or a library differ so"
    );
    false
}
