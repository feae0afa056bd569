//! The command line of Turnabout.
#![allow(clippy::print_stdout, clippy::print_stderr)] // the terminal is this crate's business, and no other's

#[macro_use]
mod output;

mod client;
mod client_file;
mod code_cache;
mod commands;
mod diagnostics;
mod failure;
mod fork;
mod house;
mod live;
mod new_file;
mod plugin;

use clap::Parser;
use std::process::ExitCode;

/// Scripts are replayed in short bursts of small values, which this allocator serves best.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = commands::Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(failure) => {
            failure.print();
            failure.exit_code()
        }
    }
}
