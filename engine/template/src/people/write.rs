//! Writes people to CSV, safe to open in a spreadsheet.

use super::FIXED_COLUMNS;
use smol_str::SmolStr;
use std::borrow::Cow;
use turnabout_model::{Person, Programme};

/// What makes a spreadsheet take a cell for a formula: OWASP's list on CSV injection, and NUL.
const DANGEROUS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

/// Tells whether a cell needs a guard. One that has apostrophes before a formula gets another: else reading it back would
/// take off one that was the person's own.
pub(super) fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(DANGEROUS)
}

/// Puts an apostrophe before a cell that a spreadsheet would run as a formula.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Writes people with the columns that [`super::read_csv`] reads, in lines that end in CR LF as RFC 4180 asks.
#[allow(clippy::missing_panics_doc)] // writing to memory does not fail
pub fn write_csv<'p>(people: impl IntoIterator<Item = &'p Person>, programme: &Programme) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let [role, name, email, manager, consent] = FIXED_COLUMNS;
    let attributes = || programme.attributes.keys();
    let header = [role, name, email, manager].into_iter().chain(attributes().map(SmolStr::as_str)).chain([consent]);
    let wrote = "invariant: memory does not fail, and every row is as long as the header";
    writer.write_record(header).expect(wrote);
    for person in people {
        let joined = |values: Vec<&str>| values.join(";");
        let value = |name| joined(person.attributes.get(name).into_iter().flatten().map(SmolStr::as_str).collect());
        let mut cells = vec![
            person.role.to_string(),
            person.name.clone(),
            person.email.to_string(),
            person.manager.as_ref().map(ToString::to_string).unwrap_or_default(),
        ];
        cells.extend(attributes().map(value));
        cells.push(joined(person.consents.iter().map(SmolStr::as_str).collect()));
        writer.write_record(cells.iter().map(|cell| guard(cell).into_owned())).expect(wrote);
    }
    let bytes = writer.into_inner().expect(wrote);
    String::from_utf8(bytes).expect("invariant: only text was written")
}
