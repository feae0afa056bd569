//! Trying again what could not go on.

use crate::{
    api::{KeyHeader, Path, Problems, RunPath, Shown, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::RunSummary};
use turnabout_model::JourneyId;
use utoipa::ToSchema;

/// What is to be tried again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"journey": "journey-0"}))]
pub(crate) struct Resume {
    /// One journey; all that are parked if none is named.
    #[schema(value_type = Option<String>, example = "journey-0")]
    journey: Option<JourneyId>,
}

/// Tries again what could not go on, after it was mended.
#[utoipa::path(post, path = "/runs/{run}/resume", tag = "runs", params(RunPath, KeyHeader), request_body = Resume,
    responses((status = 200, description = "The run as it stands now", body = RunSummary), Problems))]
pub(crate) async fn resume_run(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<Resume>,
) -> Shown<RunSummary> {
    let request = Request::from(Input::Resume { journey: write.body.journey }).once(write.once);
    let outcome = app.submit(path.run, request, |d| RunSummary::of(d.after)).await?;
    Ok(Json(outcome.answer))
}
