//! The pairs of a run.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::{Page, PairView};

/// Lists the pairs, ended ones too.
#[utoipa::path(get, path = "/runs/{run}/pairs", tag = "matching", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of pairs", body = Page<PairView>), Problems))]
pub(crate) async fn list_pairs(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<PairView> {
    let place = page.counted(&app.limits)?;
    app.read(path.run, move |of| Ok(page_of(of.run.pairs.iter().map(PairView::of), |item| item.id.0, place))).await
}
