//! What keeps a CSV from being read.

use serde::Serialize;
use std::fmt;

/// Something that keeps a CSV from being read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The row as a spreadsheet counts it, 1 for the first of the file; 0 for the whole file.
    pub row: u64,
    /// The column, if it is about one.
    pub column: Option<String>,
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Problem {
    pub(super) fn new(row: u64, column: Option<&str>, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { row, column: column.map(shown), what: what.into(), help: help.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.row > 0 {
            write!(f, "row {}", self.row)?;
            if let Some(column) = &self.column {
                write!(f, ", column '{column}'")?;
            }
            f.write_str(": ")?;
        }
        write!(f, "{}; {}", self.what, self.help)
    }
}

/// Cuts a text that is quoted in a message, so that nobody has to read a page of it.
pub(super) fn shown(text: &str) -> String {
    const MOST_CHARS: usize = 40;
    let cut: String = text.chars().take(MOST_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cut.len() < text.len() { format!("{cut}...") } else { cut }
}
