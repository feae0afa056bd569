//! `turnabout run pause RUN`: pauses a run until a date.

use super::show::print_summary;
use crate::{
    client::{Body, Server},
    failure::Failure,
    output,
};
use serde_json::json;
use std::process::ExitCode;
use turnabout_model::RunId;

/// Pauses a run until a date: nothing happens by time, sessions move to after it, what people do goes through
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunId,
    /// The day on which it goes on, such as 2026-09-01, or a moment; of a run that is paused already, another one
    #[arg(long, value_name = "WHEN")]
    until: String,
    /// Why; the journal keeps it, so name no person and no private matter
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let body = Body::Json(json!({ "until": args.until, "reason": args.reason }));
    let answer = client.post(&format!("/runs/{}/pause", args.run), &body)?;
    if args.json {
        output::json(&answer)?;
    } else {
        print_summary(&client.read(&answer)?);
    }
    Ok(ExitCode::SUCCESS)
}
