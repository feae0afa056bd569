//! The meetings of pairs.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::{MeetingView, Page};

/// Lists the meetings of pairs: when, how long and how. Nothing more is ever stored.
#[utoipa::path(get, path = "/runs/{run}/meetings", tag = "diary", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of meetings", body = Page<MeetingView>), Problems))]
pub(crate) async fn list_meetings(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<MeetingView> {
    let place = page.counted(&app.limits)?;
    app.read(path.run, move |of| Ok(page_of(of.run.meetings.iter().map(MeetingView::of), |item| item.id.0, place)))
        .await
}
