//! What a run got to know from the one that it renews.

use crate::{
    api::{Path, Problems, RunPath, Shown},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::LessonsView;

/// Shows what the run before learned; nothing for a run that renews none.
#[utoipa::path(get, path = "/runs/{run}/lessons", tag = "runs", params(RunPath),
    responses((status = 200, description = "The learning points", body = LessonsView), Problems))]
pub(crate) async fn show_lessons(State(app): State<App>, Path(path): Path<RunPath>) -> Shown<LessonsView> {
    app.read(path.run, |of| Ok(LessonsView::of(of))).await
}
