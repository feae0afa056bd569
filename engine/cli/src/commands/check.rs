//! `turnabout check PATH`: everything that is wrong with a template, at once.

use crate::{client_file, failure::Failure, house::House};
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};
use turnabout_model::{Diagnostic, Severity};

/// Checks a template: script, settings, messages, surveys, rehearsals, and the field's good practice
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The template's folder, for example workflows/ambulance
    path: PathBuf,
    /// Print the problems as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    template: Option<&'a str>,
    hash: Option<&'a str>,
    ok: bool,
    diagnostics: &'a [Diagnostic],
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let house = House::new()?;
    if args.json {
        return json(&house, args);
    }
    let bundle = house.load(&args.path, false)?;
    if let Some(file) = client_file::of_folder(&args.path) {
        client_file::read(&file)?;
    }
    let parts = [
        (bundle.programme.sessions.len(), "kind of session", "kinds of session"),
        (bundle.messages.len(), "message", "messages"),
        (bundle.agreements.len(), "agreement", "agreements"),
        (bundle.surveys.len(), "survey", "surveys"),
        (bundle.rehearsals.len(), "rehearsal", "rehearsals"),
    ]
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    say!("{} {} is sound: {}", bundle.programme.name, bundle.programme.version, parts.join(", "));
    say!("content hash {}", bundle.hash);
    Ok(ExitCode::SUCCESS)
}

fn json(house: &House, args: &Args) -> Result<ExitCode, Failure> {
    let (bundle, mut diagnostics) = house.examine(&args.path)?;
    if let Some(file) = client_file::of_folder(&args.path) {
        diagnostics.extend(client_file::problems(&file)?);
    }
    let ok = !diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let answer = Answer {
        template: bundle.as_ref().map(|bundle| bundle.programme.name.as_str()),
        hash: bundle.as_ref().map(|bundle| bundle.hash.0.as_str()),
        ok,
        diagnostics: &diagnostics,
    };
    crate::output::json(&answer)?;
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
