//! One participant.

use crate::{
    api::{ParticipantPath, Path, Problems, Shown},
    app::App,
};
use axum::extract::State;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::ParticipantView};

/// Shows a participant. Special-category attributes are shown to nobody.
#[utoipa::path(get, path = "/runs/{run}/participants/{participant}", tag = "participants", params(ParticipantPath),
    responses((status = 200, description = "The participant", body = ParticipantView), Problems))]
pub(crate) async fn show_participant(
    State(app): State<App>,
    Path(ParticipantPath { run, participant }): Path<ParticipantPath>,
) -> Shown<ParticipantView> {
    app.read(run, move |of| {
        ParticipantView::of(of, participant).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{participant}")))
    })
    .await
}
