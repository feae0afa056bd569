//! `turnabout run journal RUN`: the journal as it is stored.

use super::minute;
use crate::{
    client::{RunName, Server},
    failure::Failure,
    output,
};
use std::process::ExitCode;
use turnabout_live::views::{JournalEntry, Page};

/// Shows the journal of a run as it is stored: ids and facts, never names or answers
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    /// Only entries after this one
    #[arg(long, value_name = "N", default_value_t = 0)]
    after: u64,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.run(&args.run)?;
    let answer = client.list(&format!("/runs/{run}/journal"), Some(args.after.to_string()))?;
    if args.json {
        output::json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let page: Page<JournalEntry> = client.read(&answer)?;
    let rows: Vec<[String; 4]> = page.items.into_iter().map(row).collect();
    output::table(["ENTRY", "AT (UTC)", "EVENT", "FACTS"], &rows);
    Ok(ExitCode::SUCCESS)
}

fn row(mut entry: JournalEntry) -> [String; 4] {
    let event = entry.event.as_object_mut().and_then(|fields| fields.shift_remove("event"));
    let event = event.as_ref().and_then(serde_json::Value::as_str).unwrap_or("-").to_owned();
    [entry.version.to_string(), minute(entry.at), event, entry.event.to_string()]
}
