//! Whether the server works.

use crate::{
    api::{Fault, Problems},
    app::App,
};
use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`; a server that can't write answers with a problem instead.
    status: &'static str,
    /// The server's version.
    version: &'static str,
}

/// Tells whether the server works. It needs no token.
#[utoipa::path(get, path = "/health", tag = "server", security(()),
    responses((status = 200, description = "It works", body = Health), Problems))]
pub(crate) async fn health(State(app): State<App>) -> Result<Json<Health>, Fault> {
    // Not in the queue for the engine: a busy server is a healthy one.
    let engine = std::sync::Arc::clone(&app.engine);
    let checked = tokio::task::spawn_blocking(move || engine.check_store()).await;
    match checked {
        Ok(Ok(())) => Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(Fault::internal()),
    }
}
