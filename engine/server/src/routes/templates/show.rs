//! One template.

use crate::{
    api::{Path, Problems, Shown, TemplatePath},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::TemplateDetail;

/// Shows a template by its name or by the hash of a version: its settings, what it asks about people, its diary.
#[utoipa::path(get, path = "/templates/{template}", tag = "templates", params(TemplatePath),
    responses((status = 200, description = "The template", body = TemplateDetail), Problems))]
pub(crate) async fn show_template(State(app): State<App>, Path(path): Path<TemplatePath>) -> Shown<TemplateDetail> {
    app.engine(move |engine| engine.template(&path.template)).await.map(Json)
}
