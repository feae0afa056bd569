//! The journal as stored.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::{JournalEntry, Page};

/// Shows the journal of a run as it is stored.
#[utoipa::path(get, path = "/runs/{run}/journal", tag = "records", params(RunPath, PageQuery),
    responses((status = 200, description = "A page", body = Page<JournalEntry>), Problems))]
pub(crate) async fn show_journal(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<JournalEntry> {
    let place = page.counted(&app.limits)?;
    app.engine(move |engine| engine.journal(&path.run, place.after, place.limit)).await.map(Json)
}
