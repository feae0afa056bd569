//! The live engine over the memory store, with real scripts and messages.

mod demo;
mod house;
mod idempotency;
mod imports;
mod installs;
mod outbox;
mod recovery;
mod runs;
mod timers;
