//! Reads workbooks, within limits: a small file can unpack to a large one, and two cells can span a million rows.

use super::{Sheet, bounds};
use crate::{
    limits::{MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES},
    problem::{Cell, Problems},
};
use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

const UNREADABLE: &str = "xlsform::unreadable";
const SAVE: &str = "save it as .xlsx once more, and try again";

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads the sheets of which `wanted` makes a name, in their order; of the others the name alone. Of two sheets with one
/// name in that sense the first is read. Nothing if there are errors.
pub(crate) fn read(
    bytes: &[u8],
    wanted: impl Fn(&str) -> Option<String>,
    problems: &mut Problems,
) -> Option<Vec<Sheet>> {
    if let Err((message, help)) = bounds::check(bytes) {
        problems.whole(UNREADABLE, message, help);
        return None;
    }
    // The library trusts workbooks further than we do: places that no spreadsheet has overflow in it.
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes, wanted, problems))).unwrap_or_else(|_| {
        problems.whole(UNREADABLE, "this workbook is broken in a way that no spreadsheet makes", SAVE);
        Vec::new()
    });
    (!problems.has_errors()).then_some(sheets)
}

fn sheets(bytes: &[u8], wanted: impl Fn(&str) -> Option<String>, problems: &mut Problems) -> Vec<Sheet> {
    let mut workbook: Book<'_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            problems.whole(UNREADABLE, format!("this is no .xlsx workbook: {error}"), SAVE);
            return Vec::new();
        }
    };
    let mut sheets = Vec::new();
    let mut names = BTreeSet::new();
    let mut left = MAX_TEXT_BYTES;
    for name in workbook.sheet_names() {
        let mut sheet = Sheet { name, rows: BTreeMap::new() };
        let known = wanted(&sheet.name);
        if known.as_ref().is_some_and(|known| !names.insert(known.clone())) {
            let cell = Cell { sheet: sheet.name.clone(), row: 1, column: 1 };
            let message = "another sheet has this name already";
            problems.error(UNREADABLE, cell, message, "remove one of them, or rename it so that it begins with _");
            return sheets;
        }
        if known.is_some()
            && let Err(error) = fill(&mut workbook, &mut sheet, &mut left, problems)
        {
            problems.whole(UNREADABLE, format!("the sheet '{}' can't be read: {error}", sheet.name), SAVE);
        }
        sheets.push(sheet);
    }
    sheets
}

fn fill(
    workbook: &mut Book<'_>,
    sheet: &mut Sheet,
    left: &mut usize,
    problems: &mut Problems,
) -> Result<(), XlsxError> {
    let name = sheet.name.clone();
    let mut cells = workbook.worksheet_cells_reader(&name)?;
    let mut count = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let place = Cell { sheet: name.clone(), row: row.saturating_add(1), column: column.saturating_add(1) };
        let Some(text) = text(&cell.value, cell.formula.is_some(), &place, problems) else {
            if problems.full() {
                return Ok(());
            }
            continue;
        };
        count += 1;
        if place.row > MAX_ROWS || place.column > MAX_COLUMNS || count > MAX_CELLS {
            let message =
                format!("a sheet ends at row {MAX_ROWS}, column {MAX_COLUMNS} and {MAX_CELLS} cells at the latest");
            problems.error(UNREADABLE, place, message, "remove what lies there; sheets of their own are not read");
            return Ok(());
        }
        if text.chars().nth(MAX_CELL_CHARS).is_some() {
            let message = format!("a cell has at most {MAX_CELL_CHARS} characters");
            problems.error(UNREADABLE, place, message, "write less");
            return Ok(());
        }
        let Some(rest) = left.checked_sub(text.len()) else {
            let message = format!("the cells of a workbook hold at most {MAX_TEXT_BYTES} bytes of text");
            problems.error(UNREADABLE, place, message, "remove what is no part of the form");
            return Ok(());
        };
        *left = rest;
        sheet.rows.entry(place.row).or_default().insert(place.column, text);
    }
    drop(cells);
    merged(workbook, &name, problems)
}

/// The text of a cell as a spreadsheet shows it; nothing if the cell is empty or wrong.
fn text(value: &DataRef<'_>, formula: bool, place: &Cell, problems: &mut Problems) -> Option<String> {
    let text = match value {
        DataRef::Empty if formula => {
            let message = "the formula in this cell has no value: the program that wrote it did not work it out";
            problems.error(
                "xlsform::value",
                place.clone(),
                message,
                "write the text itself, or save it in a spreadsheet",
            );
            return None;
        }
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.into(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(moment) => {
            let text = date(moment);
            let message = format!("this cell holds a date, and is read as '{text}'");
            problems.warn("xlsform::date", place.clone(), message, "if other words are meant, format it as text first");
            text
        }
        DataRef::Error(error) => {
            let message = format!("the formula in this cell has no value: {error}");
            problems.error("xlsform::value", place.clone(), message, "write the text itself");
            return None;
        }
    };
    (!text.is_empty()).then_some(text)
}

/// A date of a spreadsheet as forms write it; a time alone has no day.
fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (hour, minute, second) {
        _ if moment.as_f64() < 1.0 => time,
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

/// Warns of merged cells: what looks like one cell for several rows is a text in the first alone.
fn merged(workbook: &mut Book<'_>, name: &str, problems: &mut Problems) -> Result<(), XlsxError> {
    for range in workbook.merge_cells_by_sheet_name(name)? {
        let (row, column) = range.start;
        let cell = Cell { sheet: name.to_owned(), row: row.saturating_add(1), column: column.saturating_add(1) };
        let message = "these cells are merged, and what they say counts for the first alone";
        problems.warn("xlsform::merged", cell, message, "unmerge them, and write into each what it is to say");
    }
    Ok(())
}
