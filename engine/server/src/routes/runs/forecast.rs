//! Where a run is going.

use crate::{
    api::{Path, Problems, Query, RunPath, Shown},
    app::App,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use turnabout_core::forecast::Forecast;
use turnabout_live::ForecastAsked;
use utoipa::IntoParams;

/// How a run is forecast.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ForecastQuery {
    /// How many times it goes on; 100 by default.
    #[param(minimum = 1, maximum = 400)]
    times: Option<u32>,
    /// The seed: the same gives the same forecast of the same run at the same moment.
    seed: Option<u64>,
}

/// Forecasts a run from where it stands: when it ends, meetings, pairs, responses and tasks to come, each as 10, 50 and 90 of
/// a hundred forecasts have it. Rates are fitted from what happened so far, and what little is known of them is in the spread.
#[utoipa::path(get, path = "/runs/{run}/forecast", tag = "runs", params(RunPath, ForecastQuery),
    responses((status = 200, description = "The forecast", body = Object), Problems))]
pub(crate) async fn forecast_run(
    State(app): State<App>,
    Path(RunPath { run }): Path<RunPath>,
    Query(query): Query<ForecastQuery>,
) -> Shown<Forecast> {
    let asked = ForecastAsked { times: query.times.unwrap_or(100), seed: query.seed.unwrap_or(7) };
    app.engine(move |engine| engine.forecast(&run, asked)).await.map(Json)
}
