//! The concerns of a run, by number.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::{ConcernView, Page};

/// Lists concerns by number. What they say is for the contact alone.
#[utoipa::path(get, path = "/runs/{run}/concerns", tag = "concerns", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of concerns", body = Page<ConcernView>), Problems))]
pub(crate) async fn list_concerns(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<ConcernView> {
    let place = page.counted(&app.limits)?;
    app.read(path.run, move |of| Ok(page_of(of.run.concerns.iter().map(ConcernView::of), |item| item.id.0, place)))
        .await
}
