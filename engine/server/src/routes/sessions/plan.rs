//! Planning a session that the script did not ask for.

use crate::{
    api::{Created, Fault, KeyHeader, Path, Problems, RunPath, Write, moment},
    app::App,
};
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use smol_str::SmolStr;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::SessionView};
use turnabout_model::ParticipantId;
use utoipa::ToSchema;

/// A session beside those that the script asks for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "group-call extra", "audience": ["person-1", "person-11"], "starts": "2026-06-02T14:00:00Z"}))]
pub(crate) struct PlanSession {
    /// A kind of session of the template's diary, with a number or words after it if need be.
    #[schema(value_type = String, example = "group-call extra")]
    name: SmolStr,
    /// Who is invited.
    #[schema(value_type = Vec<String>)]
    audience: Vec<ParticipantId>,
    /// When it starts, as RFC 3339.
    #[schema(value_type = String, format = DateTime, example = "2026-06-02T14:00:00Z")]
    #[serde(deserialize_with = "moment")]
    starts: Timestamp,
}

/// Plans a session and invites to it. It counts for the gates that ask for its kind; the script does not wait for it.
#[utoipa::path(post, path = "/runs/{run}/sessions", tag = "diary", params(RunPath, KeyHeader),
    request_body = PlanSession,
    responses((status = 201, description = "The session", body = SessionView),
        (status = 200, description = "An earlier request with the same key did it", body = SessionView), Problems))]
pub(crate) async fn plan_session(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<PlanSession>,
) -> Result<Created<SessionView>, Fault> {
    let PlanSession { name, audience, starts } = write.body;
    let request = Request::from(Input::PlanSession { name, audience, starts }).once(write.once);
    let planned = app.submit(path.run.clone(), request, |d| {
        d.after.run.sessions.last().map(SessionView::of).expect("invariant: the core has planned it")
    });
    let outcome = planned.await?;
    let location = format!("/api/v1/runs/{}/sessions/{}", path.run, outcome.answer.id);
    Ok(Created { location, body: outcome.answer, replayed: outcome.replayed })
}
