//! The first row: which columns are `pre` and `post`, and what stands between the columns.

use super::problem::{Problem, shown};

/// The two columns that are read.
pub(super) const NAMES: [&str; 2] = ["pre", "post"];
/// What may stand between columns; the first wins where nothing tells them apart.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Where the two columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// The place of `pre`, from 0.
    pub pre: usize,
    /// The place of `post`, from 0.
    pub post: usize,
    /// How many columns the first row has.
    pub width: usize,
}

/// Tells whether a header or a cell is one of the names, however it is written.
pub(super) fn is_name(cell: &str, name: &str) -> bool {
    cell.trim().eq_ignore_ascii_case(name)
}

/// Finds what stands between the columns: with which of the separators are most of the names found?
pub(super) fn separator(text: &str) -> u8 {
    let found = |separator: u8| {
        let cells = first_row(text, separator);
        let names = NAMES.iter().filter(|name| cells.iter().any(|cell| is_name(cell, name))).count();
        (names, cells.len())
    };
    // The last of equals is what `max_by_key` takes.
    SEPARATORS.into_iter().rev().max_by_key(|separator| found(*separator)).unwrap_or(b',')
}

fn first_row(text: &str, separator: u8) -> Vec<String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let rows = reader.records().map_while(Result::ok);
    let first = rows.into_iter().find(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    first.map(|row| row.iter().map(ToOwned::to_owned).collect()).unwrap_or_default()
}

/// Finds the columns in the first row, or says everything that keeps them from being found.
pub(super) fn find(row: u64, cells: &[&str]) -> Result<Columns, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut place = |name: &'static str| {
        let places: Vec<usize> = (0..cells.len()).filter(|at| is_name(cells[*at], name)).collect();
        match places.as_slice() {
            [place] => *place,
            [] => {
                let help = format!("name the column with the values {} '{name}'{}", side(name), seen(cells));
                problems.push(Problem::new(row, Some(name), format!("the column '{name}' is missing"), help));
                0
            }
            _ => {
                let what = format!("{} columns are named '{name}'", places.len());
                problems.push(Problem::new(row, Some(name), what, "keep one of them and rename the others"));
                0
            }
        }
    };
    let (pre, post) = (place("pre"), place("post"));
    if problems.is_empty() { Ok(Columns { pre, post, width: cells.len() }) } else { Err(problems) }
}

fn side(name: &str) -> &'static str {
    if name == "pre" { "before" } else { "after" }
}

/// The columns there are, for somebody who looks for another.
fn seen(cells: &[&str]) -> String {
    const MOST: usize = 8;
    let named: Vec<String> =
        cells.iter().filter(|cell| !cell.is_empty()).map(|cell| format!("'{}'", shown(cell))).collect();
    let more = if named.len() > MOST { " and more" } else { "" };
    let list = named.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    format!("; the first row has {list}{more}")
}
