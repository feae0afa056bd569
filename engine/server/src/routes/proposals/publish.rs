//! Publishing a draft of pairs.

use crate::{
    api::{KeyHeader, Path, Problems, ProposalPath, Shown, WriteNothing},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::ProposalView};

/// Publishes a draft: its pairs are formed, those whose members still take part and are free; `left_out` lists the others. A
/// draft of which no pair can be formed any more is refused.
#[utoipa::path(post, path = "/runs/{run}/proposals/{proposal}/publish", tag = "matching",
    params(ProposalPath, KeyHeader),
    responses((status = 200, description = "The proposal", body = ProposalView), Problems))]
pub(crate) async fn publish_proposal(
    State(app): State<App>,
    Path(ProposalPath { run, proposal }): Path<ProposalPath>,
    write: WriteNothing,
) -> Shown<ProposalView> {
    let request = Request::from(Input::PublishProposal { proposal }).once(write.once);
    let published = app.submit(run, request, move |d| {
        let proposal = d.after.run.proposal(proposal);
        proposal.map(ProposalView::of).expect("invariant: the core has published it")
    });
    Ok(Json(published.await?.answer))
}
