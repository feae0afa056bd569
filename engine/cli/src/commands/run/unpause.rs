//! `turnabout run unpause RUN`: ends a pause before its date.

use super::show::print_summary;
use crate::{
    client::{Body, RunName, Server},
    failure::Failure,
    output,
};
use serde_json::json;
use std::process::ExitCode;

/// Ends a pause before its date; sessions stay where they were moved to
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.run(&args.run)?;
    let answer = client.post(&format!("/runs/{run}/unpause"), &Body::Json(json!({})))?;
    if args.json {
        output::json(&answer)?;
    } else {
        print_summary(&client.read(&answer)?);
    }
    Ok(ExitCode::SUCCESS)
}
