//! The clock: the one edge at which time enters.

use jiff::Timestamp;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

/// Tells the time.
///
/// ```
/// use jiff::Timestamp;
/// use turnabout_live::{Clock, SystemClock};
///
/// /// A clock that tells whole minutes: nothing of the office is dated closer than that.
/// struct Minutes<C>(C);
///
/// impl<C: Clock> Clock for Minutes<C> {
///     fn now(&self) -> Timestamp {
///         let now = self.0.now();
///         Timestamp::from_second(now.as_second().div_euclid(60) * 60).unwrap_or(now)
///     }
/// }
///
/// let clock = Minutes(SystemClock);
/// assert_eq!(clock.now().as_second() % 60, 0);
/// assert!(clock.now() <= SystemClock.now());
/// ```
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place that reads the machine's clock
    fn now(&self) -> Timestamp {
        whole_milliseconds(Timestamp::now())
    }
}

/// A clock that moves only when it is told to. Its copies share one time.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Timestamp>>);

impl ManualClock {
    /// Creates a clock that stands at a moment.
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Moves the clock forward to a moment; it never goes back. Returns where it stands now.
    pub fn advance_to(&self, to: Timestamp) -> Timestamp {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = to.max(*now);
        *now
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a piece of work began, to know how long it takes this machine: no time of any run.
#[allow(clippy::disallowed_methods)] // it measures; nothing is dated by it
pub(crate) fn stopwatch() -> Instant {
    Instant::now()
}

/// Journals are read by people, and nothing is decided by microseconds.
fn whole_milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_is_shared_and_never_goes_back() {
        let noon: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let clock = ManualClock::at(noon);
        let copy = clock.clone();
        assert_eq!(copy.now(), noon);
        clock.advance_to("2026-03-03T12:00:00Z".parse().unwrap());
        assert_eq!(copy.advance_to(noon).to_string(), "2026-03-03T12:00:00Z");
    }
}
