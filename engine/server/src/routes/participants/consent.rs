//! Consent to be contacted about later cohorts.

use crate::{
    api::{ParticipantPath, Path, Problems, Shown, Write},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::ParticipantView};
use utoipa::ToSchema;

/// What a participant said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"given": true}))]
pub(crate) struct AlumniConsent {
    /// True if they agree to be contacted about the cohorts after theirs; false if they don't, or no longer do.
    given: bool,
}

/// Notes whether a participant agrees to be contacted as an alumnus, after the end too. Without it nothing of them passes
/// to the run that renews theirs; with it their name, address and role do.
#[utoipa::path(put, path = "/runs/{run}/participants/{participant}/consents/alumni", tag = "participants",
    params(ParticipantPath), request_body = AlumniConsent,
    responses((status = 200, description = "The participant", body = ParticipantView), Problems))]
pub(crate) async fn keep_alumni_consent(
    State(app): State<App>,
    Path(ParticipantPath { run, participant }): Path<ParticipantPath>,
    write: Write<AlumniConsent>,
) -> Shown<ParticipantView> {
    let (given, of) = (write.body.given, run.clone());
    app.engine(move |engine| engine.keep_consent(&of, participant, given)).await?;
    app.read(run, move |of| {
        ParticipantView::of(of, participant).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{participant}")))
    })
    .await
}
