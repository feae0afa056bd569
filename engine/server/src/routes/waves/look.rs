//! What a form asks, given some answers.

use super::AnswersSoFar;
use crate::{
    api::{Fault, Path, Problems, WavePath, Write},
    app::App,
};
use axum::{Json, extract::State};
use turnabout_live::views::FormView;

/// Says what a form asks and what is wrong with answers to it. Nothing is kept, so it serves anonymous surveys too.
#[utoipa::path(post, path = "/runs/{run}/waves/{wave}/form", tag = "surveys", params(WavePath),
    request_body = AnswersSoFar,
    responses((status = 200, description = "How the form stands", body = FormView), Problems))]
pub(crate) async fn look_at_form(
    State(app): State<App>,
    Path(WavePath { run, wave }): Path<WavePath>,
    write: Write<AnswersSoFar>,
) -> Result<Json<FormView>, Fault> {
    let AnswersSoFar { answers, language } = write.body;
    app.engine(move |engine| engine.look_at_form(&run, wave, &answers, language.as_deref())).await.map(Json)
}
