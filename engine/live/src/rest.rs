//! Runs that were woken in vain and are left alone for a while, so that one of them does not keep the others waiting.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use turnabout_model::RunId;

/// Until when which run rests, in microseconds. It is not stored: after a restart every run is tried again.
#[derive(Debug, Default)]
pub(crate) struct Rest(Mutex<HashMap<RunId, i64>>);

impl Rest {
    pub(crate) fn put(&self, run: &RunId, until: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(run.clone(), until);
    }

    /// Until when a run rests, if it does.
    pub(crate) fn until(&self, run: &RunId) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(run).copied()
    }

    pub(crate) fn end(&self, run: &RunId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(run);
    }
}
