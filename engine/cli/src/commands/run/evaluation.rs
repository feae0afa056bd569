//! `turnabout run evaluation RUN`: what a programme came to, as far as it may be shown.

use crate::{
    client::{RunName, Server},
    failure::{Failure, count},
    new_file::{self, Existing},
    output::{self, plain},
};
use std::{path::PathBuf, process::ExitCode};
use turnabout_core::results::{ChangeSummary, Evaluation, Shown, ViewResult};
use turnabout_live::views::RunDetail;
use turnabout_render::evaluation::{NamedLists, csv, html};

/// Shows what a programme came to: closed surveys, what changed, stories; what tells about too few people is withheld
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    /// Write the page for a sponsor; an earlier page of Turnabout's is replaced, and no other file
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write the figures as a table; an earlier one is replaced, and no other file
    #[arg(long, value_name = "FILE.csv")]
    csv: Option<PathBuf>,
    /// Name on the page who asked for something, for example for development; they agreed that those hear of it who can
    /// give it to them
    #[arg(long)]
    names: bool,
    /// Replace whatever files are there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.run(&args.run)?;
    let answer = client.get(&format!("/runs/{}/evaluation?names={}", run, args.names))?;
    let evaluation: Evaluation = client.read(&answer)?;
    let names = if args.names { NamedLists::Told } else { NamedLists::LeftOut };
    let existing = Existing::of_report(args.force);
    if let Some(path) = &args.report {
        let detail: RunDetail = client.read(&client.get(&format!("/runs/{run}"))?)?;
        let look = detail.contacts.look();
        new_file::write(path, html(&evaluation, None, names, &look).as_bytes(), existing)?;
    }
    if let Some(path) = &args.csv {
        new_file::write(path, csv(&evaluation).as_bytes(), existing)?;
    }
    if args.json {
        output::json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&evaluation);
    for path in args.report.iter().chain(&args.csv) {
        say!("\nWritten: {}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn print(evaluation: &Evaluation) {
    say!("{} for {}", plain(&evaluation.template), plain(&evaluation.client));
    if !evaluation.measures {
        say!("  It refuses measurement: there is no figure about people.");
    }
    for wave in &evaluation.waves {
        let views = wave.items.iter().flat_map(|item| &item.views);
        let (shown, all) = (views.clone().filter(|view| view.result.shown().is_some()).count(), views.count());
        let results =
            if all == 0 { "no result yet".into() } else { format!("{shown} of {} shown", count(all, "result")) };
        say!("  {}: {} of {} answered, {results}", plain(&wave.title), wave.completed, wave.invited);
    }
    let (mut shown, mut all) = (0, 0);
    for change in &evaluation.changes {
        all += change.views.len();
        shown += change
            .views
            .iter()
            .filter(|view: &&ViewResult<ChangeSummary>| matches!(view.result, Shown::Shown(_)))
            .count();
    }
    if all > 0 {
        say!("  Before and after: {shown} of {} shown", count(all, "change"));
    }
    match &evaluation.activity {
        Some(activity) if activity.pairs_formed > 0 => say!(
            "  {}, {}, {} held",
            count(activity.pairs_formed, "pair"),
            count(activity.meetings, "meeting"),
            count(activity.sessions.len(), "session"),
        ),
        Some(_) if evaluation.waves.is_empty() => say!("  No pair has been formed and no survey sent yet."),
        _ => {}
    }
    for (list, one) in [
        (evaluation.stories.len(), "story"),
        (evaluation.quotes.len(), "quote"),
        (evaluation.themes.len(), "theme"),
        (evaluation.learning.len(), "learning point"),
    ] {
        if list > 0 {
            say!("  {}", if one == "story" && list != 1 { format!("{list} stories") } else { count(list, one) });
        }
    }
}
