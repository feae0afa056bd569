//! Declining a partner.

use crate::{
    api::{KeyHeader, PairPath, Path, Problems, Shown, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use turnabout_live::{Act, Request, views::PairView};
use turnabout_model::ParticipantId;
use utoipa::ToSchema;

/// Who declines.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"by": "person-12"}))]
pub(crate) struct Decline {
    /// One of the two. The answer, the journal and the timeline do not say which.
    #[schema(value_type = String)]
    by: ParticipantId,
}

/// Ends a pair that one of the two does not want, in private: the two are never paired again, and nobody learns whose
/// word it was.
#[utoipa::path(post, path = "/runs/{run}/pairs/{pair}/decline", tag = "matching", params(PairPath, KeyHeader),
    request_body = Decline, responses((status = 200, description = "The pair", body = PairView), Problems))]
pub(crate) async fn decline_pair(
    State(app): State<App>,
    Path(PairPath { run, pair }): Path<PairPath>,
    write: Write<Decline>,
) -> Shown<PairView> {
    let request = Request::from(Act::DeclinePair { pair, by: write.body.by }).once(write.once);
    let ended = app.submit(run, request, move |d| {
        d.after.run.pair(pair).map(PairView::of).expect("invariant: the core has ended it")
    });
    Ok(Json(ended.await?.answer))
}
