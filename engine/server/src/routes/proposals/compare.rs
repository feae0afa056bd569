//! Two drafts of pairs side by side.

use crate::{
    api::{Path, Problems, Shown, TwoProposalsPath},
    app::App,
};
use axum::extract::State;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::ComparisonView};

/// Compares a draft with an earlier one: what is kept, new and gone, and what both score.
#[utoipa::path(get, path = "/runs/{run}/proposals/{proposal}/compare/{earlier}", tag = "matching",
    params(TwoProposalsPath),
    responses((status = 200, description = "How they differ", body = ComparisonView), Problems))]
pub(crate) async fn compare_proposals(
    State(app): State<App>,
    Path(path): Path<TwoProposalsPath>,
) -> Shown<ComparisonView> {
    let TwoProposalsPath { run, proposal, earlier } = path;
    app.read(run, move |of| {
        let pairs = |id| of.run.proposal(id).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{id}")));
        Ok(ComparisonView::of(&pairs(earlier)?.pairs, &pairs(proposal)?.pairs))
    })
    .await
}
