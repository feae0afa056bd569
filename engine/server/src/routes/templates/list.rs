//! The templates that are installed.

use crate::{
    api::{Listed, Problems},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::{Page, TemplateSummary};

/// Lists the templates that are installed, every version, the latest of a name first.
#[utoipa::path(get, path = "/templates", tag = "templates",
    responses((status = 200, description = "The templates, on one page", body = Page<TemplateSummary>), Problems))]
pub(crate) async fn list_templates(State(app): State<App>) -> Listed<TemplateSummary> {
    Ok(Json(Page { items: app.engine.templates(), next: None }))
}
