//! One sending of a survey.

use crate::{
    api::{Fault, Path, Problems, Query, Shown, WavePath},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::WaveDetail};
use utoipa::IntoParams;

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InLanguage {
    /// The language of the texts, for example `cy`; the survey's own if it is left out or not there.
    language: Option<String>,
}

/// Shows a wave: its questions and who has not answered yet. What anybody answered is never shown here.
#[utoipa::path(get, path = "/runs/{run}/waves/{wave}", tag = "surveys", params(WavePath, InLanguage),
    responses((status = 200, description = "The wave", body = WaveDetail), Problems))]
pub(crate) async fn show_wave(
    State(app): State<App>,
    Path(WavePath { run, wave }): Path<WavePath>,
    Query(InLanguage { language }): Query<InLanguage>,
) -> Shown<WaveDetail> {
    let is_tag =
        |text: &String| (2..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !language.as_ref().is_none_or(is_tag) {
        let hint = "Write a language tag such as en or cy, or leave it out.";
        return Err(Fault::bad_request("request::query", "language: that is no language", hint));
    }
    app.read(run, move |of| {
        let found = of.run.wave(wave).and_then(|asked| {
            let survey = of.bundle.surveys.get(&asked.survey)?;
            Some(WaveDetail::of(asked, survey, language.as_deref()))
        });
        found.ok_or_else(|| LiveError::NotInRun(format_smolstr!("{wave}")))
    })
    .await
}
