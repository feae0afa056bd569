//! Live programmes: ties the core to a store, a clock and people's records.
//!
//! [`Engine::submit`] is the heart: an act is checked, decided by the core on the run in memory, and committed as one
//! batch of journal entries, documents, timers and messages. It returns once the batch is durable. Nothing here is
//! asynchronous or speaks HTTP: the server, the command line and embedders call the same functions.
//!
//! Architecture invariants: a run in memory is changed only under its lock, and a run whose commit failed is read again
//! from the store; journals get ids and facts, and everything personal goes into rows beside them.
//!
//! ```
//! use std::{path::Path, sync::Arc};
//! use turnabout_core::limits::Limits;
//! use turnabout_live::{Engine, LiveLimits, ManualClock, NewRun, Parts};
//! use turnabout_model::ParticipantStatus;
//! use turnabout_render::messages::MessageCheck;
//! use turnabout_script::{RhaiScripts, ScriptLimits};
//! use turnabout_store::MemoryStore;
//! use turnabout_testkit::NoPlugins;
//!
//! let clock = ManualClock::at("2026-03-02T09:00:00Z".parse()?);
//! let engine = Engine::new(Parts {
//!     store: Arc::new(MemoryStore::new()),
//!     rules: Arc::new(NoPlugins),
//!     logics: Arc::new(NoPlugins),
//!     scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
//!     messages: Arc::new(MessageCheck),
//!     clock: Arc::new(clock.clone()),
//!     limits: Limits::standard(),
//!     live: LiveLimits::standard(),
//! })?;
//! let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
//! engine.install(turnabout_template::read_folder(&folder)?)?;
//! let new = NewRun { template: "small".into(), client: "acme".into(), ..NewRun::default() };
//! let run = engine.start(new, None, |decision| decision.after.run.id.clone())?.answer.expect("it has started");
//! let people = "role,name,email,topics\nmentor,Amara Diaz,amara@example.org,careers\n";
//! engine.import(&run, people.as_bytes(), ParticipantStatus::Accepted, None)?;
//! engine.advance(&clock, "2026-03-20T09:00:00Z".parse()?)?;
//! let stage = engine.read(&run, |of| of.run.stages.last().map(|(_, stage)| stage.to_string()))?;
//! assert_eq!(stage.as_deref(), Some("Training"));
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/embed` has a store, a clock and a verb of its own.

mod act;
mod amend;
mod answers;
mod cache;
mod catalogue;
mod clock;
mod compose;
mod consent;
mod contacts;
mod counters;
mod draft;
mod engine;
mod error;
mod evaluation;
mod forecast;
mod form;
mod handover;
mod heard;
mod import;
mod journal;
mod keys;
pub mod limits;
mod links;
mod loaded;
mod mail;
mod mail_folder;
mod metrics;
mod notes;
mod once;
mod outbox;
mod outside;
mod people;
mod personal;
mod record;
mod rest;
mod review;
mod risks;
mod rounds;
mod rows;
mod stage;
mod start;
mod submit;
mod timeline;
mod timers;
pub mod views;

pub use act::{Act, Once, Request};
pub use amend::Amend;
pub use catalogue::Installed;
pub use clock::{Clock, ManualClock, SystemClock};
pub use compose::Letters;
pub use contacts::{Contact, Contacts};
pub use counters::Counts;
pub use draft::{DraftAsked, FormOf};
pub use engine::{Engine, Parts, Snapshot};
pub use error::{AnswerFault, AnswerProblem, LiveError};
pub use forecast::ForecastAsked;
pub use handover::Handover;
pub use heard::{Heard, HeardConcern};
pub use import::check_person;
pub use limits::LiveLimits;
pub use links::{LinkKey, Links, Opens, page_mark};
pub use mail::{Compose, Letter, Mail, MailError};
pub use mail_folder::FolderMail;
pub use metrics::Measured;
pub use outbox::Delivered;
pub use outside::{CarriedOut, Errand, Outside, Reply};
pub use people::People;
pub use personal::{FormOver, FormSent, FormTaken, OpenForm, OverWhy, PersonalAsked, PersonalForm};
pub use rounds::RoundLengths;
pub use stage::LiveStage;
pub use start::{Beside, NewRun};
pub use submit::{Decision, Outcome};
pub use timers::Woken;
