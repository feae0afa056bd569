//! Forecasts of a live run: it goes on in memory, and nothing is written.

use crate::{Engine, LiveError};
use std::sync::Arc;
use turnabout_core::{
    forecast::{Ask, Forecast, forecast},
    rehearse::House,
};
use turnabout_model::RunId;

/// How a run is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastAsked {
    /// How many times it goes on; from 1 to the limit.
    pub times: u32,
    /// The seed: the same gives the same forecast of the same run at the same moment.
    pub seed: u64,
}

impl Engine {
    /// Forecasts a run from where it stands. The run's lock is held only while the run is copied.
    pub fn forecast(&self, run: &RunId, asked: ForecastAsked) -> Result<Forecast, LiveError> {
        let most = self.live.forecasts;
        if !(1..=most).contains(&asked.times) {
            return Err(LiveError::TooManyForecasts(most));
        }
        let copied = self.with_run(run, |_, loaded| {
            Ok((loaded.run.clone(), Arc::clone(&loaded.bundle), loaded.people.clone(), loaded.last))
        });
        let (run, bundle, people, last) = copied?;
        let house = House { rules: &*self.rules, limits: self.limits };
        let now = self.clock.now().max(last);
        let ForecastAsked { times, seed } = asked;
        Ok(forecast(Ask { run: &run, bundle: &bundle, records: &people, house, now, times, seed }))
    }
}
