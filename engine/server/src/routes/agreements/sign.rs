//! Signing an agreement.

use crate::{
    api::{AgreementPath, Fault, KeyHeader, Path, Problems, Write},
    app::App,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::AgreementView};
use turnabout_model::ParticipantId;
use utoipa::ToSchema;

/// Who signs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"participant": "person-12"}))]
pub(crate) struct Sign {
    /// One of the two of the pair.
    #[schema(value_type = String, example = "person-12")]
    participant: ParticipantId,
}

/// Takes the signature of one of the two of a pair under their agreement.
#[utoipa::path(post, path = "/runs/{run}/agreements/{agreement}/signatures", tag = "agreements",
    params(AgreementPath, KeyHeader), request_body = Sign,
    responses((status = 201, description = "The agreement, with one signature more", body = AgreementView),
        (status = 200, description = "An earlier request with the same key did it", body = AgreementView), Problems))]
pub(crate) async fn sign_agreement(
    State(app): State<App>,
    Path(AgreementPath { run, agreement }): Path<AgreementPath>,
    write: Write<Sign>,
) -> Result<(StatusCode, Json<AgreementView>), Fault> {
    let participant = write.body.participant;
    let request = Request::from(Input::Sign { agreement, participant }).once(write.once);
    let signed = app.submit(run, request, move |d| {
        d.after.run.agreement(agreement).map(AgreementView::of).expect("invariant: the core has taken the signature")
    });
    let outcome = signed.await?;
    let status = if outcome.replayed { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(outcome.answer)))
}
