//! Two drafts of pairs side by side.

use crate::{
    api::{Path, Problems, Query, Shown, TwoProposalsPath},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::ComparisonView};
use utoipa::IntoParams;

/// Which of its drafts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CompareQuery {
    /// The number of a draft of `earlier`, as the proposal lists them; by default the one that it holds now.
    draft: Option<u32>,
}

/// Compares a proposal with another, or with an earlier draft of its own: what is kept, new and gone, and what both score.
#[utoipa::path(get, path = "/runs/{run}/proposals/{proposal}/compare/{earlier}", tag = "matching",
    params(TwoProposalsPath, CompareQuery),
    responses((status = 200, description = "How they differ", body = ComparisonView), Problems))]
pub(crate) async fn compare_proposals(
    State(app): State<App>,
    Path(path): Path<TwoProposalsPath>,
    Query(CompareQuery { draft }): Query<CompareQuery>,
) -> Shown<ComparisonView> {
    let TwoProposalsPath { run, proposal, earlier } = path;
    app.read(run, move |of| {
        let found = |id| of.run.proposal(id).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{id}")));
        let (before, after) = (found(earlier)?, found(proposal)?);
        let number = draft.unwrap_or(before.number);
        let pairs = before.pairs_of(number);
        let pairs = pairs.ok_or_else(|| LiveError::NotInRun(format_smolstr!("draft {number} of {earlier}")))?;
        Ok(ComparisonView::of(pairs, &after.pairs))
    })
    .await
}
