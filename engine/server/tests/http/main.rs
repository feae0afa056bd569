//! The API over real connections, with the real store in a folder of its own.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, clippy::type_complexity)] // helpers and tables of tests

mod acts;
mod ballots;
mod house;
mod once;
mod pausing;
mod problems;
mod refusals;
mod status;
mod stops;
mod story;
mod workers;
