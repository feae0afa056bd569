//! Making a draft of pairs again.

use crate::{
    api::{KeyHeader, Path, Problems, ProposalPath, Shown, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{
    Request,
    views::{ProposalView, TwoPeople},
};
use utoipa::ToSchema;

/// What a draft is to be made again with. Pins and bans of an earlier time no longer hold unless they are here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revision {
    /// Pairs that must be.
    #[serde(default)]
    #[schema(max_items = 10_000)]
    pin: Vec<TwoPeople>,
    /// Pairs that must not be.
    #[serde(default)]
    #[schema(max_items = 10_000)]
    forbid: Vec<TwoPeople>,
}

/// Makes a draft again with pairs that must or must not be, and shows what became different.
#[utoipa::path(post, path = "/runs/{run}/proposals/{proposal}/revise", tag = "matching",
    params(ProposalPath, KeyHeader), request_body = Revision,
    responses((status = 200, description = "The proposal as it is now", body = ProposalView), Problems))]
pub(crate) async fn revise_proposal(
    State(app): State<App>,
    Path(ProposalPath { run, proposal }): Path<ProposalPath>,
    write: Write<Revision>,
) -> Shown<ProposalView> {
    let both = |two: Vec<TwoPeople>| two.into_iter().map(|two| (two.mentor, two.mentee)).collect();
    let Revision { pin, forbid } = write.body;
    let input = Input::ReviseProposal { proposal, pinned: both(pin), forbidden: both(forbid) };
    let request = Request::from(input).once(write.once);
    let revised = app.submit(run, request, move |d| {
        let proposal = d.after.run.proposal(proposal);
        proposal.map(ProposalView::of).expect("invariant: the core has made it again")
    });
    Ok(Json(revised.await?.answer))
}
