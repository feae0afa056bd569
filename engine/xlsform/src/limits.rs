//! Every limit of this crate, in one place.

/// The most bytes a workbook may have.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes a workbook may have when it is unpacked.
pub const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;
/// The last row that may hold anything.
pub const MAX_ROWS: u32 = 10_000;
/// The last column that may hold anything.
pub const MAX_COLUMNS: u32 = 200;
/// The most cells that a sheet may have.
pub const MAX_CELLS: usize = 200_000;
/// How deep groups of questions may lie in each other.
pub const MAX_GROUP_DEPTH: usize = 8;
/// The longest name of a question, in bytes.
pub const MAX_NAME_BYTES: usize = 60;
/// The most problems that are reported at once: past that nobody reads them.
pub const MAX_PROBLEMS: usize = 100;
