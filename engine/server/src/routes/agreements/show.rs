//! One agreement.

use crate::{
    api::{AgreementPath, Path, Problems, Shown},
    app::App,
};
use axum::extract::State;
use std::sync::Arc;
use turnabout_live::views::AgreementDetail;

/// Shows an agreement with its text as the two of the pair read it.
#[utoipa::path(get, path = "/runs/{run}/agreements/{agreement}", tag = "agreements", params(AgreementPath),
    responses((status = 200, description = "The agreement", body = AgreementDetail), Problems))]
pub(crate) async fn show_agreement(
    State(app): State<App>,
    Path(AgreementPath { run, agreement }): Path<AgreementPath>,
) -> Shown<AgreementDetail> {
    let letters = Arc::clone(&app.letters);
    app.read(run, move |of| letters.agreement(of, agreement)).await
}
