//! The agreements that were put before pairs.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use turnabout_live::views::{AgreementView, Page};

/// Lists the agreements that were put before pairs, and who has signed.
#[utoipa::path(get, path = "/runs/{run}/agreements", tag = "agreements", params(RunPath, PageQuery),
    responses((status = 200, description = "A page of agreements", body = Page<AgreementView>), Problems))]
pub(crate) async fn list_agreements(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(page): Query<PageQuery>,
) -> Listed<AgreementView> {
    let place = page.counted(&app.limits)?;
    app.read(path.run, move |of| Ok(page_of(of.run.agreements.iter().map(AgreementView::of), |item| item.id.0, place)))
        .await
}
