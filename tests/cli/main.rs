//! The command line as people and programs use it: the real binary, its output and its exit codes.

#![allow(clippy::unwrap_used)] // a test that cannot run the program has to fail

mod amending;
mod bad_input;
mod clients;
mod live;
mod plugins;
mod program;
mod rehearsing;
mod surveys;
mod templates;
mod terminal;
mod workbooks;
