//! People in a run.

pub(crate) mod add;
pub(crate) mod certificate;
pub(crate) mod consent;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod send_again;
pub(crate) mod set_status;
pub(crate) mod show;
pub(crate) mod withdraw;

use crate::{
    api::{Fault, Shown},
    app::App,
};
use axum::http::StatusCode;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, Request, views::ParticipantView};
use turnabout_model::{ParticipantId, ParticipantStatus, RunId};

/// Where somebody who comes in or is answered can stand: leaving is an operation of its own.
fn standing(status: Option<ParticipantStatus>) -> Result<ParticipantStatus, Fault> {
    match status.unwrap_or(ParticipantStatus::Accepted) {
        ParticipantStatus::Withdrawn => Err(Fault::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "request::status",
            "'withdrawn' can't be given as a status",
            "Use the operation that withdraws a participant.",
        )),
        status => Ok(status),
    }
}

/// Changes a participant and shows them.
///
/// The stored answer of a request with a key holds no personal data: the view is read after it.
async fn change(app: &App, run: RunId, participant: ParticipantId, request: Request) -> Shown<ParticipantView> {
    app.submit(run.clone(), request, |_| ()).await?;
    app.read(run, move |of| {
        ParticipantView::of(of, participant).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{participant}")))
    })
    .await
}
