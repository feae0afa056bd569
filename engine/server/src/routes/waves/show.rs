//! One sending of a survey.

use crate::{
    api::{Path, Problems, Shown, WavePath},
    app::App,
};
use axum::extract::State;
use smol_str::format_smolstr;
use turnabout_live::{LiveError, views::WaveDetail};

/// Shows a wave: its questions and who has not answered yet. What anybody answered is never shown here.
#[utoipa::path(get, path = "/runs/{run}/waves/{wave}", tag = "surveys", params(WavePath),
    responses((status = 200, description = "The wave", body = WaveDetail), Problems))]
pub(crate) async fn show_wave(
    State(app): State<App>,
    Path(WavePath { run, wave }): Path<WavePath>,
) -> Shown<WaveDetail> {
    app.read(run, move |of| {
        let found = of.run.wave(wave).and_then(|w| Some(WaveDetail::of(w, of.bundle.surveys.get(&w.survey)?)));
        found.ok_or_else(|| LiveError::NotInRun(format_smolstr!("{wave}")))
    })
    .await
}
