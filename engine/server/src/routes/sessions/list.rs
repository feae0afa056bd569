//! The diary of a run.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::{Page, SessionView};

/// Lists the sessions in the diary, in the order in which they were planned.
#[utoipa::path(get, path = "/runs/{run}/sessions", tag = "diary", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of sessions", body = Page<SessionView>), Problems))]
pub(crate) async fn list_sessions(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<SessionView> {
    let place = page.counted(&app.limits)?;
    app.read(path.run, move |of| Ok(page_of(of.run.sessions.iter().map(SessionView::of), |item| item.id.0, place)))
        .await
}
