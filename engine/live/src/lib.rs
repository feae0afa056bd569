//! Live programmes: ties the core to a store, a clock and people's records.
//!
//! [`Engine::submit`] is the heart: an act is checked, decided by the core on the run in memory, and committed as one
//! batch of journal entries, documents, timers and messages. It returns once the batch is durable. Nothing here is
//! asynchronous or speaks HTTP: the server, the command line and embedders call the same functions.
//!
//! Architecture invariants: a run in memory is changed only under its lock, and a run whose commit failed is read again
//! from the store; journals get ids and facts, and everything personal goes into rows beside them.

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
mod import;
mod journal;
mod keys;
pub mod limits;
mod loaded;
mod mail;
mod mail_folder;
mod metrics;
mod notes;
mod once;
mod outbox;
mod outside;
mod people;
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
pub use error::{AnswerProblem, LiveError};
pub use forecast::ForecastAsked;
pub use handover::Handover;
pub use import::check_person;
pub use limits::LiveLimits;
pub use mail::{Compose, Letter, Mail, MailError};
pub use mail_folder::FolderMail;
pub use metrics::Measured;
pub use outbox::Delivered;
pub use outside::{CarriedOut, Errand, Outside, Reply};
pub use people::People;
pub use rounds::RoundLengths;
pub use stage::LiveStage;
pub use start::NewRun;
pub use submit::{Decision, Outcome};
pub use timers::Woken;
