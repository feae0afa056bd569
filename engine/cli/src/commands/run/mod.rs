//! `turnabout run ...`: the runs of a server.

mod amend;
mod amendment;
mod cancel;
mod compared;
mod evaluation;
mod forecast;
mod journal;
mod list;
mod pause;
mod resume;
mod send_again;
mod show;
mod start;
mod unpause;

use crate::failure::Failure;
use clap::Subcommand;
use jiff::Timestamp;
use std::process::ExitCode;

/// Starts, shows and steers the runs of a server
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Start(start::Args),
    List(list::Args),
    Show(show::Args),
    Journal(journal::Args),
    Evaluation(evaluation::Args),
    Forecast(forecast::Args),
    Resume(resume::Args),
    Pause(pause::Args),
    Unpause(unpause::Args),
    Amend(amend::Args),
    SendAgain(send_again::Args),
    Cancel(cancel::Args),
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Start(args) => start::run(args),
        Command::List(args) => list::run(args),
        Command::Show(args) => show::run(args),
        Command::Journal(args) => journal::run(args),
        Command::Evaluation(args) => evaluation::run(args),
        Command::Forecast(args) => forecast::run(args),
        Command::Resume(args) => resume::run(args),
        Command::Pause(args) => pause::run(args),
        Command::Unpause(args) => unpause::run(args),
        Command::Amend(args) => amend::run(args),
        Command::SendAgain(args) => send_again::run(args),
        Command::Cancel(args) => cancel::run(args),
    }
}

/// A moment to the minute, in UTC.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
