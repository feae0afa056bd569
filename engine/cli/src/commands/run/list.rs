//! `turnabout run list`: all runs.

use super::minute;
use crate::{client::Server, failure::Failure, output};
use std::process::ExitCode;
use turnabout_live::views::{Page, RunSummary};

/// Lists the runs of a server, in the order in which they started
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let answer = client.list("/runs", None)?;
    if args.json {
        output::json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let page: Page<RunSummary> = client.read(&answer)?;
    if page.items.is_empty() {
        say!("There is no run. Start one with: turnabout run start --template NAME --client NAME");
        return Ok(ExitCode::SUCCESS);
    }
    let row = |run: &RunSummary| {
        [
            run.id.to_string(),
            run.template.to_string(),
            run.client.to_string(),
            format!("{}{}", run.status, if run.paused_until.is_some() { ", paused" } else { "" }),
            run.stage.as_deref().unwrap_or("-").to_owned(),
            minute(run.started),
            format!("{}+{}", run.mentors, run.mentees),
            run.pairs.to_string(),
        ]
    };
    let headings = ["RUN", "TEMPLATE", "CLIENT", "STATUS", "STAGE", "STARTED (UTC)", "PEOPLE", "PAIRS"];
    output::table(headings, &page.items.iter().map(row).collect::<Vec<_>>());
    Ok(ExitCode::SUCCESS)
}
