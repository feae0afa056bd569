//! Writes workbooks.

use super::Table;
use crate::{export::ExportError, problem::Cell};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// Columns are this wide, in characters; texts wider.
const COLUMN_CHARS: u16 = 18;
const TEXT_CHARS: u16 = 48;

/// Writes sheets. The same sheets give the same bytes: no clock is read.
pub(crate) fn write(tables: &[Table]) -> Result<Vec<u8>, ExportError> {
    let unwritable = |error: XlsxError| ExportError::Unwritable(Box::new(error));
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(unwritable)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let heading = Format::new().set_bold();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.name).map_err(unwritable)?;
        sheet.set_freeze_panes(1, 0).map_err(unwritable)?;
        for (column, text) in (0_u16..).zip(&table.headings) {
            sheet.write_string_with_format(0, column, text, &heading).map_err(unwritable)?;
            let wide = text.starts_with("label") || text.ends_with("message") || text == "value";
            let width = if wide { TEXT_CHARS } else { COLUMN_CHARS };
            sheet.set_column_width(column, f64::from(width)).map_err(unwritable)?;
        }
        for (row, cells) in (1_u32..).zip(&table.rows) {
            for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, text).map_err(|error| match error {
                    XlsxError::MaxStringLengthExceeded => ExportError::TooLong(Cell {
                        sheet: table.name.into(),
                        row: row + 1,
                        column: u32::from(column) + 1,
                    }),
                    other => unwritable(other),
                })?;
            }
        }
    }
    workbook.save_to_buffer().map_err(unwritable)
}
