//! Messages that wait to be sent.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::{OutboxItem, Page};

/// Lists messages of a run that wait to be sent: whom they go to and what they speak of, by ids.
#[utoipa::path(get, path = "/runs/{run}/outbox", tag = "records", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of messages", body = Page<OutboxItem>), Problems))]
pub(crate) async fn list_outbox(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<OutboxItem> {
    let place = page.counted(&app.limits)?;
    app.engine(move |engine| engine.pending(&path.run, place.after, place.limit)).await.map(Json)
}
