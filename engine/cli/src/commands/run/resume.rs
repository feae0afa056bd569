//! `turnabout run resume RUN`: tries again what could not go on.

use super::show::print_summary;
use crate::{
    client::{Body, RunName, Server},
    failure::Failure,
    output,
};
use serde_json::json;
use std::process::ExitCode;
use turnabout_live::views::RunSummary;
use turnabout_model::JourneyId;

/// Tries again what could not go on, after it was mended
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    /// One journey only; all that are parked by default
    #[arg(long)]
    journey: Option<JourneyId>,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.run(&args.run)?;
    let body = match args.journey {
        Some(journey) => json!({ "journey": journey }),
        None => json!({}),
    };
    let answer = client.post(&format!("/runs/{run}/resume"), &Body::Json(body))?;
    if args.json {
        output::json(&answer)?;
    } else {
        print_summary(&client.read(&answer)?);
    }
    let still: RunSummary = client.read(&answer)?;
    if still.status == "needs-attention" {
        eprintln!("It was tried again and could not go on: turnabout run show {run} says why.");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
