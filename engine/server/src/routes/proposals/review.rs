//! Why two people are a pair of a draft, or are not.

use crate::{
    api::{Path, Problems, ProposedPairPath, Shown},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::PairReviewView;

/// Says why a draft pairs a mentor and a mentee or does not, rule by rule, and what would be instead.
#[utoipa::path(get, path = "/runs/{run}/proposals/{proposal}/pairs/{mentor}/{mentee}", tag = "matching",
    params(ProposedPairPath),
    responses((status = 200, description = "Why, and what instead", body = PairReviewView), Problems))]
pub(crate) async fn review_pair(State(app): State<App>, Path(path): Path<ProposedPairPath>) -> Shown<PairReviewView> {
    let ProposedPairPath { run, proposal, mentor, mentee } = path;
    Ok(Json(app.engine(move |engine| engine.review_pair(&run, proposal, mentor, mentee)).await?))
}
