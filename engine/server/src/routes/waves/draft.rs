//! Answers that are not handed in yet.

use super::AnswersSoFar;
use crate::{
    api::{DraftPath, Fault, InLanguage, Path, Problems, Query, Write},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::{FormOf, views::FormView};

/// Keeps somebody's answers until they hand them in, whatever is wrong with them. What is not handed in when the wave
/// closes is deleted. An anonymous survey has no drafts.
#[utoipa::path(put, path = "/runs/{run}/waves/{wave}/drafts/{participant}", tag = "surveys", params(DraftPath),
    request_body = AnswersSoFar,
    responses((status = 200, description = "How the form stands", body = FormView), Problems))]
pub(crate) async fn save_draft(
    State(app): State<App>,
    Path(DraftPath { run, wave, participant }): Path<DraftPath>,
    write: Write<AnswersSoFar>,
) -> Result<Json<FormView>, Fault> {
    let AnswersSoFar { answers, language } = write.body;
    let of = FormOf { wave, participant };
    app.engine(move |engine| engine.save_draft(&run, of, &answers, language.as_deref())).await.map(Json)
}

/// Gives a form back as its participant left it.
#[utoipa::path(get, path = "/runs/{run}/waves/{wave}/drafts/{participant}", tag = "surveys",
    params(DraftPath, InLanguage),
    responses((status = 200, description = "How the form stands", body = FormView), Problems))]
pub(crate) async fn show_draft(
    State(app): State<App>,
    Path(DraftPath { run, wave, participant }): Path<DraftPath>,
    Query(language): Query<InLanguage>,
) -> Result<Json<FormView>, Fault> {
    let language = language.tag()?;
    let of = FormOf { wave, participant };
    app.engine(move |engine| engine.draft(&run, of, language.as_deref())).await.map(Json)
}
