//! Answering a survey.

use crate::{
    api::{Fault, KeyHeader, Path, Problems, WavePath, Write},
    app::App,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_live::{Act, Request, views::WaveView};
use turnabout_model::ParticipantId;
use utoipa::ToSchema;

/// One person's answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"participant": "person-12", "answers": {
    "open": 4, "again": "yes", "choices": ["person-3", ["person-4", "person-5"], "person-7"]
}}))]
pub(crate) struct Respond {
    /// Who answers.
    #[schema(value_type = String, example = "person-12")]
    participant: ParticipantId,
    /// The answers by question. A ballot, which is a `ranking` without choices, is a list of ids, the most wanted first; an inner
    /// list is one place that several people share, wanted equally.
    #[schema(value_type = Object)]
    answers: BTreeMap<SmolStr, serde_json::Value>,
    /// The language in which to say what is wrong, for example `cy`; the survey's own if it is left out.
    #[schema(value_type = Option<String>)]
    #[serde(default, deserialize_with = "crate::api::language")]
    language: Option<SmolStr>,
}

/// Takes one person's answers; if something is wrong with them, all of it is said at once.
#[utoipa::path(post, path = "/runs/{run}/waves/{wave}/responses", tag = "surveys", params(WavePath, KeyHeader),
    request_body = Respond,
    responses((status = 201, description = "The wave, with one answer more", body = WaveView),
        (status = 200, description = "An earlier request with the same key did it", body = WaveView), Problems))]
pub(crate) async fn respond(
    State(app): State<App>,
    Path(WavePath { run, wave }): Path<WavePath>,
    write: Write<Respond>,
) -> Result<(StatusCode, Json<WaveView>), Fault> {
    let Respond { participant, answers, language } = write.body;
    let request = Request::from(Act::Respond { wave, participant, answers, language }).once(write.once);
    let responded = app.submit(run, request, move |d| {
        d.after.run.wave(wave).map(WaveView::of).expect("invariant: the core has taken the answers")
    });
    let outcome = responded.await?;
    let status = if outcome.replayed { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(outcome.answer)))
}
