//! Everyone in a run.

use crate::{
    api::{Listed, PageQuery, Path, Problems, Query, RunPath, page_of},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use turnabout_live::views::{Page, ParticipantView};
use turnabout_model::{ParticipantStatus, Role};
use utoipa::IntoParams;

/// Which participants.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only `mentor` or only `mentee`.
    #[param(value_type = Option<String>)]
    role: Option<Role>,
    /// Only one of `applied`, `accepted`, `waiting`, `declined`, `withdrawn`.
    #[param(value_type = Option<String>)]
    status: Option<ParticipantStatus>,
    /// The `next` of the page before; nothing for the first page.
    after: Option<String>,
    /// How many items at most.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<usize>,
}

/// Lists the participants of a run. Special-category attributes are shown to nobody.
#[utoipa::path(get, path = "/runs/{run}/participants", tag = "participants", params(RunPath, Which),
    responses((status = 200, description = "A page of participants", body = Page<ParticipantView>), Problems))]
pub(crate) async fn list_participants(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    Query(which): Query<Which>,
) -> Listed<ParticipantView> {
    let Which { role, status, after, limit } = which;
    let place = PageQuery { after, limit }.counted(&app.limits)?;
    app.read(path.run, move |of| {
        let asked = |p: &ParticipantView| role.is_none_or(|r| r == p.role) && status.is_none_or(|s| s == p.status);
        Ok(page_of(ParticipantView::all(of).filter(asked), |p| p.id.0, place))
    })
    .await
}
