//! Answers that are not handed in yet.

use super::AnswersSoFar;
use crate::{
    api::{DraftPath, Fault, InLanguage, Path, Problems, Query, Write},
    app::App,
};
use axum::{Json, extract::State, http::HeaderMap};
use turnabout_live::{
    DraftAsked, FormOf,
    views::{DraftView, FormView},
};
use utoipa::IntoParams;

/// The header that gives a draft back.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code)] // it only describes the header
pub(crate) struct DraftKeyHeader {
    /// The key that the first saving gave. Nobody reads or goes on with a draft without it.
    #[param(rename = "Draft-Key", required = false)]
    draft_key: Option<String>,
}

fn key(headers: &HeaderMap) -> Option<String> {
    headers.get("draft-key").and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}

/// Keeps somebody's answers until they hand them in, whatever is wrong with them. The first saving gives a key, which goes
/// on and gives back; saving without it begins anew, and so does the participant who answers by the link in their letter. What is not handed in when the wave closes is deleted. An anonymous
/// survey has no drafts.
#[utoipa::path(put, path = "/runs/{run}/waves/{wave}/drafts/{participant}", tag = "surveys",
    params(DraftPath, DraftKeyHeader), request_body = AnswersSoFar,
    responses((status = 200, description = "How the form stands, with the draft's key", body = DraftView), Problems))]
pub(crate) async fn save_draft(
    State(app): State<App>,
    Path(DraftPath { run, wave, participant }): Path<DraftPath>,
    headers: HeaderMap,
    write: Write<AnswersSoFar>,
) -> Result<Json<DraftView>, Fault> {
    let AnswersSoFar { answers, language } = write.body;
    let (of, key) = (FormOf { wave, participant }, key(&headers));
    let save = app.engine(move |engine| {
        let asked = DraftAsked { key: key.as_deref(), language: language.as_deref() };
        engine.save_draft(&run, of, &answers, asked)
    });
    save.await.map(Json)
}

/// Gives a form back as its participant left it, to whoever has the draft's key.
#[utoipa::path(get, path = "/runs/{run}/waves/{wave}/drafts/{participant}", tag = "surveys",
    params(DraftPath, DraftKeyHeader, InLanguage),
    responses((status = 200, description = "How the form stands", body = FormView), Problems))]
pub(crate) async fn show_draft(
    State(app): State<App>,
    Path(DraftPath { run, wave, participant }): Path<DraftPath>,
    Query(language): Query<InLanguage>,
    headers: HeaderMap,
) -> Result<Json<FormView>, Fault> {
    let language = language.tag()?;
    let (of, key) = (FormOf { wave, participant }, key(&headers));
    // No key is a wrong key.
    let key = key.unwrap_or_default();
    app.engine(move |engine| engine.draft(&run, of, &key, language.as_deref())).await.map(Json)
}
