//! `turnabout plugin bench DIR`: what a rule costs for a pair.

use crate::{
    failure::{Failure, count},
    plugin::{self, Kind, cases},
};
use std::{path::PathBuf, process::ExitCode, time::Instant};
use turnabout_core::ports::{PluginRef, Rules as _, ScoreRequest};

/// Measures a rule: time to compile, and nanoseconds for a pair in cohorts of growing size
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The plugin's folder, with its cases: the first that is no failure lends its people
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// The sides of the square cohorts.
const SIDES: [usize; 3] = [10, 100, 300];

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let folder = plugin::Folder::read(&args.folder)?;
    let (file, component) = plugin::component(&args.folder)?;
    if folder.manifest.kind != Kind::Rule {
        let what = format!("{} is a logic, and only rules are measured", folder.manifest.id);
        return Err(Failure::Input { what, hint: "Measure a rule.".into() });
    }
    let sandbox = plugin::sandbox()?;
    let began = now();
    let refused = |error: turnabout_core::ports::PluginError| Failure::Input {
        what: format!("{}: {error}", file.display()),
        hint: format!("Run: turnabout plugin check {}", file.display()),
    };
    let sha256 = sandbox.install(&component).map_err(refused)?;
    say!("compiled in {:.0} ms ({})", began.elapsed().as_secs_f64() * 1e3, count(component.len(), "byte"));
    let all = cases::read(&folder.path)?;
    let usable = all.iter().map(|(_, case)| case).find(|case| case.get("verdicts").is_some());
    let Some(case) = usable else {
        let what = format!("{} has no case with verdicts", args.folder.display());
        return Err(Failure::Input { what, hint: "Write one into cases/.".into() });
    };
    let plugin = PluginRef { id: folder.manifest.id.clone().into(), sha256 };
    for side in SIDES {
        let people = cases::People::repeated(case, side);
        let request = ScoreRequest {
            plugin: &plugin,
            settings: &people.settings,
            mentors: &people.mentors,
            mentees: &people.mentees,
        };
        let began = now();
        sandbox.score(request).map_err(refused)?;
        let pairs = side * side;
        #[allow(clippy::cast_precision_loss)] // at most 90,000 pairs
        let each = began.elapsed().as_nanos() as f64 / pairs as f64;
        say!("{side:>4} by {side:<4} {pairs:>6} pairs: {each:.0} ns a pair");
    }
    Ok(ExitCode::SUCCESS)
}

/// What it costs is measured by the clock.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}
