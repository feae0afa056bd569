//! What a programme came to, as far as it may be shown.

use crate::{
    api::{Fault, Path, Problems, Query, RunPath, Shown},
    app::App,
};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;
use turnabout_core::results::Evaluation;
use turnabout_render::evaluation::{NamedLists, csv, html};
use utoipa::IntoParams;

/// Whether people are named on the page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NamesQuery {
    /// Whether people are named who asked for something, for example for development. They agreed that those hear of it
    /// who can give it to them; without this it is said that there are some.
    #[serde(default)]
    names: bool,
}

impl NamesQuery {
    fn told(&self, evaluation: Evaluation) -> Evaluation {
        if self.names { evaluation } else { evaluation.without_names() }
    }
}

/// Works out what a programme came to: answers to closed surveys, what changed, stories, themes, learning points. One
/// gate withholds whatever could tell about too few people.
#[utoipa::path(get, path = "/runs/{run}/evaluation", tag = "results", params(RunPath, NamesQuery),
    responses((status = 200, description = "The evaluation", body = Object), Problems))]
pub(crate) async fn show_evaluation(
    State(app): State<App>,
    Path(RunPath { run }): Path<RunPath>,
    Query(query): Query<NamesQuery>,
) -> Shown<Evaluation> {
    app.engine(move |engine| engine.evaluation(&run)).await.map(|evaluation| Json(query.told(evaluation)))
}

/// Gives the figures of the evaluation as a table: survey, wave, question, view, figure, value.
#[utoipa::path(get, path = "/runs/{run}/evaluation/csv", tag = "results", params(RunPath),
    responses((status = 200, description = "The figures", body = String, content_type = "text/csv"), Problems))]
pub(crate) async fn list_figures(
    State(app): State<App>,
    Path(RunPath { run }): Path<RunPath>,
) -> Result<Response, Fault> {
    let evaluation = app.engine(move |engine| engine.evaluation(&run)).await?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv(&evaluation)).into_response())
}

/// Shows the evaluation as a page to read and print.
#[utoipa::path(get, path = "/runs/{run}/evaluation/page", tag = "results", params(RunPath, NamesQuery),
    responses((status = 200, description = "A page", body = String, content_type = "text/html"), Problems))]
pub(crate) async fn print_evaluation(
    State(app): State<App>,
    Path(RunPath { run }): Path<RunPath>,
    Query(query): Query<NamesQuery>,
) -> Result<Response, Fault> {
    let names = if query.names { NamedLists::Told } else { NamedLists::LeftOut };
    let found = app.engine(move |engine| {
        let evaluation = engine.evaluation(&run)?;
        let (zone, look) = engine.read(&run, |of| (of.run.zone.clone(), of.contacts.look()))?;
        Ok((evaluation, engine.clock().now().to_zoned(zone).date(), look))
    });
    let (evaluation, made, look) = found.await?;
    Ok(Html(html(&evaluation, Some(made), names, &look)).into_response())
}
