//! How long a thread has worked. It never reaches a script, it only stops one that does not end.

use std::time::Duration;

/// The time that the processor has given to this thread. It stands still while other work has the processor, so that a sound
/// script is not stopped because a machine is busy.
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

#[cfg(all(test, unix))]
mod tests {
    use super::worked;

    #[test]
    fn a_thread_that_waits_does_not_work() {
        let (tell, told) = std::sync::mpsc::channel();
        let waits = std::thread::spawn(move || {
            let before = worked();
            told.recv().map(|()| worked().saturating_sub(before))
        });
        let before = worked();
        let mut sum = 0_u64;
        while worked().saturating_sub(before).as_millis() < 60 {
            sum = std::hint::black_box(sum.wrapping_mul(31) + 7);
        }
        assert!(tell.send(()).is_ok());
        let waited = waits.join();
        assert!(matches!(waited, Ok(Ok(time)) if time.as_millis() < 30), "{waited:?}");
    }
}
