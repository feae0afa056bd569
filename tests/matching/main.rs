//! Matching with the real rules in wasmtime, over people as a coordinator brings them: pins, places, ballots, declining.

#![allow(clippy::unwrap_used)] // a test that cannot read what it needs has to fail

mod ballots;
mod house;
mod proposals;
mod rules;
