//! `turnabout run cancel RUN`: ends a run early.

use super::show::print_summary;
use crate::{
    client::{Body, RunName, Server},
    failure::Failure,
    output,
};
use serde_json::json;
use std::process::ExitCode;

/// Ends a run early: sessions are called off, surveys and tasks closed; it can't be taken up again
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it: the whole id, or at least 10 characters after run-
    run: RunName,
    /// Why; the journal keeps it, so name no person and no private matter
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.certain_run(&args.run)?;
    let body = Body::Json(json!({ "reason": args.reason }));
    let answer = client.post(&format!("/runs/{run}/cancel"), &body)?;
    if args.json {
        output::json(&answer)?;
    } else {
        print_summary(&client.read(&answer)?);
    }
    Ok(ExitCode::SUCCESS)
}
