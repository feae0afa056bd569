//! Closing applications.

use crate::{
    api::{KeyHeader, LabelPath, Path, Problems, Shown, WriteNothing},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::RunSummary};

/// Closes a round of applications before its time.
#[utoipa::path(post, path = "/runs/{run}/recruitments/{label}/close", tag = "participants",
    params(LabelPath, KeyHeader),
    responses((status = 200, description = "The run as it stands now", body = RunSummary), Problems))]
pub(crate) async fn close_recruitment(
    State(app): State<App>,
    Path(LabelPath { run, label }): Path<LabelPath>,
    write: WriteNothing,
) -> Shown<RunSummary> {
    let request = Request::from(Input::CloseRecruitment { label: label.into() }).once(write.once);
    let outcome = app.submit(run, request, |d| RunSummary::of(d.after)).await?;
    Ok(Json(outcome.answer))
}
