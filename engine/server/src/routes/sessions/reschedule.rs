//! Moving a session.

use crate::{
    api::{KeyHeader, Path, Problems, SessionPath, Shown, Write, moment},
    app::App,
};
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::SessionView};
use utoipa::ToSchema;

/// A session's new time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"starts": "2026-03-17T10:00:00Z"}))]
pub(crate) struct Reschedule {
    /// When it starts, as RFC 3339; it lasts as long as before.
    #[schema(value_type = String, format = DateTime, example = "2026-03-17T10:00:00Z")]
    #[serde(deserialize_with = "moment")]
    starts: Timestamp,
}

/// Moves a session. Those invited are told if the template has the message.
#[utoipa::path(post, path = "/runs/{run}/sessions/{session}/reschedule", tag = "diary", params(SessionPath, KeyHeader),
    request_body = Reschedule, responses((status = 200, description = "The session", body = SessionView), Problems))]
pub(crate) async fn reschedule_session(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
    write: Write<Reschedule>,
) -> Shown<SessionView> {
    let request = Request::from(Input::RescheduleSession { session, starts: write.body.starts }).once(write.once);
    super::change(&app, run, session, request).await
}
