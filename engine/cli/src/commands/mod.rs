//! One command a file: its arguments and one function.

mod check;
mod client;
mod completions;
mod definitions;
mod demo;
mod explain;
mod fork;
mod new;
mod people;
mod plugin;
mod reference;
mod rehearse;
mod run;
mod serve;
mod survey;
mod test;
mod upstream;

use crate::failure::Failure;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What is no option of one command alone.
const KEPT: &str = "Compiled plugins are kept in the user's cache folder. TURNABOUT_CACHE=DIR names another one; \
                    TURNABOUT_CACHE=off keeps nothing.";

/// Runs reverse-mentoring programmes as durable code.
#[derive(Debug, Parser)]
#[command(name = "turnabout", version, arg_required_else_help = true, max_term_width = 100, after_help = KEPT)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Test(test::Args),
    Rehearse(rehearse::Args),
    Demo(demo::Args),
    Serve(serve::Args),
    Run(run::Args),
    People(people::Args),
    Survey(survey::Args),
    Plugin(plugin::Args),
    New(new::Args),
    Client(client::Args),
    Fork(fork::Args),
    Upstream(upstream::Args),
    Explain(explain::Args),
    Completions(completions::Args),
    Definitions(definitions::Args),
    Reference(reference::Args),
}

/// Runs the command.
pub(crate) fn run(cli: Cli) -> Result<ExitCode, Failure> {
    match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Rehearse(args) => rehearse::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Run(args) => run::run(&args),
        Command::People(args) => people::run(&args),
        Command::Plugin(args) => plugin::run(&args),
        Command::Survey(args) => survey::run(&args),
        Command::Client(args) => client::run(&args),
        Command::New(args) => new::run(&args),
        Command::Fork(args) => fork::run(&args),
        Command::Upstream(args) => upstream::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Definitions(args) => definitions::run(&args),
        Command::Reference(args) => reference::run(&args),
    }
}
