//! Every limit of this crate, in one place.

/// How alike a deleted and an added file must be for a rename, in hundredths of their longer lines.
pub const RENAME_LIKENESS: usize = 60;
/// The most pairs of a deleted and an added file that are compared line by line; past that only files with the very same
/// content count as renamed.
pub const MAX_RENAME_PAIRS: usize = 10_000;
/// The length of a conflict marker, which is git's; longer where a file has such lines itself.
pub const MARKER_LENGTH: usize = 7;
