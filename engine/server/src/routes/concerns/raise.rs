//! Saying that something is wrong.

use crate::{
    api::{Created, Fault, KeyHeader, Path, Problems, RunPath, Write},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use turnabout_live::{Act, Request, views::ConcernView};
use turnabout_model::ParticipantId;
use utoipa::ToSchema;

/// Something that is wrong.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"by": "person-12", "text": "What I said was repeated at work."}))]
pub(crate) struct RaiseConcern {
    /// Who says so, if they want to be known to the contact.
    #[schema(value_type = Option<String>)]
    by: Option<ParticipantId>,
    /// What is wrong. Only the contact reads it.
    #[schema(max_length = 10_000)]
    text: String,
}

/// Raises a concern. Its text goes to the contact alone; everybody else sees that there is one.
#[utoipa::path(post, path = "/runs/{run}/concerns", tag = "concerns", params(RunPath, KeyHeader),
    request_body = RaiseConcern,
    responses((status = 201, description = "It is with the contact", body = ConcernView),
        (status = 200, description = "An earlier request with the same key raised it", body = ConcernView), Problems))]
pub(crate) async fn raise_concern(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<RaiseConcern>,
) -> Result<Created<ConcernView>, Fault> {
    let RaiseConcern { by, text } = write.body;
    let request = Request::from(Act::RaiseConcern { by, text }).once(write.once);
    let raised = app.submit(path.run.clone(), request, |d| {
        d.after.run.concerns.last().map(ConcernView::of).expect("invariant: the core has taken it")
    });
    let outcome = raised.await?;
    let location = format!("/api/v1/runs/{}/concerns", path.run);
    Ok(Created { location, body: outcome.answer, replayed: outcome.replayed })
}
