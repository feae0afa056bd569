//! One session.

use crate::{
    api::{Path, Problems, SessionPath, Shown},
    app::App,
};
use axum::extract::State;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::SessionView};

/// Shows a session: when it is, who is invited and who came.
#[utoipa::path(get, path = "/runs/{run}/sessions/{session}", tag = "diary", params(SessionPath),
    responses((status = 200, description = "The session", body = SessionView), Problems))]
pub(crate) async fn show_session(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
) -> Shown<SessionView> {
    app.read(run, move |of| {
        let found = of.run.session(session).map(SessionView::of);
        found.ok_or_else(|| LiveError::NotInRun(format_smolstr!("{session}")))
    })
    .await
}
