//! The sandbox from outside: the standard rules, components that misbehave, and bytes that are no plugin at all.

#![allow(clippy::unwrap_used, reason = "these are tests, all of them")]

#[path = "../../../../plugins/tools/componentize/src/source.rs"]
mod source;

mod aliasing;
mod cache;
mod cohort;
mod dist;
mod golden;
mod hostile;
mod inspection;
mod logic;
mod malformed;
mod nonsense;
