//! What goes to standard output: lines, JSON and tables.

use crate::failure::Failure;
use serde::Serialize;
use std::io::Write as _;

/// Prints a line to standard output. Unlike `println!` it does not panic when the reader has gone away, as `head` does.
macro_rules! say {
    ($($format:tt)*) => { $crate::output::line(format_args!($($format)*)) };
}

/// Prints a line.
pub(crate) fn line(text: std::fmt::Arguments<'_>) {
    // Who does not read any more need not be told.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints a value as JSON, for programs.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Internal(error.to_string()))?;
    say!("{text}");
    Ok(())
}

/// Text that came from elsewhere, without what a terminal would obey.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// Prints rows below their headings, each column as wide as its widest cell.
pub(crate) fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) {
    for row in lay_out(headings, rows) {
        say!("{row}");
    }
}

fn lay_out<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> Vec<String> {
    let cell = |text: &str| plain(text).replace('\n', " ");
    let mut all = vec![headings.map(cell)];
    all.extend(rows.iter().map(|row| row.each_ref().map(|text| cell(text))));
    let mut widths = [0; N];
    for row in &all {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = (*width).max(text.chars().count());
        }
    }
    let line = |row: &[String; N]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(text, width)| format!("{text:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    all.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_a_cell_commands_no_terminal() {
        let rows = [["run-1".to_owned(), "Fell\u{1b}[2Jmarch".to_owned()], ["r".to_owned(), "Łódź\nB".to_owned()]];
        let lines = lay_out(["RUN", "CLIENT"], &rows);
        assert_eq!(lines, ["RUN    CLIENT", "run-1  Fell\u{fffd}[2Jmarch", "r      Łódź B"]);
    }
}
