//! `turnabout rehearse PATH`: the whole programme with invented people, in milliseconds.

use crate::{
    client_file, diagnostics,
    failure::{Failure, count},
    house::House,
    new_file::{self, Existing},
    output,
    plugin::without,
};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};
use turnabout_core::{
    bundle::Bundle,
    rehearse::{Outcome, Rehearsed, Verdict, rehearse, rehearse_evaluated, verdicts},
};
use turnabout_model::RehearsalPlan;
use turnabout_render::{
    evaluation::{self, NamedLists},
    report::{ManyReport, RehearsalReport, Summary, in_short, many_report, rehearsal_report},
};

/// Rehearses a programme with invented people on a simulated clock
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The template's folder, for example workflows/ambulance
    path: PathBuf,
    /// Which of the template's rehearsals; `steady`, or else the first, by default
    #[arg(long, value_name = "NAME")]
    rehearsal: Option<String>,
    /// The seed: the same seed gives the same rehearsal
    #[arg(long)]
    seed: Option<u64>,
    /// Rehearse many times, each with the next seed, and show distributions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    times: Option<u32>,
    /// Rehearse once more without this rule, and show which pairs are there because of it; ends with 1 if none is
    #[arg(long, value_name = "RULE", conflicts_with_all = ["times", "json"])]
    without: Option<String>,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
    /// Write a report that can be read in a browser; an earlier page of Turnabout's is replaced, and no other file
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write what the programme's evaluation would look like, from invented answers; an earlier page is replaced likewise
    #[arg(long, value_name = "FILE.html", conflicts_with = "times")]
    evaluation: Option<PathBuf>,
    /// Replace whatever files are there
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let house = House::new()?;
    let bundle = house.load(&args.path, true)?;
    house.prepare(&bundle)?;
    let (name, plan) = crate::house::rehearsal(&bundle, args.rehearsal.as_deref())?;
    let seed = args.seed.unwrap_or(plan.seed);
    match args.times {
        None => once(args, &house, &bundle, plan, seed),
        Some(times) => many(args, &house, &bundle, (name, plan), seed, times),
    }
}

fn once(args: &Args, house: &House, bundle: &Bundle, plan: &RehearsalPlan, seed: u64) -> Result<ExitCode, Failure> {
    let rehearsed = match &args.evaluation {
        None => rehearse(bundle, plan, seed, house.for_rehearsal())?,
        Some(path) => {
            let (rehearsed, evaluation) =
                rehearse_evaluated(bundle, plan, seed, house.for_rehearsal(), house.logics())?;
            write(
                args,
                path,
                &evaluation::html(&evaluation, None, NamedLists::LeftOut, &client_file::look(&args.path)?),
            )?;
            rehearsed
        }
    };
    let verdicts = verdicts(&rehearsed, &plan.expect);
    let outcome = Outcome::of(&rehearsed);
    if let Some(path) = &args.report {
        write(
            args,
            path,
            &rehearsal_report(&RehearsalReport::of(&rehearsed, bundle, &verdicts), &client_file::look(&args.path)?),
        )?;
    }
    let mut sound = outcome.status == "finished";
    if args.json {
        output::json(&outcome)?;
    } else {
        print_outcome(&rehearsed, &outcome, &verdicts);
        if let Some(rule) = &args.without {
            let (lines, decides) = without::compare(house, bundle, plan, &rehearsed, rule)?;
            say!("\nBecause of {}", output::plain(rule));
            for line in lines {
                say!("  {}", output::plain(&line));
            }
            sound &= decides;
        }
        diagnostics::print_problems(outcome.problems.iter(), &bundle.files);
        if let Some(path) = &args.report {
            say!("\nThe report is in {}", path.display());
        }
        if let Some(path) = &args.evaluation {
            say!("\nWhat the evaluation would look like is in {}", path.display());
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn many(
    args: &Args,
    house: &House,
    bundle: &Bundle,
    (name, plan): (&str, &RehearsalPlan),
    seed: u64,
    times: u32,
) -> Result<ExitCode, Failure> {
    let bar = ProgressBar::new(times.into());
    bar.set_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.set_message("rehearsals");
    let began = stopwatch();
    let summaries: Vec<Summary> = (0..u64::from(times))
        .into_par_iter()
        .map(|n| {
            let rehearsed = rehearse(bundle, plan, seed.wrapping_add(n), house.for_rehearsal())?;
            let summary = Summary::of(&rehearsed, &verdicts(&rehearsed, &plan.expect));
            // The bar has a lock of its own: a thousand rehearsals a second need not all take it.
            if n % 16 == 0 {
                bar.inc(16);
            }
            Ok(summary)
        })
        .collect::<Result<_, turnabout_core::rehearse::RehearseError>>()?;
    let seconds = began.elapsed().as_secs_f64();
    let rehearsals = count(summaries.len(), "rehearsal");
    bar.finish_and_clear();
    let report = ManyReport::of(&summaries);
    if let Some(path) = &args.report {
        write(args, path, &many_report(&report, &client_file::look(&args.path)?))?;
    }
    if args.json {
        output::json(&report)?;
    } else {
        say!("{}: {rehearsals} of '{name}', seeds from {seed}", bundle.programme.name);
        for sentence in report.sentences() {
            say!("  {sentence}");
        }
        if let Some(path) = &args.report {
            say!("The report is in {}", path.display());
        }
    }
    eprintln!("{rehearsals} in {seconds:.2} s: {:.0} a second", f64::from(times) / seconds.max(1e-9));
    Ok(ExitCode::SUCCESS)
}

/// How fast we were is the one thing here that is measured by the clock.
#[allow(clippy::disallowed_methods)]
fn stopwatch() -> Instant {
    Instant::now()
}

fn print_outcome(rehearsed: &Rehearsed, outcome: &Outcome, verdicts: &[Verdict]) {
    say!("{}: {}", outcome.template, outcome.status);
    for line in in_short(outcome, &rehearsed.run.zone) {
        say!("  {line}");
    }
    say!("\nSessions");
    for session in &outcome.sessions {
        let state =
            if session.held { format!("{} of {} came", session.attended, session.invited) } else { "not held".into() };
        say!(
            "  {}  {:<22} {state}",
            session.planned.to_zoned(rehearsed.run.zone.clone()).strftime("%a %d %b %Y %H:%M"),
            session.name
        );
    }
    if !verdicts.is_empty() {
        say!("\nExpectations");
        print_verdicts(verdicts);
    }
    if !rehearsed.not_done.is_empty() {
        say!("\nOrdered and not done");
        print_not_done(rehearsed);
    }
}

/// Prints a line per expectation.
pub(super) fn print_verdicts(verdicts: &[Verdict]) {
    for verdict in verdicts {
        let mark = if verdict.met { "met    " } else { "NOT MET" };
        say!("  {mark}  {} ({})", verdict.say, verdict.found);
    }
}

/// Prints a line for each thing that the rehearsal's file orders and that did not happen.
pub(super) fn print_not_done(rehearsed: &Rehearsed) {
    for lost in &rehearsed.not_done {
        say!("  NOT DONE  {}: {}", lost.what(&rehearsed.run), output::plain(&lost.why));
    }
}

fn write(args: &Args, path: &Path, text: &str) -> Result<(), Failure> {
    new_file::write(path, text.as_bytes(), Existing::of_report(args.force))
}
