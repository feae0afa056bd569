//! Every limit of the server, in one place.

use std::time::Duration;

/// What the server takes and how long it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerLimits {
    /// Bytes of a JSON body.
    pub json_bytes: usize,
    /// Bytes of a form as a browser sends it: each byte of an answer may take three.
    pub form_bytes: usize,
    /// Bytes of a list of people.
    pub csv_bytes: usize,
    /// Bytes of a body that is too large which are still read, so that the client gets to read the answer.
    pub drained_bytes: usize,
    /// How long a request may take.
    pub request_time: Duration,
    /// Calls of the engine at one time; each takes a thread while the disk works.
    pub engine_calls: usize,
    /// How long a request waits for its turn to call the engine.
    pub turn_time: Duration,
    /// How long requests under way may take when the server stops.
    pub stop_time: Duration,
    /// Items of a page when the client does not say.
    pub page_items: usize,
    /// The most items of a page.
    pub page_items_most: usize,
    /// Runs on the status page.
    pub status_runs: usize,
    /// The least time between two looks at the timers.
    pub timer_pause: Duration,
    /// The most time between two looks at the timers: the machine's clock may be set.
    pub timer_rest: Duration,
    /// The time between two rounds of mail.
    pub mail_rest: Duration,
    /// The time between two looks for answers that may be forgotten.
    pub tidy_rest: Duration,
}

impl ServerLimits {
    /// The limits that a server runs with.
    pub const fn standard() -> Self {
        Self {
            json_bytes: 256 * 1024,
            form_bytes: 1024 * 1024,
            csv_bytes: 8 * 1024 * 1024,
            drained_bytes: 64 * 1024 * 1024,
            request_time: Duration::from_secs(30),
            engine_calls: 64,
            turn_time: Duration::from_secs(5),
            stop_time: Duration::from_secs(30),
            page_items: 50,
            page_items_most: 500,
            status_runs: 20,
            timer_pause: Duration::from_millis(50),
            timer_rest: Duration::from_secs(30),
            mail_rest: Duration::from_secs(20),
            tidy_rest: Duration::from_hours(6),
        }
    }
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self::standard()
    }
}
