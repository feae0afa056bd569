//! A participant's certificate.

use crate::{
    api::{Fault, ParticipantPath, Path, Problems},
    app::App,
};
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use turnabout_render::pages::certificate_page;

/// Shows what a participant did as a certificate to print: for those who completed the programme.
#[utoipa::path(get, path = "/runs/{run}/participants/{participant}/certificate/page", tag = "participants",
    params(ParticipantPath),
    responses((status = 200, description = "A page", body = String, content_type = "text/html"), Problems))]
pub(crate) async fn print_certificate(
    State(app): State<App>,
    Path(ParticipantPath { run, participant }): Path<ParticipantPath>,
) -> Result<Response, Fault> {
    let page =
        app.engine(move |engine| engine.read(&run, |of| of.certificate(participant).map(|c| certificate_page(&c)))?);
    Ok(Html(page.await?).into_response())
}
