//! All runs.

use crate::{
    api::{Listed, PageQuery, Problems, Query},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::{Page, RunSummary};

/// Lists runs in the order in which they started.
#[utoipa::path(get, path = "/runs", tag = "runs", params(PageQuery),
    responses((status = 200, description = "A page of runs", body = Page<RunSummary>), Problems))]
pub(crate) async fn list_runs(State(app): State<App>, Query(page): Query<PageQuery>) -> Listed<RunSummary> {
    let limit = page.limit(&app.limits)?;
    app.engine(move |engine| engine.runs(page.after.as_deref(), limit)).await.map(Json)
}
