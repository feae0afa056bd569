//! One draft of pairs.

use crate::{
    api::{Path, Problems, ProposalPath, Shown},
    app::App,
};
use axum::extract::State;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::ProposalView};

/// Shows a draft of pairs: each with its score, and who is in none and why, and lists the drafts before it.
#[utoipa::path(get, path = "/runs/{run}/proposals/{proposal}", tag = "matching", params(ProposalPath),
    responses((status = 200, description = "The proposal", body = ProposalView), Problems))]
pub(crate) async fn show_proposal(
    State(app): State<App>,
    Path(ProposalPath { run, proposal }): Path<ProposalPath>,
) -> Shown<ProposalView> {
    app.read(run, move |of| {
        let found = of.run.proposal(proposal).map(ProposalView::of);
        found.ok_or_else(|| LiveError::NotInRun(format_smolstr!("{proposal}")))
    })
    .await
}
