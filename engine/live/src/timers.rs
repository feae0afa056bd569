//! Timers: runs whose time has come are woken, the longest overdue first.

use crate::{Engine, LiveError, ManualClock, counters, keys};
use jiff::Timestamp;
use std::collections::BTreeSet;
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_model::RunId;

/// What became of the runs whose time had come.
#[derive(Debug, Default)]
pub struct Woken {
    /// The runs that were woken, in the order in which they were due.
    pub runs: Vec<RunId>,
    /// The runs that could not be woken. They are left alone for a while; the others are not kept waiting.
    pub failed: Vec<(RunId, LiveError)>,
}

impl Engine {
    /// Wakes every run that is due now, once each, the longest overdue first.
    ///
    /// Only an error of the store's index ends it early: a run that can't be woken is reported and left alone for a
    /// while.
    pub fn wake_due(&self) -> Result<Woken, LiveError> {
        let now = self.clock.now().as_microsecond();
        let mut woken = Woken::default();
        let mut seen = BTreeSet::new();
        let mut after: Option<Vec<u8>> = None;
        loop {
            let page = self.store.scan(StoreTable::Timers, b"", after.as_deref(), self.live.index_page)?;
            for row in &page {
                let Some((due, run)) = keys::read_timer(&row.key) else { continue };
                if due > now {
                    return Ok(woken);
                }
                if self.rest.until(&run).is_some_and(|until| until > now) || !seen.insert(run.clone()) {
                    continue;
                }
                match self.wake(&run, now) {
                    Ok(()) => woken.runs.push(run),
                    Err(error) if error.is_fatal() => return Err(error),
                    Err(error) => {
                        self.let_rest(&run, now);
                        woken.failed.push((run, error));
                    }
                }
            }
            match page.into_iter().next_back() {
                Some(last) => after = Some(last.key),
                None => return Ok(woken),
            }
        }
    }

    fn wake(&self, run: &RunId, now: i64) -> Result<(), LiveError> {
        counters::add(&self.counters.wakes, 1);
        let still_due = self
            .submit(run, Input::Tick, |decision| keys::due_micros(decision.after.run).is_some_and(|due| due <= now))?;
        if still_due.answer {
            // It was woken and wants to be woken again at once: nothing may have been possible.
            self.let_rest(run, now);
        }
        Ok(())
    }

    fn let_rest(&self, run: &RunId, now: i64) {
        self.rest.put(run, now.saturating_add(self.live.rest_seconds.saturating_mul(1_000_000)));
    }

    /// When a run next wants to be woken; nothing if none waits for a time.
    pub fn next_due(&self) -> Result<Option<Timestamp>, LiveError> {
        let mut first: Option<i64> = None;
        let mut after: Option<Vec<u8>> = None;
        loop {
            let page = self.store.scan(StoreTable::Timers, b"", after.as_deref(), self.live.index_page)?;
            for row in &page {
                let Some((due, run)) = keys::read_timer(&row.key) else { continue };
                if first.is_some_and(|first| first <= due) {
                    return Ok(first.and_then(|micros| Timestamp::from_microsecond(micros).ok()));
                }
                let due = self.rest.until(&run).map_or(due, |until| until.max(due));
                first = Some(first.map_or(due, |first| first.min(due)));
            }
            match page.into_iter().next_back() {
                Some(last) => after = Some(last.key),
                None => return Ok(first.and_then(|micros| Timestamp::from_microsecond(micros).ok())),
            }
        }
    }

    /// Moves a manual clock forward, stopping at each moment at which a run is due, so that everything happens at its
    /// own time and in its own order. The clock must be the engine's. Returns how often a run was woken.
    pub fn advance(&self, clock: &ManualClock, to: Timestamp) -> Result<usize, LiveError> {
        let mut woken = 0;
        while let Some(due) = self.next_due()?.filter(|due| *due <= to) {
            // Each round wakes a run or lets it rest, so the next one is later.
            clock.advance_to(due);
            woken += self.wake_due()?.runs.len();
            self.settle_stale()?;
        }
        clock.advance_to(to);
        self.settle_stale()?;
        Ok(woken)
    }
}
