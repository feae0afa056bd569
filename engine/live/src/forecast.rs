//! Forecasts of a live run: it goes on in memory, and nothing is written.

use crate::{Engine, LiveError, clock::stopwatch, rows};
use std::{sync::Arc, time::Instant};
use turnabout_core::{
    forecast::{Ask, Forecast, History, OutOfTime, forecast},
    rehearse::House,
};
use turnabout_model::{Entry, RunId};

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
    pub fn forecast(&self, run_id: &RunId, asked: ForecastAsked) -> Result<Forecast, LiveError> {
        self.check_times(asked.times)?;
        let copied = self.with_run(run_id, |_, loaded| {
            Ok((loaded.run.clone(), Arc::clone(&loaded.bundle), loaded.people.clone(), loaded.last))
        });
        let (run, bundle, people, last) = copied?;
        let house = House { rules: &*self.rules, limits: self.limits };
        let now = self.clock.now().max(last);
        let ForecastAsked { times, seed } = asked;
        let history = self.history(run_id, run.version)?;
        let began = stopwatch();
        let told = forecast(Ask {
            run: &run,
            bundle: &bundle,
            history: &history,
            at_once: &[],
            records: &people,
            house,
            now,
            times,
            seed,
            has_time: &|| self.has_time_to_forecast(began),
        });
        told.map_err(|cut| self.too_slow(cut))
    }

    /// Tells whether a forecast that began then may go on: nobody waits any longer for it, and it holds up what others ask.
    pub(crate) fn has_time_to_forecast(&self, began: Instant) -> bool {
        began.elapsed() < self.live.forecast_time
    }

    pub(crate) fn too_slow(&self, cut: OutOfTime) -> LiveError {
        LiveError::ForecastTooSlow { made: cut.made, times: cut.times, seconds: self.live.forecast_time.as_secs() }
    }

    /// Refuses a number of times that makes no sense or takes too long.
    pub(crate) fn check_times(&self, times: u32) -> Result<(), LiveError> {
        let most = self.live.forecasts;
        if (1..=most).contains(&times) { Ok(()) } else { Err(LiveError::TooManyForecasts(most)) }
    }

    /// What the journal of a run tells up to a version of it.
    pub(crate) fn history(&self, run: &RunId, until: u64) -> Result<History, LiveError> {
        let (mut history, mut read) = (History::default(), 0);
        while read < until {
            let page = self.store.journal(run, read, self.live.journal_page)?;
            if page.is_empty() {
                break;
            }
            for stored in page.into_iter().take_while(|stored| stored.version <= until) {
                let entry: Entry = rows::read(&stored.payload, run.as_str(), "an entry of its journal")?;
                history.note(entry.at, &entry.event);
                read = entry.version;
            }
        }
        Ok(history)
    }
}
