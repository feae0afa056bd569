//! Calling a session off.

use crate::{
    api::{KeyHeader, Path, Problems, SessionPath, Shown, Write},
    app::App,
    routes::runs::cancel::Reason,
};
use axum::extract::State;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::SessionView};

/// Calls a session off. Those invited are told if the template has the message.
#[utoipa::path(post, path = "/runs/{run}/sessions/{session}/cancel", tag = "diary", params(SessionPath, KeyHeader),
    request_body = Reason, responses((status = 200, description = "The session", body = SessionView), Problems))]
pub(crate) async fn cancel_session(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
    write: Write<Reason>,
) -> Shown<SessionView> {
    let reason = write.body.checked()?;
    let request = Request::from(Input::CancelSession { session, reason }).once(write.once);
    super::change(&app, run, session, request).await
}
