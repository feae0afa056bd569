//! How long a thread has worked: what stops a plugin that does not end, and stays out of its reach.
//!
//! `script/` has the same for scripts; neither crate may know the other, and the core reads no clock.

use std::time::Duration;

/// The time that the processor has given to this thread. It stands still while other work has the processor, so that a sound
/// plugin is not stopped because a machine is busy.
#[cfg(unix)]
pub(crate) fn worked() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    // A thread's own time is never negative.
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// The time that has passed, where a thread's own is not to be had from a system in a portable way.
#[cfg(not(unix))]
#[allow(clippy::disallowed_methods)]
pub(crate) fn worked() -> Duration {
    use std::{sync::OnceLock, time::Instant};
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed()
}
