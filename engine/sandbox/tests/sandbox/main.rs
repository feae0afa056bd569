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

use turnabout_sandbox::Limits;

/// The standard limits on a machine that may be slow: what is to run out of fuel does not meet the deadline before.
fn patient() -> Limits {
    Limits { deadline_ms: 60_000, ..Limits::standard() }
}
