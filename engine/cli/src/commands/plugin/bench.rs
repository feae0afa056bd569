//! `turnabout plugin bench DIR`: what a plugin costs, and how far it is from its limits.

use crate::{
    code_cache::code_cache,
    failure::{Failure, count},
    plugin::{self, Kind, cases},
};
use serde_json::Value;
use std::{path::PathBuf, process::ExitCode, time::Instant};
use turnabout_core::ports::{PluginError, PluginRef, ScoreRequest};
use turnabout_sandbox::{CodeCache, Limits, Sandbox, Usage};

/// Measures a plugin on one core: time, fuel and memory; of a rule for a pair in growing cohorts, of a logic for each case
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The plugin's folder, with its cases: of a rule the first that is no failure lends its people
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Build it first
    #[arg(long)]
    build: bool,
}

/// The sides of the square cohorts.
const SIDES: [usize; 3] = [10, 100, 300];

/// How often each is asked: the quickest counts, since a machine can be late and never early.
const TIMES: usize = 5;

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let folder = plugin::Folder::read(&args.folder)?;
    let (file, component) = plugin::component(&args.folder, plugin::First::of(args.build))?;
    let sandbox = plugin::sandbox()?;
    let refused = |error: PluginError| Failure::Input {
        what: format!("{}: {error}", file.display()),
        hint: format!("Run: turnabout plugin check {}", file.display()),
    };
    let found = || code_cache().map_or(0, CodeCache::found);
    let (before, began) = (found(), now());
    let sha256 = sandbox.install(&component).map_err(refused)?;
    let how = if found() > before { "taken from the cache of compiled components" } else { "compiled" };
    say!("{how} in {:.0} ms ({})", began.elapsed().as_secs_f64() * 1e3, count(component.len(), "byte"));
    let plugin = PluginRef { id: folder.manifest.id.clone().into(), sha256 };
    let cases = cases::read(&folder.path)?;
    let measured = match folder.manifest.kind {
        Kind::Rule => rule(&sandbox, &plugin, &cases).map_err(refused)?,
        Kind::Logic => logic(&sandbox, &plugin, &cases).map_err(refused)?,
    };
    if !measured {
        let what = match folder.manifest.kind {
            Kind::Rule => format!("{} has no case with verdicts", args.folder.display()),
            Kind::Logic => format!("{} has no case with an outcome", args.folder.display()),
        };
        return Err(Failure::Input { what, hint: "Write one into cases/.".into() });
    }
    let limits = Limits::standard();
    let each = match folder.manifest.kind {
        Kind::Rule => format!(" and {} a pair", limits.fuel_per_pair),
        Kind::Logic => String::new(),
    };
    say!("a call may burn {} fuel{each}, and have {}", limits.base_fuel, megabytes(limits.memory_for(component.len())));
    Ok(ExitCode::SUCCESS)
}

/// Tells whether there was a case to measure.
fn rule(sandbox: &Sandbox, plugin: &PluginRef, cases: &[(String, Value)]) -> Result<bool, PluginError> {
    let Some((_, case)) = cases.iter().find(|(_, case)| case.get("verdicts").is_some()) else { return Ok(false) };
    for side in SIDES {
        let people = cases::People::repeated(case, side);
        let request =
            ScoreRequest { plugin, settings: &people.settings, mentors: &people.mentors, mentees: &people.mentees };
        let (ns, usage) = quickest(|| sandbox.measure_score(request))?;
        let pairs = people.mentors.rows * people.mentees.rows;
        say!(
            "{side:>4} by {side:<4} {pairs:>6} pairs: {} ns a pair, {} fuel a pair, {} at most",
            ns / per(pairs),
            usage.fuel / u64::try_from(pairs.max(1)).unwrap_or(u64::MAX),
            megabytes(usage.memory_bytes)
        );
    }
    Ok(true)
}

/// Tells whether there was a case to measure.
fn logic(sandbox: &Sandbox, plugin: &PluginRef, cases: &[(String, Value)]) -> Result<bool, PluginError> {
    let mut measured = false;
    for (name, case) in cases.iter().filter(|(_, case)| case.get("outcome").is_some()) {
        let (survey, given) = (case["survey"].to_string(), case["given"].to_string());
        let (ns, usage) = quickest(|| sandbox.measure_evaluate(plugin, &survey, &given))?;
        say!("{name}: {} us, {} fuel, {}", ns / 1_000, usage.fuel, megabytes(usage.memory_bytes));
        measured = true;
    }
    Ok(measured)
}

fn per(pairs: usize) -> u128 {
    u128::try_from(pairs.max(1)).unwrap_or(u128::MAX)
}

fn megabytes(bytes: usize) -> String {
    #[allow(clippy::cast_precision_loss)] // memories are far below 2^52 bytes
    let megabytes = bytes as f64 / f64::from(1 << 20);
    format!("{megabytes:.1} MB of memory")
}

/// What the quickest of some took in nanoseconds, and used: the same every time.
fn quickest(mut ask: impl FnMut() -> Result<Usage, PluginError>) -> Result<(u128, Usage), PluginError> {
    let (mut least, mut usage) = (u128::MAX, Usage::default());
    for _ in 0..TIMES {
        let began = now();
        usage = ask()?;
        least = least.min(began.elapsed().as_nanos());
    }
    Ok((least, usage))
}

/// What it costs is measured by the clock.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}
