//! The runs in memory, each behind its own lock.

use crate::loaded::Loaded;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use turnabout_model::RunId;

/// One run's place: its lock, and the run if it is in memory.
#[derive(Debug, Default)]
pub(crate) struct Slot(Mutex<Option<Loaded>>);

impl Slot {
    /// Takes the run's lock. After a panic under it the run is read again from the store.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Option<Loaded>> {
        self.0.lock().unwrap_or_else(|poisoned| {
            let mut slot = poisoned.into_inner();
            *slot = None;
            self.0.clear_poison();
            slot
        })
    }
}

/// A bounded number of runs in memory; the one that was used longest ago goes first.
#[derive(Debug)]
pub(crate) struct RunCache {
    slots: Mutex<Slots>,
    most: usize,
}

#[derive(Debug, Default)]
struct Slots {
    by_run: HashMap<RunId, (u64, Arc<Slot>)>,
    uses: u64,
}

impl RunCache {
    pub(crate) fn new(most: usize) -> Self {
        Self { slots: Mutex::default(), most }
    }

    /// The place of a run. All who ask for the same run at the same time get the same place, and so the same lock.
    pub(crate) fn slot(&self, run: &RunId) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.uses += 1;
        let now = slots.uses;
        if let Some((used, slot)) = slots.by_run.get_mut(run) {
            *used = now;
            return Arc::clone(slot);
        }
        let slot = Arc::new(Slot::default());
        slots.by_run.insert(run.clone(), (now, Arc::clone(&slot)));
        slots.make_room(self.most);
        slot
    }

    /// How many runs have a place.
    pub(crate) fn len(&self) -> usize {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).by_run.len()
    }
}

impl Slots {
    fn make_room(&mut self, most: usize) {
        while self.by_run.len() > most {
            // A place that somebody holds must stay: a second one would be a second lock for the same run.
            let idle = self.by_run.iter().filter(|(_, (_, slot))| Arc::strong_count(slot) == 1);
            let Some(oldest) = idle.min_by_key(|(_, (used, _))| *used).map(|(run, _)| run.clone()) else { return };
            self.by_run.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_keeps_what_is_used_and_drops_the_oldest_of_the_rest() {
        let cache = RunCache::new(2);
        let run = RunId::from_bits;
        let held = cache.slot(&run(1));
        cache.slot(&run(2));
        cache.slot(&run(3));
        assert_eq!(cache.len(), 2);
        assert!(Arc::ptr_eq(&held, &cache.slot(&run(1))));
        cache.slot(&run(4));
        assert!(Arc::ptr_eq(&held, &cache.slot(&run(1))), "a place in use is never dropped");
        assert_eq!(cache.len(), 2);
    }
}
