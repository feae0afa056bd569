//! The live engine over the memory store, with real scripts and messages.

#![allow(clippy::unwrap_used, clippy::default_trait_access, clippy::unnecessary_wraps)] // the helpers of tests may do what tests may do

mod amendments;
mod demo;
mod errands;
mod forecasts;
mod house;
mod idempotency;
mod imports;
mod installs;
mod links;
mod outbox;
mod recovery;
mod renewals;
mod runs;
mod timers;
