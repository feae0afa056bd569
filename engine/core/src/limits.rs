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
    /// Bytes of what a signal carries, as JSON.
    pub payload_bytes: usize,
    /// Lists and maps inside each other in what a signal carries. JSON readers stop at 127 all told.
    pub payload_depth: usize,
    /// Mappings of one amendment.
    pub mappings: usize,
    /// Characters of the label that a mapping gives a step.
    pub label_chars: usize,
    /// People on either side of one matching: the solver takes the third power of it.
    pub matching_side: usize,
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
            payload_bytes: 64 * 1024,
            payload_depth: 32,
            mappings: 200,
            label_chars: 200,
            matching_side: 5_000,
        }
    }
}
