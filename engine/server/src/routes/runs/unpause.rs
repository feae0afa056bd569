//! Ending a pause before its date.

use crate::{
    api::{KeyHeader, Path, Problems, RunPath, Shown, WriteNothing},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::RunSummary};

/// Ends a pause before its date: what waited goes on, and what was put off by the rest of the pause comes sooner again.
/// Sessions stay where they were moved to.
#[utoipa::path(post, path = "/runs/{run}/unpause", tag = "runs", params(RunPath, KeyHeader),
    responses((status = 200, description = "The run as it stands now", body = RunSummary), Problems))]
pub(crate) async fn unpause_run(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: WriteNothing,
) -> Shown<RunSummary> {
    let request = Request::from(Input::Unpause).once(write.once);
    let outcome = app.submit(path.run, request, |d| RunSummary::of(d.after)).await?;
    Ok(Json(outcome.answer))
}
