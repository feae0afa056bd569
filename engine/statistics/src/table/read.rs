//! Reads a CSV of before and after: all of it, or every reason why not.

use super::{
    cell::{self, Mark, Number},
    columns::{self, Columns},
    problem::Problem,
    quotes,
};
use crate::limits::{MAX_CSV_BYTES, MAX_CSV_ROWS, MAX_PROBLEMS};

/// Before and after as read, one row a person in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeAfter {
    /// The values of each person, finite; none for an empty cell.
    pub rows: Vec<(Option<f64>, Option<f64>)>,
    /// The columns that were not read, as the file names them.
    pub ignored: Vec<String>,
}

/// Reads a CSV with the columns `pre` and `post`, or reports every problem in it, up to [`MAX_PROBLEMS`]; nothing is
/// half-read.
///
/// The names are matched whatever their case. Columns may be separated by commas, semicolons or tabs; with semicolons a
/// number may have a comma for its parts. A byte order mark, `sep=;` in the first line and any kind of line end are
/// understood. An empty cell is a missing value; a row of empty cells is a person who gave neither value, but at the end, where
/// spreadsheets leave some, and a line with nothing at all is none. Other columns are ignored, so that it does not matter how
/// letters beyond ASCII are encoded in them.
pub fn read_csv(bytes: &[u8]) -> Result<BeforeAfter, Vec<Problem>> {
    let whole = |what: String, help: &str| Err(vec![Problem::new(0, None, what, help)]);
    if bytes.len() > MAX_CSV_BYTES {
        let what = format!("the file has {} bytes; it may have {MAX_CSV_BYTES}", bytes.len());
        return whole(what, "delete the columns other than 'pre' and 'post'");
    }
    if bytes.contains(&0) {
        let what = "the file is no plain text, or encoded as UTF-16";
        return whole(what.into(), "in the spreadsheet choose 'Save as' and 'CSV UTF-8'");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // One kind of line end: the csv crate counts the lines of CR LF one too few.
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = Reader::default();
    match text.split_once('\n').filter(|(first, _)| first.to_ascii_lowercase().starts_with("sep=")) {
        Some((_, rest)) => reader.rows(rest, 1),
        None => reader.rows(&text, 0),
    }
    if reader.problems.is_empty() {
        return Ok(BeforeAfter { rows: reader.people, ignored: reader.ignored });
    }
    if reader.unlisted > 0 {
        let what = format!("{} more problems are not listed", reader.unlisted);
        reader.problems.push(Problem::new(0, None, what, "mend the first ones and try again"));
    }
    Err(reader.problems)
}

#[derive(Default)]
struct Reader {
    people: Vec<(Option<f64>, Option<f64>)>,
    ignored: Vec<String>,
    problems: Vec<Problem>,
    /// Problems past the limit.
    unlisted: usize,
    /// The first row with a point for parts, and the first with a comma.
    marks: [Option<u64>; 2],
    /// That both occur was said.
    marks_differ: bool,
}

impl Reader {
    /// Reads the rows of a text before which there were some lines.
    fn rows(&mut self, text: &str, lines_before: u64) {
        let separator = columns::separator(text);
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let mut columns: Option<Columns> = None;
        // A line break within quotes is no new row of the spreadsheet.
        let mut inner_breaks = 0;
        // Rows without a value that no row with one has followed yet.
        let mut silent = 0_usize;
        let mut record = csv::StringRecord::new();
        // Text is read from memory and is valid, so that no record is an error.
        while csv.read_record(&mut record).unwrap_or(false) {
            let raw = raw(text, &record, csv.position());
            // A record begins where the one before it ends, empty lines between them included.
            let empty_lines = (raw.len() - raw.trim_start_matches('\n').len()) as u64;
            let line = record.position().map_or(0, csv::Position::line) + lines_before + empty_lines;
            let row = line.saturating_sub(inner_breaks);
            let cells: Vec<&str> = record.iter().map(str::trim).collect();
            let breaks: u64 = record.iter().map(|cell| cell.matches('\n').count() as u64).sum();
            inner_breaks += breaks;
            if breaks > 0 && !quotes::are_closed(raw, separator) {
                let what = "a quotation mark that begins a cell does not end it, and swallows the rows below";
                return self.report(Problem::new(row, None, what, "close it after the cell, or delete it"));
            }
            if cells.iter().all(|cell| cell.is_empty()) {
                silent += usize::from(columns.is_some());
                continue;
            }
            let Some(columns) = &columns else {
                match columns::find(row, &cells) {
                    Ok(found) => {
                        let others = (0..cells.len()).filter(|at| *at != found.pre && *at != found.post);
                        self.ignored = others.map(|at| cells[at].to_owned()).collect();
                        columns = Some(found);
                    }
                    Err(problems) => {
                        self.problems = problems;
                        return;
                    }
                }
                continue;
            };
            // Among others it is a person who gave neither value; spreadsheets leave such rows at the end.
            let people = self.people.len().saturating_add(std::mem::take(&mut silent)).min(MAX_CSV_ROWS);
            self.people.resize(people, (None, None));
            if self.people.len() >= MAX_CSV_ROWS {
                let what = format!("the file has more than {MAX_CSV_ROWS} rows");
                return self.report(Problem::new(row, None, what, "analyse it in parts"));
            }
            self.row(row, &cells, columns, separator == b';');
        }
        if columns.is_none() {
            let help = "write the names of the columns, 'pre' and 'post', into the first row";
            self.report(Problem::new(0, None, "the file is empty", help));
        } else if self.people.is_empty() && self.problems.is_empty() {
            self.report(Problem::new(0, None, "no row follows the names of the columns", "add a row for each person"));
        }
    }

    fn row(&mut self, row: u64, cells: &[&str], columns: &Columns, comma_marks: bool) {
        let (pre, post) = (cells.get(columns.pre), cells.get(columns.post));
        if pre.is_some_and(|cell| columns::is_name(cell, "pre"))
            && post.is_some_and(|cell| columns::is_name(cell, "post"))
        {
            return self.report(Problem::new(row, None, "the names of the columns stand here again", "delete the row"));
        }
        // Spreadsheets leave empty cells beyond the last column; anything else there has moved the others.
        if cells.len() < columns.width || cells[columns.width..].iter().any(|cell| !cell.is_empty()) {
            return self.report(uneven(row, cells.len(), columns.width));
        }
        let pre = self.cell(row, "pre", cells[columns.pre], comma_marks);
        let post = self.cell(row, "post", cells[columns.post], comma_marks);
        self.people.push((pre, post));
    }

    fn cell(&mut self, row: u64, column: &str, text: &str, comma_marks: bool) -> Option<f64> {
        match cell::read(text, comma_marks) {
            Ok(number) => {
                let number = number?;
                self.mark(row, column, number);
                Some(number.value)
            }
            Err((what, help)) => {
                self.report(Problem::new(row, Some(column), what, help));
                None
            }
        }
    }

    /// Notes how a number marks its parts: where both marks occur, one of them is likely to mean thousands.
    fn mark(&mut self, row: u64, column: &str, number: Number) {
        let Some(mark) = number.mark else { return };
        let (own, other) = match mark {
            Mark::Point => (0, 1),
            Mark::Comma => (1, 0),
        };
        self.marks[own].get_or_insert(row);
        if let Some(first) = self.marks[other].filter(|_| !self.marks_differ) {
            self.marks_differ = true;
            let names = ["point", "comma"];
            let what = format!("this number has a {}, and one in row {first} a {}", names[own], names[other]);
            self.report(Problem::new(row, Some(column), what, "write all parts with the same mark, and no thousands"));
        }
    }

    fn report(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.unlisted += 1;
        }
    }
}

/// What a record was read from.
fn raw<'t>(text: &'t str, record: &csv::StringRecord, end: &csv::Position) -> &'t str {
    let place = |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(usize::MAX);
    record.position().and_then(|start| text.get(place(start)..place(end))).unwrap_or_default()
}

fn uneven(row: u64, has: usize, width: usize) -> Problem {
    let what = format!("the row has {has} cells and the first row {width}");
    let help = if has < width {
        "add the cells that are missing, empty if need be, and see whether a quotation mark is left open"
    } else {
        "put a cell that has a separator in it in quotation marks"
    };
    Problem::new(row, None, what, help)
}

#[cfg(test)]
mod tests;
