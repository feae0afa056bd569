//! `turnabout check PATH...`: everything that is wrong with templates, at once.

mod checked;
mod form;

use crate::{
    diagnostics,
    failure::{Failure, count},
    house::{self, House},
};
use checked::Checked;
use std::{path::PathBuf, process::ExitCode};
use turnabout_model::Severity;

/// Checks templates: script, settings, messages, surveys, their own rehearsals, and the field's good practice
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The templates' and clients' folders, for example workflows/ambulance
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print the problems as JSON, for editors and CI
    #[arg(long)]
    json: bool,
    /// Leave out what only a rehearsal finds
    #[arg(long)]
    no_rehearsal: bool,
    /// What fails the check beside errors
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

/// What fails a check beside errors.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Deny {
    /// Warnings fail it
    Warnings,
    /// Warnings and advice fail it
    Advice,
}

impl Deny {
    fn least(deny: Option<Self>) -> Severity {
        match deny {
            None => Severity::Error,
            Some(Self::Warnings) => Severity::Warning,
            Some(Self::Advice) => Severity::Advice,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let house = House::new()?;
    let least = Deny::least(args.deny);
    let paths = house::templates(&args.paths)?.into_iter();
    let checked: Vec<Checked> =
        paths.map(|path| Checked::of(&house, path, !args.no_rehearsal)).collect::<Result<_, _>>()?;
    let ok = !checked.iter().flat_map(|one| &one.diagnostics).any(|found| found.severity >= least);
    if args.json {
        crate::output::json(&form::Answer::of(&checked, ok, least))?;
    } else {
        checked.iter().for_each(print);
        if checked.len() > 1 {
            let sound = checked.iter().filter(|one| one.worst().is_none_or(|worst| worst < least)).count();
            say!("\n{} checked: {sound} sound, {} not", count(checked.len(), "template"), checked.len() - sound);
        }
    }
    let unread = checked.iter().any(Checked::is_unread);
    Ok(if ok {
        ExitCode::SUCCESS
    } else if unread {
        ExitCode::from(2)
    } else {
        ExitCode::FAILURE
    })
}

fn were(rehearsals: usize) -> String {
    if rehearsals == 1 { "1 rehearsal was".into() } else { format!("{rehearsals} rehearsals were") }
}

fn print(checked: &Checked) {
    if let Some(failure) = &checked.unread {
        failure.print();
        return;
    }
    diagnostics::print(&checked.diagnostics, &checked.files);
    let path = checked.path.display();
    let found = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let found = found.map(|(severity, word)| (checked.count(severity), word));
    let mut words: Vec<String> =
        found.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| count(number, word)).collect();
    match checked.count(Severity::Advice) {
        0 => {}
        1 => words.push("1 piece of advice".into()),
        number => words.push(format!("{number} pieces of advice")),
    }
    let Some(bundle) = &checked.bundle else {
        let run = match (checked.rehearsed, &checked.not_rehearsed) {
            (Some(number), _) => format!("{} run all the same", were(number)),
            (None, Some(why)) => format!("no rehearsal was run: {why}"),
            (None, None) => "nothing was run".into(),
        };
        Failure::Checked { path: path.to_string(), errors: checked.count(Severity::Error), run }.print();
        return;
    };
    let parts = [
        (bundle.programme.sessions.len(), "kind of session", "kinds of session"),
        (bundle.messages.len(), "message", "messages"),
        (bundle.agreements.len(), "agreement", "agreements"),
        (bundle.surveys.len(), "survey", "surveys"),
        (bundle.rehearsals.len(), "rehearsal", "rehearsals"),
    ]
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    let (name, version) = (&bundle.programme.name, &bundle.programme.version);
    if words.is_empty() {
        say!("{name} {version} is sound: {}", parts.join(", "));
    } else {
        say!("{name} {version}: {}; it has {}", words.join(", "), parts.join(", "));
    }
    match checked.rehearsed {
        Some(number) => say!("{} run", were(number)),
        None => say!("it was not rehearsed"),
    }
    let (unneeded, waived): (Vec<_>, Vec<_>) =
        bundle.programme.waivers.iter().partition(|waiver| checked.is_unneeded(&waiver.lint));
    for (waivers, word) in [(waived, "waived"), (unneeded, "waived, and not needed")] {
        if !waivers.is_empty() {
            say!("{} {word}:", waivers.len());
            for waiver in waivers {
                say!("  {}: {}", waiver.lint, crate::output::plain(waiver.reason.trim()));
            }
        }
    }
    say!("content hash {}", bundle.hash);
}
