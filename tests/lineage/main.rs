//! Forks of the shipped templates and their updates, as an organisation meets them: real edits on both sides, the real
//! program.

#![allow(clippy::unwrap_used)] // a test that cannot run the program has to fail

mod clients;
mod conflicts;
mod fresh;
mod merging;
mod refusals;
mod whole;
mod workshop;
