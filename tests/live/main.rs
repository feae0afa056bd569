//! The real binary over HTTP: a whole year, killed and started again between any two requests, under load, and told to
//! stop; and what it makes of bad input.

#![allow(clippy::unwrap_used)] // a test that cannot start the server or read its answers has to fail

mod asks;
mod bad_input;
mod gate;
mod kills;
mod server;
mod stories;
mod story;
mod writers;
mod year;
