//! Ending a run early.

use crate::{
    api::{KeyHeader, Path, Problems, RunPath, Shown, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use smol_str::SmolStr;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::RunSummary};
use utoipa::ToSchema;

/// Why something is called off or ends. The journal keeps it: name no person and no private matter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "The room is flooded"}))]
pub(crate) struct Reason {
    /// Why.
    #[schema(value_type = String, example = "The room is flooded", max_length = 500)]
    pub(crate) reason: SmolStr,
}

/// Ends a run early: sessions are called off, surveys and tasks closed.
#[utoipa::path(post, path = "/runs/{run}/cancel", tag = "runs", params(RunPath, KeyHeader), request_body = Reason,
    responses((status = 200, description = "The run as it stands now", body = RunSummary), Problems))]
pub(crate) async fn cancel_run(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<Reason>,
) -> Shown<RunSummary> {
    let reason = write.body.checked()?;
    let request = Request::from(Input::Cancel { reason }).once(write.once);
    let outcome = app.submit(path.run, request, |d| RunSummary::of(d.after)).await?;
    Ok(Json(outcome.answer))
}

/// The longest reason, in characters.
const REASON_CHARS: usize = 500;

impl Reason {
    /// The reason, if it is one.
    pub(crate) fn checked(self) -> Result<SmolStr, turnabout_live::LiveError> {
        let found = if self.reason.trim().is_empty() { 0 } else { self.reason.chars().count() };
        if (1..=REASON_CHARS).contains(&found) {
            return Ok(self.reason);
        }
        Err(turnabout_live::LiveError::Length { what: "a reason", most: REASON_CHARS, found })
    }
}
