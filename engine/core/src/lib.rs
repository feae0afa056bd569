//! The pure core: `decide(state, input, now) -> events`.
//!
//! It does no I/O, reads no clock, draws no random number and spawns nothing: time, seeds and people are arguments.
//! That one invariant makes rehearsal, forecast, replay checks and deterministic tests the same code as the live
//! engine.
//!
//! A run is folded from its journal, an input is decided, and what it means comes back as events:
//!
//! ```
//! use turnabout_core::decide::Input;
//! use turnabout_model::{Event, TaskId};
//! use turnabout_testkit::Play;
//!
//! let mut play = Play::of(r#"fn programme(settings) { stage(task("Shall we go on?", ["yes", "no"])); }"#);
//! let events = play.must(&Input::CloseTask { task: TaskId(1), choice: "yes".into() });
//! assert!(matches!(events.first(), Some(Event::TaskClosed { .. })));
//! assert!(matches!(events.last(), Some(Event::RunFinished)));
//! assert_eq!(play.stages(), ["yes"]);
//! ```
//!
//! `Play` is [`decide::decide`] with a clock that a test moves. Verbs of an embedder's own
//! are [`verbs::OwnVerb`].

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
mod seen;
pub mod verbs;
pub mod verify;
