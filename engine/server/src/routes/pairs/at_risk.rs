//! Pairs that may need help.

use crate::{
    api::{Fault, Path, Problems, RunPath},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::PairAtRisk;

/// Lists the pairs that may need help, with the codes of the template's risk plan: from their check-ins, and never by what
/// anybody wrote. It is empty if the template has no such plan.
#[utoipa::path(get, path = "/runs/{run}/risks", tag = "matching", params(RunPath),
    responses((status = 200, description = "The pairs", body = Vec<PairAtRisk>), Problems))]
pub(crate) async fn list_pairs_at_risk(
    State(app): State<App>,
    Path(RunPath { run }): Path<RunPath>,
) -> Result<Json<Vec<PairAtRisk>>, Fault> {
    app.engine(move |engine| engine.pairs_at_risk(&run)).await.map(Json)
}
