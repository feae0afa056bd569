//! The HTTP API and its workers. The only crate of the house that names axum; its types stay inside.
//!
//! [`serve`] serves an engine until the process is told to stop; [`Running`] does the same on a thread, for embedders
//! and tests. Every route is in `router.rs`, one operation a file under `routes/`.
//!
//! Architecture invariants: the engine is called only through `App::engine`, on a thread of its own and with a bounded
//! number of calls at a time; an error leaves only as a [`Problem`]; no route returns an answer to a survey, a
//! special-category attribute or a word of a concern.

mod api;
mod app;
mod limits;
mod metrics;
mod middleware;
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
