//! The pure core: `decide(state, input, now) -> events`.
//!
//! It does no I/O, reads no clock, draws no random number and spawns nothing: time, seeds and people are arguments.
//! That one invariant makes rehearsal, forecast, replay checks and deterministic tests the same code as the live
//! engine.

pub mod amend;
pub mod bundle;
pub mod decide;
pub mod forecast;
pub mod limits;
pub mod matching;
pub mod occasion;
pub mod ports;
pub mod rehearse;
pub mod release;
pub mod replay;
pub mod results;
pub mod run;
pub mod verbs;
pub mod verify;
