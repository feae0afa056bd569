//! Noting that a session took place.

use crate::{
    api::{KeyHeader, Path, Problems, SessionPath, Shown, Write},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::SessionView};
use turnabout_model::ParticipantId;
use utoipa::ToSchema;

/// Who came to a session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"attended": ["person-1", "person-11"]}))]
pub(crate) struct Held {
    /// The ids of those who came; nobody else was there.
    #[schema(value_type = Vec<String>)]
    attended: Vec<ParticipantId>,
}

/// Notes that a session took place, and who came.
#[utoipa::path(post, path = "/runs/{run}/sessions/{session}/held", tag = "diary", params(SessionPath, KeyHeader),
    request_body = Held, responses((status = 200, description = "The session", body = SessionView), Problems))]
pub(crate) async fn hold_session(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
    write: Write<Held>,
) -> Shown<SessionView> {
    let request = Request::from(Input::HoldSession { session, attended: write.body.attended }).once(write.once);
    super::change(&app, run, session, request).await
}
