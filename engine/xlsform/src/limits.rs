//! Every limit of this crate, in one place.

/// The most bytes a workbook may have.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes a workbook may have when it is unpacked.
pub const MAX_UNPACKED_BYTES: u64 = 32 * 1024 * 1024;
/// The most bytes its styles may have: they are copied for each format, so that few bytes become many.
pub const MAX_STYLE_BYTES: usize = 2 * 1024 * 1024;
/// The most bytes between two `<` in them.
pub const MAX_STYLE_TAG_BYTES: usize = 2 * 1024;
/// The most characters that a cell may have: no spreadsheet keeps more.
pub const MAX_CELL_CHARS: usize = 32_767;
/// The most bytes of text in all cells that are read: cells share texts, so that few bytes become many.
pub const MAX_TEXT_BYTES: usize = 8 * 1024 * 1024;
/// The last row that may hold anything.
pub const MAX_ROWS: u32 = 10_000;
/// The last column that may hold anything.
pub const MAX_COLUMNS: u32 = 200;
/// The most cells that a sheet may have.
pub const MAX_CELLS: usize = 200_000;
/// The most questions, groups and statements that a form may have: a survey takes no more.
pub const MAX_ITEMS: usize = 1_000;
/// The most questions that may stand side by side, in the form or in a group.
pub const MAX_QUESTIONS: usize = 200;
/// The most choices that a list may have.
pub const MAX_CHOICES: usize = 200;
/// How deep groups of questions may lie in each other.
pub const MAX_GROUP_DEPTH: usize = 8;
/// The longest name of a question, in bytes.
pub const MAX_NAME_BYTES: usize = 60;
/// The most problems that are reported at once: past that nobody reads them.
pub const MAX_PROBLEMS: usize = 100;
