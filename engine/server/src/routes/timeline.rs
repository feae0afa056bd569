//! What happened, for people.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::{Page, TimelineItem};

/// Tells what happened in a run, in sentences with ids instead of names. Steps of the script are left out.
#[utoipa::path(get, path = "/runs/{run}/timeline", tag = "records", params(RunPath, PageQuery),
    responses((status = 200, description = "A page", body = Page<TimelineItem>), Problems))]
pub(crate) async fn show_timeline(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<TimelineItem> {
    let place = page.counted(&app.limits)?;
    app.engine(move |engine| engine.timeline(&path.run, place.after, place.limit)).await.map(Json)
}
