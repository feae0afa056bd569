//! Reads workbooks, within limits: a small file can unpack to a large one, and two cells can span a million rows.

use super::Sheet;
use crate::{
    limits::{MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED_BYTES},
    problem::{Cell, Problems},
};
use calamine::{DataRef, Reader as _, Xlsx};
use std::{
    collections::BTreeMap,
    io::{self, Cursor, Read as _},
};

const UNREADABLE: &str = "xlsform::unreadable";

/// Reads the sheets with these names in their order; of the others the name alone.
pub(crate) fn read(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<Sheet>, Problems> {
    let mut problems = Problems::default();
    if let Err((message, help)) = bounded(bytes) {
        problems.whole(UNREADABLE, message, help);
        return Err(problems);
    }
    let save = "save it as .xlsx once more, and try again";
    let mut workbook: Xlsx<_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            problems.whole(UNREADABLE, format!("this is no .xlsx workbook: {error}"), save);
            return Err(problems);
        }
    };
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let mut sheet = Sheet { name, rows: BTreeMap::new() };
        if wanted(&sheet.name)
            && let Err(error) = fill(&mut workbook, &mut sheet, &mut problems)
        {
            problems.whole(UNREADABLE, format!("the sheet '{}' can't be read: {error}", sheet.name), save);
        }
        sheets.push(sheet);
    }
    if problems.has_errors() { Err(problems) } else { Ok(sheets) }
}

/// Unpacks everything once and throws it away, to see how much it is. What the file says of itself may be wrong.
fn bounded(bytes: &[u8]) -> Result<(), (String, &'static str)> {
    let large = "does it hold pictures? a form is far smaller";
    if bytes.len() > MAX_BYTES {
        return Err((format!("the workbook has more than {MAX_BYTES} bytes"), large));
    }
    let broken = |error: &dyn std::fmt::Display| {
        (format!("this is no .xlsx workbook: {error}"), "save it as .xlsx: older formats can't be read")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MAX_UNPACKED_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(&error))?;
        let unpacked = io::copy(&mut file.take(left + 1), &mut io::sink()).map_err(|error| broken(&error))?;
        match left.checked_sub(unpacked) {
            Some(rest) => left = rest,
            None => return Err((format!("the workbook unpacks to more than {MAX_UNPACKED_BYTES} bytes"), large)),
        }
    }
    Ok(())
}

fn fill(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &mut Sheet,
    problems: &mut Problems,
) -> Result<(), calamine::XlsxError> {
    let name = sheet.name.clone();
    let mut cells = workbook.worksheet_cells_reader(&name)?;
    let mut count = 0;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let place = Cell { sheet: name.clone(), row: row.saturating_add(1), column: column.saturating_add(1) };
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(value) => value.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => number.to_string(),
            DataRef::DateTime(moment) => date(moment),
            DataRef::Error(error) => {
                let message = format!("the formula in this cell has no value: {error}");
                problems.error("xlsform::value", place, message, "write the text itself");
                continue;
            }
        };
        if text.is_empty() {
            continue;
        }
        count += 1;
        if place.row > MAX_ROWS || place.column > MAX_COLUMNS || count > MAX_CELLS {
            let message =
                format!("a sheet ends at row {MAX_ROWS}, column {MAX_COLUMNS} and {MAX_CELLS} cells at the latest");
            problems.error(UNREADABLE, place, message, "remove what lies there; sheets of their own are not read");
            return Ok(());
        }
        sheet.rows.entry(place.row).or_default().insert(place.column, text);
    }
    Ok(())
}

/// A date of a spreadsheet as forms write it; a number that is none stays one.
fn date(moment: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}
