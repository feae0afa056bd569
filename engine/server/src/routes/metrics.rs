//! Metrics for Prometheus.

use crate::{
    api::{Fault, Problems},
    app::App,
    metrics,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

/// Shows the metrics in Prometheus's text format.
#[utoipa::path(get, path = "/metrics", tag = "server",
    responses((status = 200, description = "The metrics", body = String, content_type = "text/plain"), Problems))]
pub(crate) async fn metrics(State(app): State<App>) -> Result<Response, Fault> {
    let measured = app.engine(turnabout_live::Engine::measure).await?;
    let text = metrics::text(&measured, &app.requests);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}
