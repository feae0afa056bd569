//! Checking a list of people against a template.

use crate::{
    api::{Path, Problems, Shown, TemplatePath, WriteCsv},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::Checked;

/// Reads a list for a template and takes nobody in: the answer names every row that is wrong.
#[utoipa::path(post, path = "/templates/{template}/people/check", tag = "templates", params(TemplatePath),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, description = "What the list holds", body = Checked), Problems))]
pub(crate) async fn check_people(
    State(app): State<App>,
    Path(path): Path<TemplatePath>,
    write: WriteCsv,
) -> Shown<Checked> {
    app.engine(move |engine| engine.check_people(&path.template, &write.csv)).await.map(Json)
}
