//! The HTTP API and its workers. The only crate of the house that names axum; its types stay inside.
//!
//! [`serve`] serves an engine until the process is told to stop; [`Running`] does the same on a thread, for embedders
//! and tests. Every route is in `router.rs`, one operation a file under `routes/`.
//!
//! Architecture invariants: the engine is called only through `App::engine`, on a thread of its own and with a bounded
//! number of calls at a time; an error leaves only as a [`Problem`]; no route returns an answer to a survey, a
//! special-category attribute or a word of a concern.
//!
//! ```
//! use std::sync::Arc;
//! use turnabout_core::limits::Limits;
//! use turnabout_live::{Engine, LiveLimits, ManualClock, Parts};
//! use turnabout_render::messages::MessageCheck;
//! use turnabout_script::{RhaiScripts, ScriptLimits};
//! use turnabout_server::{Running, ServerOptions, Token};
//! use turnabout_store::MemoryStore;
//! use turnabout_testkit::NoPlugins;
//!
//! let engine = Engine::new(Parts {
//!     store: Arc::new(MemoryStore::new()),
//!     rules: Arc::new(NoPlugins),
//!     logics: Arc::new(NoPlugins),
//!     scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
//!     messages: Arc::new(MessageCheck),
//!     clock: Arc::new(ManualClock::at("2026-03-02T09:00:00Z".parse()?)),
//!     limits: Limits::standard(),
//!     live: LiveLimits::standard(),
//! })?;
//! let token = Token::new("a-token-of-twenty-letters-or-more")?;
//! let server = Running::start(Arc::new(engine), ServerOptions::new("127.0.0.1:0".parse()?, token))?;
//! let health = ureq::get(&format!("http://{}/api/v1/health", server.address())).call()?;
//! assert_eq!(health.status(), 200);
//! server.stop()?;
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod api;
mod app;
mod limits;
mod metrics;
mod middleware;
mod page;
mod router;
mod routes;
mod serve;
mod token;
mod workers;

pub use api::{Problem, ProblemItem};
pub use limits::ServerLimits;
pub use serve::{Running, ServeError, ServerOptions, serve};
pub use token::{FILE as TOKEN_FILE, Token, TokenError};
pub use workers::Post;

/// The `OpenAPI` 3.1 document of the API, as JSON.
pub fn openapi_document() -> String {
    serde_json::to_string_pretty(&router::document()).unwrap_or_default()
}
