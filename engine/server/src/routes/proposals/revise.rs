//! Making a draft of pairs again.

use crate::{
    api::{Fault, KeyHeader, Path, Problems, ProposalPath, Shown, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{
    Request,
    views::{ProposalView, TwoPeople},
};
use turnabout_model::ProposalId;
use utoipa::ToSchema;

/// What a draft is to be made again with. Pins and bans of an earlier time no longer hold unless they are here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"pin": [{"mentor": "person-1", "mentee": "person-11"}], "forbid": [{"mentor": "person-2", "mentee": "person-12"}]}))]
pub(crate) struct Revision {
    /// Pairs that must be.
    #[serde(default)]
    #[schema(max_items = 10_000)]
    pin: Vec<TwoPeople>,
    /// Pairs that must not be.
    #[serde(default)]
    #[schema(max_items = 10_000)]
    forbid: Vec<TwoPeople>,
    /// The number of an earlier draft to take up again as it was, with its pins and bans: then none are given.
    draft: Option<u32>,
}

impl Revision {
    fn input(self, proposal: ProposalId) -> Result<Input, Fault> {
        let both = |two: Vec<TwoPeople>| two.into_iter().map(|two| (two.mentor, two.mentee)).collect();
        match self {
            Self { pin, forbid, draft: None } => {
                Ok(Input::ReviseProposal { proposal, pinned: both(pin), forbidden: both(forbid) })
            }
            Self { pin, forbid, draft: Some(draft) } if pin.is_empty() && forbid.is_empty() => {
                Ok(Input::TakeUpDraft { proposal, draft })
            }
            _ => {
                let detail = "an earlier draft is taken up as it was, so `draft` has no `pin` or `forbid` beside it";
                Err(Fault::bad_request("request::json", detail, "Take it up first, then revise it."))
            }
        }
    }
}

/// Makes a draft again with pairs that must or must not be, or takes an earlier one up again, and shows what became
/// different.
#[utoipa::path(post, path = "/runs/{run}/proposals/{proposal}/revise", tag = "matching",
    params(ProposalPath, KeyHeader), request_body = Revision,
    responses((status = 200, description = "The proposal as it is now", body = ProposalView), Problems))]
pub(crate) async fn revise_proposal(
    State(app): State<App>,
    Path(ProposalPath { run, proposal }): Path<ProposalPath>,
    write: Write<Revision>,
) -> Shown<ProposalView> {
    let request = Request::from(write.body.input(proposal)?).once(write.once);
    let revised = app.submit(run, request, move |d| {
        let proposal = d.after.run.proposal(proposal);
        proposal.map(ProposalView::of).expect("invariant: the core has made it again")
    });
    Ok(Json(revised.await?.answer))
}
