//! `turnabout run pause RUN`: pauses a run until a date.

use super::show::print_summary;
use crate::{
    client::{Body, RunName, Server},
    failure::Failure,
    output,
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use std::process::ExitCode;

/// Pauses a run until a date: nothing happens by time, sessions move to after it, what people do goes through
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    /// The day on which it goes on, such as 2026-09-01, or a moment; of a run that is paused already, another one
    #[arg(long, value_name = "WHEN", value_parser = until)]
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

/// A day, or a moment with its offset: what the server takes, so that it need not refuse it in its own words.
fn until(text: &str) -> Result<String, String> {
    let text = text.trim();
    // A date with a time and no offset would be read as its day alone.
    let is_day = text.len() == 10 && text.parse::<Date>().is_ok();
    if is_day || text.parse::<Timestamp>().is_ok() {
        return Ok(text.to_owned());
    }
    Err("write the day on which it goes on as year-month-day, such as 2026-09-01, or a moment with its offset, such as \
         2026-09-01T08:00:00+01:00"
        .into())
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let run = client.run(&args.run)?;
    let body = Body::Json(json!({ "until": args.until, "reason": args.reason }));
    let answer = client.post(&format!("/runs/{run}/pause"), &body)?;
    if args.json {
        output::json(&answer)?;
    } else {
        print_summary(&client.read(&answer)?);
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::until;

    #[test]
    fn a_pause_lasts_until_a_day_or_a_moment() {
        for text in ["2026-09-01", " 2026-09-01 ", "2026-09-01T08:00:00+01:00", "2026-09-01T08:00:00Z"] {
            assert_eq!(until(text).as_deref(), Ok(text.trim()));
        }
        for text in ["3 weeks", "14/12/2026", "2026-02-30", "2026-09-01T08:00", ""] {
            let said = until(text).unwrap_err();
            assert!(said.contains("year-month-day, such as 2026-09-01"), "{text}: {said}");
        }
    }
}
