//! Leaving a programme.

use crate::{
    api::{KeyHeader, ParticipantPath, Path, Problems, Shown, WriteNothing},
    app::App,
};
use axum::extract::State;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::ParticipantView};

/// Lets a participant leave. Their pairs end, and the template decides what becomes of their partners.
#[utoipa::path(post, path = "/runs/{run}/participants/{participant}/withdraw", tag = "participants",
    params(ParticipantPath, KeyHeader),
    responses((status = 200, description = "The participant", body = ParticipantView), Problems))]
pub(crate) async fn withdraw_participant(
    State(app): State<App>,
    Path(ParticipantPath { run, participant }): Path<ParticipantPath>,
    write: WriteNothing,
) -> Shown<ParticipantView> {
    let request = Request::from(Input::Withdraw { participant }).once(write.once);
    super::change(&app, run, participant, request).await
}
