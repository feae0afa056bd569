//! One sending of a survey.

use crate::{
    api::{InLanguage, Path, Problems, Query, Shown, WavePath},
    app::App,
};
use axum::extract::State;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::WaveDetail};

/// Shows a wave: its questions and who has not answered yet. What anybody answered is never shown here.
#[utoipa::path(get, path = "/runs/{run}/waves/{wave}", tag = "surveys", params(WavePath, InLanguage),
    responses((status = 200, description = "The wave", body = WaveDetail), Problems))]
pub(crate) async fn show_wave(
    State(app): State<App>,
    Path(WavePath { run, wave }): Path<WavePath>,
    Query(language): Query<InLanguage>,
) -> Shown<WaveDetail> {
    let language = language.tag()?;
    app.read(run, move |of| {
        let found = of.run.wave(wave).and_then(|asked| {
            let survey = of.survey_of(asked)?;
            Some(WaveDetail::of(of.run, asked, survey, language.as_deref()))
        });
        found.ok_or_else(|| LiveError::NotInRun(format_smolstr!("{wave}")))
    })
    .await
}
