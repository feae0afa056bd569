//! Letters that somebody has lost.

use crate::{
    api::{KeyHeader, ParticipantPath, Path, Problems, Shown, WriteNothing},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::SentAgain};

/// Sends somebody again the last letter about each survey that they can still answer and each agreement that they can still
/// sign, with the same links.
#[utoipa::path(post, path = "/runs/{run}/participants/{participant}/send-again", tag = "participants",
    params(ParticipantPath, KeyHeader),
    responses((status = 200, description = "What is sent again", body = SentAgain), Problems))]
pub(crate) async fn send_letters_again(
    State(app): State<App>,
    Path(ParticipantPath { run, participant }): Path<ParticipantPath>,
    write: WriteNothing,
) -> Shown<SentAgain> {
    let request = Request::from(Input::SendAgain { participant }).once(write.once);
    let sent = app.submit(run, request, |decision| SentAgain::of(decision.events)).await?;
    Ok(Json(sent.answer))
}
