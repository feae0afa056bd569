//! Every limit of the live engine, in one place. Those of a run's own life are the core's.

use std::time::Duration;

/// Limits on what the live engine keeps, takes and tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveLimits {
    /// Runs kept in memory. Those in use are never dropped, so there may be more while many are used at once.
    pub cached_runs: usize,
    /// Compiled bundles kept in memory, not counting those that a run in memory uses.
    pub cached_bundles: usize,
    /// How often one request decides again after somebody else wrote first.
    pub attempts_per_request: u32,
    /// Journal entries read at once.
    pub journal_page: usize,
    /// Journal entries looked at for one page of a timeline.
    pub timeline_entries: usize,
    /// Characters of an idempotency key.
    pub key_chars: usize,
    /// Days for which the answer to a request is kept under its idempotency key.
    pub answers_kept_days: i64,
    /// Characters of the text of a concern.
    pub concern_chars: usize,
    /// Concerns of a run that wait for the contact at once: more would bury them, and fill the journal.
    pub open_concerns: usize,
    /// Characters of one answer in free text.
    pub answer_chars: usize,
    /// Bytes of all the answers of a form, as JSON.
    pub draft_bytes: usize,
    /// Quotes, themes and learning points that the notes of one session hold, of each so many.
    pub notes_per_session: usize,
    /// Characters of a quote or a learning point.
    pub note_chars: usize,
    /// Characters of the name of a theme.
    pub theme_chars: usize,
    /// Learning points that pass to the run that renews another: the first ones of its sessions.
    pub lessons_per_run: usize,
    /// Mentors that one ballot may rank.
    pub ballot_ranks: usize,
    /// Characters of a client's name.
    pub client_chars: usize,
    /// How many times a run goes on in one request: each takes up to 50 ms, and a request has half a minute.
    pub forecasts: u32,
    /// How long the forecasts of one request may take: less than the time of a request, since who has no answer has gone.
    pub forecast_time: Duration,
    /// Rows of an index read at once.
    pub index_page: usize,
    /// Seconds for which a run that can't be woken is left alone.
    pub rest_seconds: i64,
    /// How often a message is given to the mail server before it has failed.
    pub deliveries: u32,
    /// Seconds before the second delivery; each further one waits twice as long.
    pub delivery_backoff_seconds: i64,
    /// Seconds that two deliveries lie apart at most.
    pub delivery_backoff_most_seconds: i64,
}

impl LiveLimits {
    /// The limits that a server runs with.
    pub const fn standard() -> Self {
        Self {
            cached_runs: 256,
            cached_bundles: 32,
            attempts_per_request: 8,
            journal_page: 1_000,
            timeline_entries: 5_000,
            forecasts: 400,
            forecast_time: Duration::from_secs(20),
            key_chars: 200,
            answers_kept_days: 7,
            concern_chars: 10_000,
            open_concerns: 100,
            answer_chars: 10_000,
            draft_bytes: 256 << 10,
            notes_per_session: 100,
            note_chars: 2_000,
            theme_chars: 100,
            lessons_per_run: 200,
            ballot_ranks: 100,
            client_chars: 100,
            index_page: 200,
            rest_seconds: 60,
            deliveries: 12,
            delivery_backoff_seconds: 30,
            delivery_backoff_most_seconds: 6 * 60 * 60,
        }
    }
}

impl Default for LiveLimits {
    fn default() -> Self {
        Self::standard()
    }
}
