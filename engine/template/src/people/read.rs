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
    /// The row of each, 1 for the header.
    pub rows: Vec<u64>,
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
    if bytes.starts_with(b"PK\x03\x04") {
        return whole("this is a workbook and no CSV".into(), "in the spreadsheet choose 'Save as' and 'CSV UTF-8'");
    }
    // What a spreadsheet saves as "Unicode text" is a list all the same, in UTF-16.
    let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if bytes.contains(&0) && !is_utf16 {
        return whole("this is no list of people: it is no text".into(), "name the list that was saved as CSV UTF-8");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return whole("the file is not UTF-8 text".into(), "in the spreadsheet choose 'Save as' and 'CSV UTF-8'");
    };
    // One kind of line end: the csv crate counts the lines of CR LF one too few.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = Reader {
        programme,
        people: Vec::new(),
        rows: Vec::new(),
        notices: Vec::new(),
        errors: Vec::new(),
        seen: HashMap::new(),
    };
    reader.read(&text);
    let Reader { people, rows, mut notices, mut errors, .. } = reader;
    if errors.is_empty() && people.is_empty() {
        return whole("the list has no people".into(), "add a row for each person below the header");
    }
    if errors.is_empty() {
        cap(&mut notices, MAX_NOTICES, |left| Notice {
            row: 0,
            column: SmolStr::default(),
            what: format!("{left} more notices are not shown"),
        });
        return Ok(Imported { people, rows, notices });
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
    rows: Vec<u64>,
    notices: Vec<Notice>,
    errors: Vec<RowError>,
    /// The row of each e-mail address.
    seen: HashMap<SmolStr, u64>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
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
            let help = if cells.len() < columns.names.len() {
                "add the cells that are missing, empty if need be"
            } else {
                "put a cell that has a comma in it in quotes"
            };
            self.errors.push(RowError::new(row, None, what, help));
            return;
        }
        let before = self.errors.len();
        let cell = |name: &str| columns.find(name).map(|place| cell::unguard(cells[place])).unwrap_or_default();
        let role = cell("role").parse::<Role>();
        if let Err(what) = &role {
            let (message, help) = what.split_once(": ").unwrap_or((what, "write 'mentor' or 'mentee'"));
            self.wrong(row, "role", Complaint { message: message.into(), help: help.into() });
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
            self.rows.push(row);
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
            if let Some(known) = special().find(|known| known.eq_ignore_ascii_case(name)) {
                consents.insert(known.into());
            } else {
                let message = format!("'{}' is no attribute that needs consent", shown(name));
                let help = suggest::help(name, special(), "this programme has none: leave the cell empty");
                self.wrong(row, "consent", Complaint { message, help });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::write_csv;
    use insta::assert_snapshot;
    use turnabout_model::{ParticipantId, Person};

    fn programme() -> Programme {
        let json = serde_json::json!({
            "name": "a", "version": "1", "summary": "s", "purpose": "p", "length": "1 month", "licence": "l",
            "attributes": {
                "topics": { "kind": "set", "help": "h" },
                "career_stage": { "kind": "category", "help": "h" },
                "grade": { "kind": "number", "help": "h" },
                "ethnicity": { "kind": "category", "help": "h", "special": true },
            },
        });
        serde_json::from_value(json).unwrap()
    }

    const HEADER: &str = "role,name,email,manager,topics,career_stage,grade,ethnicity,consent\n";

    fn read(rows: &str) -> Result<Imported, Vec<RowError>> {
        read_csv(format!("{HEADER}{rows}").as_bytes(), &programme())
    }

    fn lines(errors: &[RowError]) -> String {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    fn errors(rows: &str) -> String {
        lines(&read(rows).unwrap_err())
    }

    #[test]
    fn a_list_as_spreadsheets_write_it_is_read() {
        let text = "\u{feff}Role , Name,E-Mail,Topics,Career stage,Grade,Ethnicity,Consent,MANAGER\r\n\
            Mentor,Amara Díaz,Amara@Example.org, data; careers;data ,early,3,x,ethnicity,boss@example.org\r\n\
            ,,,,,,,,\r\n\
            mentee,\"Reed, Sam\",sam@example.org,,,,y,,\r\n";
        let imported = read_csv(text.as_bytes(), &programme()).unwrap();
        let [amara, sam] = imported.people.as_slice() else { panic!("{imported:?}") };
        assert_eq!((amara.role, amara.email.as_str()), (Role::Mentor, "amara@example.org"));
        assert_eq!(amara.manager.as_deref(), Some("boss@example.org"));
        assert_eq!(amara.attributes["topics"], ["data", "careers"]);
        assert_eq!(amara.attributes["ethnicity"], ["x"]);
        assert!(amara.consents.contains("ethnicity"));
        assert_eq!(sam.name, "Reed, Sam");
        assert!(sam.attributes.is_empty());
        let [notice] = imported.notices.as_slice() else { panic!("{imported:?}") };
        assert_eq!((notice.row, notice.column.as_str()), (4, "ethnicity"));
        assert!(!notice.what.contains("'y'"), "a notice quotes no special data");
    }

    #[test]
    fn every_error_is_reported_with_its_row_at_once() {
        let rows = "boss,,not-an-address,sam@x,a,b,three,z,age\n\
            mentor,Amara,a@example.org,A@example.org,,one;two,3,,\n\
            mentor,\"Two\nlines\",b@example.org,,,,,,\n\
            mentee,Ben,A@EXAMPLE.org,,,,,,\n\
            mentee,Short,c@example.org\n\
            Role,NAME,email,manager,topics,career stage,grade,ethnicity,consent\n";
        assert_snapshot!(errors(rows), @"
        row 2, column 'role': 'boss' is no role; write 'mentor' or 'mentee'
        row 2, column 'name': the name is empty; write who it is
        row 2, column 'email': 'not-an-address' is not an e-mail address; write one address, for example 'sam@example.org'
        row 2, column 'manager': 'sam@x' is not an e-mail address; write one address, for example 'sam@example.org'
        row 2, column 'consent': 'age' is no attribute that needs consent; there is 'ethnicity'
        row 2, column 'grade': 'three' is no number; write digits, with a point for parts: 3 or 3.5
        row 3, column 'manager': nobody is their own line manager; write the manager's address or nothing
        row 3, column 'career_stage': one value is expected, not several; keep one of them
        row 4, column 'name': 'Two lines' can't be a name; write the name alone, on one line
        row 5, column 'email': the same address stands in row 3; every person has an address of their own
        row 6: the row has 3 cells and the header 9; add the cells that are missing, empty if need be
        row 7: this is a second header row; delete the row
        ");
    }

    #[test]
    fn the_header_is_checked_as_a_whole() {
        let header = |text: &str| -> String { lines(&read_csv(text.as_bytes(), &programme()).unwrap_err()) };
        assert_snapshot!(header("role,Name,name,topic,grade,career_stage,\n"), @"
        row 1, column 'name': there are two columns 'name'; remove one of them
        row 1, column 'topic': there is no column 'topic' in this programme; did you mean 'topics'?
        row 1: a column has no header; name the column or delete it
        row 1, column 'email': the column 'email' is missing; add it and fill it in
        row 1, column 'topics': the column 'topics' is missing; add it; its cells may stay empty
        ");
        assert_snapshot!(header("role;name;email\n"), @"row 1: the columns are not separated by commas; save the file as CSV with commas between the columns");
        assert_snapshot!(header(""), @"the file is empty; write the names of the columns into the first row");
    }

    #[test]
    fn files_that_are_no_csv_and_limits_are_refused() {
        let whole = |bytes: &[u8]| read_csv(bytes, &programme()).unwrap_err()[0].what.clone();
        assert_eq!(whole(b"role,name\xff"), "the file is not UTF-8 text");
        assert_eq!(whole(b"\xff\xfer\0o\0"), "the file is not UTF-8 text");
        assert!(whole(&vec![b'x'; MAX_CSV_BYTES + 1]).contains("it may have"));
        let person = |n: usize| format!("mentor,P,p{n}@example.org,,,,,,\n");
        let many: Vec<String> = (0..=MAX_CSV_ROWS).map(person).collect();
        assert_eq!(read(&many.concat()).unwrap_err()[0].what, "the list has more than 20000 people");
        let wrong = "boss,P,p@example.org,,,,,,\n".repeat(MAX_CSV_ROWS);
        let errors = read(&wrong).unwrap_err();
        assert_eq!(errors.len(), MAX_ROW_ERRORS + 1);
        assert!(errors.last().unwrap().what.contains("more errors are not shown"));
        let silent: Vec<_> = (0..=MAX_NOTICES).map(|n| format!("mentor,P,p{n}@example.org,,,,,x,\n")).collect();
        assert_eq!(read(&silent.concat()).unwrap().notices.len(), MAX_NOTICES + 1);
    }

    fn person(name: &str, topics: &[&str]) -> Person {
        let topics: Vec<SmolStr> = topics.iter().map(SmolStr::new).collect();
        Person {
            id: ParticipantId(1),
            role: Role::Mentor,
            name: name.into(),
            email: "a@example.org".into(),
            manager: None,
            attributes: if topics.is_empty() { BTreeMap::new() } else { [("topics".into(), topics)].into() },
            consents: BTreeSet::new(),
            avoids: BTreeSet::new(),
            agreed_to_contact: None,
        }
    }

    #[test]
    fn a_formula_is_guarded_on_the_way_out_and_read_back() {
        let people = [person("=HYPERLINK(1)", &["+1", "a"])];
        let text = write_csv(&people, &programme());
        assert_snapshot!(text.replace('\r', ""), @"
        role,name,email,manager,career_stage,ethnicity,grade,topics,consent
        mentor,'=HYPERLINK(1),a@example.org,,,,,'+1;a,
        ");
        let back = read_csv(text.as_bytes(), &programme()).unwrap().people;
        assert_eq!((&back[0].name, &back[0].attributes), (&people[0].name, &people[0].attributes));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_back(name in "[=+@',\"a-zé-]([ =+@',\"a-zé-]{0,8}[=+@',\"a-zé-])?") {
            let people = [person(&name, &[])];
            let back = read_csv(write_csv(&people, &programme()).as_bytes(), &programme()).unwrap().people;
            proptest::prop_assert_eq!(&back[0].name, &name);
        }

        #[test]
        fn nothing_makes_the_reader_fall_over(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = read_csv(&bytes, &programme());
            let _ = read_csv(&[HEADER.as_bytes(), &bytes].concat(), &programme());
        }
    }
}
