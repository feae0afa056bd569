//! The drafts of pairs of a run.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::{Page, ProposalView};

/// Lists the drafts of pairs, with scores.
#[utoipa::path(get, path = "/runs/{run}/proposals", tag = "matching", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of proposals", body = Page<ProposalView>), Problems))]
pub(crate) async fn list_proposals(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<ProposalView> {
    let place = page.counted(&app.limits)?;
    app.read(path.run, move |of| Ok(page_of(of.run.proposals.iter().map(ProposalView::of), |item| item.id.0, place)))
        .await
}
