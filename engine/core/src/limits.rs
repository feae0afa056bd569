//! Every limit of the core, in one place.

/// Limits on what one run may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// New steps that one wake of one journey may ask for.
    pub asked_per_wake: usize,
    /// Wakes of one journey that one input may lead to.
    pub wakes_per_input: u32,
    /// Steps of one journey, over its life.
    pub steps_per_journey: u64,
    /// Journeys of one run.
    pub journeys_per_run: usize,
    /// Entries of one run's journal.
    pub entries_per_run: u64,
    /// Entries after which the run warns.
    pub entries_warning: u64,
    /// Letters that wait in the mailbox.
    pub letters_waiting: usize,
    /// Participants of one run, on both sides together.
    pub participants: usize,
    /// Bytes of one value that a script passes to a verb or a signal carries, as JSON.
    pub value_bytes: usize,
}

impl Limits {
    /// The limits that a server runs with.
    pub const fn standard() -> Self {
        Self {
            asked_per_wake: 1_000,
            wakes_per_input: 200,
            steps_per_journey: 5_000,
            journeys_per_run: 20_000,
            entries_per_run: 1_000_000,
            entries_warning: 200_000,
            letters_waiting: 10_000,
            participants: 20_000,
            value_bytes: 64 * 1024,
        }
    }
}
