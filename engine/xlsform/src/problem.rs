//! What is wrong with a workbook, and in which cell.

use crate::limits::MAX_PROBLEMS;
use std::fmt;
use turnabout_model::Severity;

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The sheet, as the workbook names it.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The column, from 1.
    pub column: u32,
}

impl Cell {
    /// The letters that a spreadsheet shows above the column: `A`, `Z`, `AA`.
    pub fn letters(&self) -> String {
        let mut letters = Vec::new();
        let mut left = self.column;
        while left > 0 {
            let digit = (left - 1) % 26;
            letters.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit as usize]));
            left = (left - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sheet '{}', row {}, column {}", self.sheet, self.row, self.letters())
    }
}

/// A problem in a workbook: a stable code, what is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// An error, or a warning that something is left out.
    pub severity: Severity,
    /// A stable code that `turnabout explain` knows, for example `xlsform::unknown_column`.
    pub code: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where; nowhere if it is the whole workbook.
    pub cell: Option<Cell>,
    /// What to do.
    pub help: String,
}

impl fmt::Display for CellProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cell {
            Some(cell) => write!(f, "{cell}: {}; {}", self.message, self.help),
            None => write!(f, "{}; {}", self.message, self.help),
        }
    }
}

/// Problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<CellProblem>,
}

impl Problems {
    /// Adds an error.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        cell: Cell,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Severity::Error, code, Some(cell), message.into(), help.into());
    }

    /// Adds a warning.
    pub(crate) fn warn(&mut self, code: &'static str, cell: Cell, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, code, Some(cell), message.into(), help.into());
    }

    /// Adds an error about the whole workbook.
    pub(crate) fn whole(&mut self, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, code, None, message.into(), help.into());
    }

    /// Keeps no more of a kind than are reported: a hostile workbook has millions.
    fn push(&mut self, severity: Severity, code: &'static str, cell: Option<Cell>, message: String, help: String) {
        if self.count(severity) >= MAX_PROBLEMS {
            return;
        }
        self.found.push(CellProblem { severity, code, message, cell, help });
    }

    fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Tells whether there is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Tells whether there are as many errors as are reported, so that looking further is of no use.
    pub(crate) fn full(&self) -> bool {
        self.count(Severity::Error) >= MAX_PROBLEMS
    }

    /// Returns them, errors first if there are more than anybody reads.
    pub(crate) fn finish(mut self) -> Vec<CellProblem> {
        if self.found.len() > MAX_PROBLEMS {
            self.found.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
            self.found.truncate(MAX_PROBLEMS);
        }
        self.found
    }
}

/// A text that is quoted in a message, cut so that nobody has to read a page of it.
pub(crate) fn shown(text: &str) -> String {
    let cut: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cut.len() < text.len() { format!("{cut}...") } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_a_spreadsheet_names_it() {
        for (column, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")] {
            assert_eq!(Cell { sheet: "survey".into(), row: 4, column }.letters(), letters);
        }
        let cell = Cell { sheet: "choices".into(), row: 4, column: 3 };
        assert_eq!(cell.to_string(), "sheet 'choices', row 4, column C");
    }

    #[test]
    fn past_the_limit_errors_come_first() {
        let mut problems = Problems::default();
        let cell = || Cell { sheet: "survey".into(), row: 1, column: 1 };
        (0..MAX_PROBLEMS).for_each(|_| problems.warn("xlsform::unknown_column", cell(), "m", "h"));
        problems.error("xlsform::name", cell(), "m", "h");
        let found = problems.finish();
        assert_eq!((found.len(), found[0].code), (MAX_PROBLEMS, "xlsform::name"));
    }
}
