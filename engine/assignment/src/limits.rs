//! Every limit of the solvers, in one place.

/// The most people on one side: as many as a run has participants. A matrix of that size both ways is 1.6 GB.
pub const PEOPLE_A_SIDE: usize = 20_000;

/// How often the reduction before the search looks at a row, on average, before it leaves the rest to the search.
///
/// With prices in whole units two rows that want the same column can outbid each other a unit at a time.
pub(crate) const REDUCTION_SCANS_A_ROW: usize = 8;
