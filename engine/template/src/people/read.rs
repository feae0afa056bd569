//! Reads people from CSV: all of them, or every reason why not.

use super::{
    cell,
    header::{self, Columns},
};
use crate::{
    formats::{self, Complaint, shown},
    limits::{MAX_CSV_BYTES, MAX_CSV_ROWS, MAX_NOTICES, MAX_ROW_ERRORS},
    suggest,
};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};
use turnabout_model::{Programme, Role};

/// A person read from a list, who has no id yet.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPerson {
    /// Mentor or mentee.
    pub role: Role,
    /// The full name.
    pub name: String,
    /// The e-mail address, in lower case: the key by which a manager is named.
    pub email: SmolStr,
    /// The e-mail address of their line manager, in lower case, if known.
    pub manager: Option<SmolStr>,
    /// The values by attribute name; an attribute without any is left out.
    pub attributes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The special attributes that the person agreed to have used.
    pub consents: BTreeSet<SmolStr>,
}

/// A list of people as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The people in the order of the list.
    pub people: Vec<NewPerson>,
    /// What the coordinator should know: data that was dropped for want of consent.
    pub notices: Vec<Notice>,
}

/// Something about a row that was dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The row, 1 for the header; 0 for the whole file.
    pub row: u64,
    /// The column.
    pub column: SmolStr,
    /// What was done, in a sentence. It does not quote the value.
    pub what: String,
}

/// Something that keeps a list from being imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The row as a spreadsheet counts it, 1 for the header; 0 for the whole file.
    pub row: u64,
    /// The column, if it is about one.
    pub column: Option<SmolStr>,
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl RowError {
    pub(super) fn new(row: u64, column: Option<&str>, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { row, column: column.map(|name| shown(name).into()), what: what.into(), help: help.into() }
    }
}

impl fmt::Display for RowError {
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

/// Reads a list of people, or reports every error in it, up to [`MAX_ROW_ERRORS`]; nothing is half-read.
pub fn read_csv(bytes: &[u8], programme: &Programme) -> Result<Imported, Vec<RowError>> {
    let whole = |what: String, help: &str| Err(vec![RowError::new(0, None, what, help)]);
    if bytes.len() > MAX_CSV_BYTES {
        return whole(format!("the file has {} bytes; it may have {MAX_CSV_BYTES}", bytes.len()), "import it in parts");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return whole("the file is not UTF-8 text".into(), "in the spreadsheet choose 'Save as' and 'CSV UTF-8'");
    };
    let mut reader =
        Reader { programme, people: Vec::new(), notices: Vec::new(), errors: Vec::new(), seen: HashMap::new() };
    reader.rows(text);
    let Reader { people, mut notices, mut errors, .. } = reader;
    if errors.is_empty() {
        cap(&mut notices, MAX_NOTICES, |left| Notice {
            row: 0,
            column: SmolStr::default(),
            what: format!("{left} more notices are not shown"),
        });
        return Ok(Imported { people, notices });
    }
    cap(&mut errors, MAX_ROW_ERRORS, |left| {
        RowError::new(0, None, format!("{left} more errors are not shown"), "mend the first ones and import again")
    });
    Err(errors)
}

fn cap<T>(items: &mut Vec<T>, most: usize, note: impl FnOnce(usize) -> T) {
    if items.len() > most {
        let left = items.len() - most;
        items.truncate(most);
        items.push(note(left));
    }
}

struct Reader<'p> {
    programme: &'p Programme,
    people: Vec<NewPerson>,
    notices: Vec<Notice>,
    errors: Vec<RowError>,
    /// The row of each e-mail address.
    seen: HashMap<SmolStr, u64>,
}

impl Reader<'_> {
    fn rows(&mut self, text: &str) {
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut columns: Option<Columns> = None;
        // A line break within quotes is no new row of the spreadsheet.
        let mut inner_breaks = 0;
        for record in csv.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let row = error.position().map_or(0, csv::Position::line);
                    self.errors.push(RowError::new(row, None, "the row can't be read", "save the file as CSV again"));
                    return;
                }
            };
            let row = record.position().map_or(0, csv::Position::line).saturating_sub(inner_breaks);
            let cells: Vec<&str> = record.iter().collect();
            inner_breaks += cells.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            let Some(columns) = &columns else {
                match header::read(&cells, self.programme) {
                    Ok(read) => columns = Some(read),
                    Err(errors) => {
                        self.errors = errors;
                        return;
                    }
                }
                continue;
            };
            if self.people.len() >= MAX_CSV_ROWS {
                let what = format!("the list has more than {MAX_CSV_ROWS} people");
                self.errors.push(RowError::new(row, None, what, "import it in parts"));
                return;
            }
            // Twice as many as are shown is enough to say "more".
            if self.errors.len() > 2 * MAX_ROW_ERRORS {
                return;
            }
            self.row(row, &cells, columns);
        }
        if columns.is_none() {
            self.errors.push(RowError::new(
                0,
                None,
                "the file is empty",
                "write the names of the columns into the first row",
            ));
        }
    }

    fn row(&mut self, row: u64, cells: &[&str], columns: &Columns) {
        if header::is_repeated(cells, columns) {
            self.errors.push(RowError::new(row, None, "this is a second header row", "delete the row"));
            return;
        }
        if cells.len() != columns.names.len() {
            let what = format!("the row has {} cells and the header {}", cells.len(), columns.names.len());
            self.errors.push(RowError::new(row, None, what, "put a cell that has a comma in it in quotes"));
            return;
        }
        let before = self.errors.len();
        let cell = |name: &str| columns.find(name).map(|place| cell::unguard(cells[place])).unwrap_or_default();
        let role = cell("role").parse::<Role>();
        if let Err(what) = &role {
            self.wrong(row, "role", Complaint { message: what.clone(), help: "write it in the column 'role'".into() });
        }
        let name = self.name(row, cell("name"));
        let email = self.email(row, "email", cell("email"));
        let manager = match cell("manager") {
            "" => None,
            text => Some(self.email(row, "manager", text)),
        };
        self.unique(row, &email, manager.as_ref());
        let consents = self.consents(row, cell("consent"));
        let attributes = self.attributes(row, &consents, cell);
        if let (Ok(role), true) = (role, self.errors.len() == before) {
            self.people.push(NewPerson { role, name, email, manager, attributes, consents });
        }
    }

    fn wrong(&mut self, row: u64, column: &str, complaint: Complaint) {
        self.errors.push(RowError::new(row, Some(column), complaint.message, complaint.help));
    }

    fn name(&mut self, row: u64, text: &str) -> String {
        if text.is_empty() {
            self.wrong(row, "name", Complaint { message: "the name is empty".into(), help: "write who it is".into() });
        } else if let Err(complaint) = formats::person(text) {
            self.wrong(row, "name", complaint);
        }
        text.into()
    }

    fn email(&mut self, row: u64, column: &str, text: &str) -> SmolStr {
        if let Err(complaint) = formats::email(text) {
            self.wrong(row, column, complaint);
        }
        text.to_lowercase().into()
    }

    fn unique(&mut self, row: u64, email: &SmolStr, manager: Option<&SmolStr>) {
        if email.is_empty() {
            return;
        }
        if manager == Some(email) {
            let what = "nobody is their own line manager".into();
            self.wrong(
                row,
                "manager",
                Complaint { message: what, help: "write the manager's address or nothing".into() },
            );
        }
        if let Some(first) = self.seen.get(email) {
            let message = format!("the same address stands in row {first}");
            self.wrong(row, "email", Complaint { message, help: "every person has an address of their own".into() });
        } else {
            self.seen.insert(email.clone(), row);
        }
    }

    fn consents(&mut self, row: u64, text: &str) -> BTreeSet<SmolStr> {
        let programme = self.programme;
        let special = || programme.attributes.iter().filter(|(_, a)| a.special).map(|(name, _)| name.as_str());
        let mut consents = BTreeSet::new();
        for name in cell::set(text) {
            match special().find(|known| known.eq_ignore_ascii_case(name)) {
                Some(known) => {
                    consents.insert(known.into());
                }
                None => {
                    let message = format!("'{}' is no attribute that needs consent", shown(name));
                    let help = suggest::help(name, special(), "this programme has none: leave the cell empty");
                    self.wrong(row, "consent", Complaint { message, help });
                }
            }
        }
        consents
    }

    fn attributes<'c>(
        &mut self,
        row: u64,
        consents: &BTreeSet<SmolStr>,
        cell: impl Fn(&str) -> &'c str,
    ) -> BTreeMap<SmolStr, Vec<SmolStr>> {
        let mut attributes = BTreeMap::new();
        for (name, attribute) in &self.programme.attributes {
            let text = cell(name);
            if attribute.special && !consents.contains(name) {
                // Dropped before it is even checked: without consent nothing is done with it.
                if !text.is_empty() {
                    let what = format!("'{name}' was left out: the person has not agreed to its use");
                    self.notices.push(Notice { row, column: name.clone(), what });
                }
                continue;
            }
            match cell::attribute(text, attribute.kind) {
                Ok(values) if values.is_empty() => {}
                Ok(values) => {
                    attributes.insert(name.clone(), values);
                }
                Err((message, help)) => self.errors.push(RowError::new(row, Some(name), message, help)),
            }
        }
        attributes
    }
}
