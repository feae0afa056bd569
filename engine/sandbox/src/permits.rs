//! Places for calls: no more than the instance pool has room for.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A number of places, and those who wait for one.
#[derive(Debug)]
pub(crate) struct Permits {
    free: Mutex<u32>,
    returned: Condvar,
}

/// A place, given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit<'a>(&'a Permits);

impl Permits {
    pub(crate) fn new(places: u32) -> Self {
        Self { free: Mutex::new(places), returned: Condvar::new() }
    }

    /// Waits for a place, but no longer than this.
    ///
    /// A holder only ever runs one bounded call and waits for nobody, so waiting can't end in a deadlock, not even on
    /// a thread of rayon's pool.
    pub(crate) fn take(&self, wait: Duration) -> Option<Permit<'_>> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut free, waited) =
            self.returned.wait_timeout_while(free, wait, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() && *free == 0 {
            return None;
        }
        *free -= 1;
        Some(Permit(self))
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::Permits;
    use std::time::Duration;

    #[test]
    fn the_last_place_is_given_once_until_it_comes_back() {
        let permits = Permits::new(1);
        let place = permits.take(Duration::ZERO);
        assert!(place.is_some());
        assert!(permits.take(Duration::from_millis(1)).is_none());
        drop(place);
        assert!(permits.take(Duration::ZERO).is_some());
    }
}
