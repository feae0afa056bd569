//! The surveys that were sent.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::{Page, WaveView};

/// Lists the surveys that were sent: how many were asked and how many have answered.
#[utoipa::path(get, path = "/runs/{run}/waves", tag = "surveys", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of waves", body = Page<WaveView>), Problems))]
pub(crate) async fn list_waves(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<WaveView> {
    let place = page.counted(&app.limits)?;
    app.read(path.run, move |of| Ok(page_of(of.run.waves.iter().map(WaveView::of), |item| item.id.0, place))).await
}
