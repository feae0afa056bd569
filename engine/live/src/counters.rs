//! Counts of what the engine has done since it was built, for the metrics.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts that only rise.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) commits: AtomicU64,
    pub(crate) events: AtomicU64,
    pub(crate) refusals: AtomicU64,
    pub(crate) conflicts: AtomicU64,
    pub(crate) replayed: AtomicU64,
    pub(crate) wakes: AtomicU64,
    pub(crate) loads: AtomicU64,
    pub(crate) sent: AtomicU64,
    pub(crate) stale: AtomicU64,
    pub(crate) failed: AtomicU64,
}

/// Counts as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Batches committed.
    pub commits: u64,
    /// Journal entries committed.
    pub events: u64,
    /// Requests that were refused.
    pub refusals: u64,
    /// Decisions taken again because somebody else wrote first.
    pub conflicts: u64,
    /// Requests answered from their idempotency key.
    pub replayed: u64,
    /// Runs woken because their time had come.
    pub wakes: u64,
    /// Runs read from the store into memory.
    pub loads: u64,
    /// Messages that the mail server took.
    pub sent: u64,
    /// Messages too old to be sent.
    pub stale: u64,
    /// Messages that could not be delivered.
    pub failed: u64,
}

pub(crate) fn add(counter: &AtomicU64, n: usize) {
    counter.fetch_add(n as u64, Ordering::Relaxed);
}

impl Counters {
    pub(crate) fn read(&self) -> Counts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            commits: read(&self.commits),
            events: read(&self.events),
            refusals: read(&self.refusals),
            conflicts: read(&self.conflicts),
            replayed: read(&self.replayed),
            wakes: read(&self.wakes),
            loads: read(&self.loads),
            sent: read(&self.sent),
            stale: read(&self.stale),
            failed: read(&self.failed),
        }
    }
}
