//! What the engine measures of itself.

use crate::{Engine, LiveError, counters::Counts};
use std::collections::BTreeMap;

/// What the engine measures of itself, as it stands.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Measured {
    /// What it has done since it was built.
    pub counts: Counts,
    /// Runs in memory.
    pub cached_runs: usize,
    /// Runs in the store by status.
    pub runs: BTreeMap<String, usize>,
    /// Messages that wait.
    pub outbox: usize,
    /// Seconds by which the longest overdue run is late; 0 if none is.
    pub overdue_seconds: i64,
}

impl Engine {
    /// Measures. It goes through all summaries and waiting messages, so ask a few times a minute, not a second.
    pub fn measure(&self) -> Result<Measured, LiveError> {
        let mut runs: BTreeMap<String, usize> = BTreeMap::new();
        let mut after: Option<String> = None;
        loop {
            let page = self.runs(after.as_deref(), self.live.index_page)?;
            for run in &page.items {
                *runs.entry(run.status.to_string()).or_default() += 1;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let late = self.next_due()?.map_or(0, |due| self.clock.now().duration_since(due).as_secs().max(0));
        Ok(Measured {
            counts: self.counters.read(),
            cached_runs: self.runs.len(),
            runs,
            outbox: self.count_pending()?,
            overdue_seconds: late,
        })
    }

    /// Tells whether the store answers.
    pub fn check_store(&self) -> Result<(), LiveError> {
        self.store.get(turnabout_core::ports::StoreTable::Runs, b"health")?;
        Ok(())
    }
}
