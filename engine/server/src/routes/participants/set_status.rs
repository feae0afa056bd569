//! Answering an applicant.

use crate::{
    api::{KeyHeader, ParticipantPath, Path, Problems, Shown, Write},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::ParticipantView};
use turnabout_model::ParticipantStatus;
use utoipa::ToSchema;

/// Where a participant stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"status": "accepted"}))]
pub(crate) struct SetStatus {
    /// `accepted`, `waiting`, `declined` or `applied`.
    #[schema(value_type = String, example = "accepted")]
    status: ParticipantStatus,
}

/// Accepts or declines a person, or puts them on the waiting list; they are told if the template has the message.
#[utoipa::path(put, path = "/runs/{run}/participants/{participant}/status", tag = "participants",
    params(ParticipantPath, KeyHeader), request_body = SetStatus,
    responses((status = 200, description = "The participant", body = ParticipantView), Problems))]
pub(crate) async fn set_participant_status(
    State(app): State<App>,
    Path(ParticipantPath { run, participant }): Path<ParticipantPath>,
    write: Write<SetStatus>,
) -> Shown<ParticipantView> {
    let status = super::standing(Some(write.body.status))?;
    let request = Request::from(Input::SetStatus { participant, status }).once(write.once);
    super::change(&app, run, participant, request).await
}
