//! Taking in a list of people.

use crate::{
    api::{KeyHeader, Path, Problems, Query, RunPath, Shown, WriteCsv},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use turnabout_live::{Engine, views::Added};
use turnabout_model::ParticipantStatus;
use utoipa::IntoParams;

/// Where the people of a list stand.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// `accepted` if nothing is said, or `applied`, `waiting`, `declined`.
    #[param(value_type = Option<String>)]
    status: Option<ParticipantStatus>,
    /// True to pass over those who take part already; otherwise such a list is refused.
    #[serde(default)]
    skip_known: bool,
}

/// Takes in everyone on a list, or nobody: the answer then names every row that is wrong.
///
/// The columns are `role`, `name`, `email`, `manager`, one for each attribute of the template, and `consent`.
#[utoipa::path(post, path = "/runs/{run}/participants/import", tag = "participants",
    params(RunPath, ImportQuery, KeyHeader), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, description = "Who was taken in", body = Added), Problems))]
pub(crate) async fn import_participants(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(query): Query<ImportQuery>,
    write: WriteCsv,
) -> Shown<Added> {
    let status = super::standing(query.status)?;
    let import = move |engine: &Engine| {
        let take_in = if query.skip_known { Engine::import_new } else { Engine::import };
        take_in(engine, &path.run, &write.csv, status, write.once)
    };
    Ok(Json(app.engine(import).await?.answer))
}
