//! Pausing a run until a date.

use super::cancel::Reason;
use crate::{
    api::{KeyHeader, Path, Problems, RunPath, Shown, Until, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use smol_str::SmolStr;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::RunSummary};
use utoipa::ToSchema;

/// A pause.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"until": "2026-09-01", "reason": "Winter pressure"}))]
pub(crate) struct Pause {
    /// Until when: a day, with whose beginning in the run's time zone it ends, or a moment as RFC 3339.
    #[schema(value_type = String, example = "2026-09-01")]
    until: Until,
    /// Why, in a few words. The journal keeps it: name no person and no private matter.
    #[schema(value_type = Option<String>, example = "Winter pressure", max_length = 500)]
    #[serde(default)]
    reason: Option<SmolStr>,
}

/// Pauses a run until a date: nothing happens by time, sessions move to after it, and everyone is told if the template has the
/// message. What people do goes through. A run that is paused already gets the new date.
#[utoipa::path(post, path = "/runs/{run}/pause", tag = "runs", params(RunPath, KeyHeader), request_body = Pause,
    responses((status = 200, description = "The run as it stands now", body = RunSummary), Problems))]
pub(crate) async fn pause_run(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<Pause>,
) -> Shown<RunSummary> {
    let Pause { until, reason } = write.body;
    let reason = reason.map(|reason| Reason { reason }.checked()).transpose()?;
    let run = path.run.clone();
    let zone = app.engine(move |engine| engine.read(&run, |of| of.run.zone.clone())).await?;
    let request = Request::from(Input::Pause { until: until.moment(&zone), reason }).once(write.once);
    let outcome = app.submit(path.run, request, |d| RunSummary::of(d.after)).await?;
    Ok(Json(outcome.answer))
}
