//! One run.

use crate::{
    api::{Path, Problems, RunPath, Shown},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::RunDetail;

/// Shows a run: where it stands, its settings, its stages, and what can't go on.
#[utoipa::path(get, path = "/runs/{run}", tag = "runs", params(RunPath),
    responses((status = 200, description = "The run", body = RunDetail), Problems))]
pub(crate) async fn show_run(State(app): State<App>, Path(path): Path<RunPath>) -> Shown<RunDetail> {
    app.read(path.run, |of| Ok(RunDetail::of(of))).await
}
