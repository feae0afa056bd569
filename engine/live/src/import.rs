//! People come in: many from a list, or one by hand, past the same checks.

use crate::{
    Engine, LiveError, Outcome,
    act::{Act, Once, Request},
    views::{Added, Checked},
};
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeSet;
use turnabout_model::{Event, ParticipantId, ParticipantStatus, Person, Programme, Role, RunId};
use turnabout_template::people::{Imported, NewPerson, RowError, read_csv, write_csv};

impl Engine {
    /// Takes in everyone on a list, or nobody, with every reason why not. `csv` has the columns that the template
    /// asks for.
    pub fn import(
        &self,
        run: &RunId,
        csv: &[u8],
        status: ParticipantStatus,
        once: Option<Once>,
    ) -> Result<Outcome<Added>, LiveError> {
        self.take_in(run, csv, status, Known::Refused, once)
    }

    /// Does the same with a list that has grown: whoever takes part already is passed over and named in the notices.
    pub fn import_new(
        &self,
        run: &RunId,
        csv: &[u8],
        status: ParticipantStatus,
        once: Option<Once>,
    ) -> Result<Outcome<Added>, LiveError> {
        self.take_in(run, csv, status, Known::PassedOver, once)
    }

    /// Reads a list for a template and takes nobody in: how many mentors and mentees it has, and what to know of it.
    pub fn check_people(&self, template: &str, csv: &[u8]) -> Result<Checked, LiveError> {
        let (_, bundle) = self.find_template(template)?;
        let imported = read_csv(csv, &bundle.programme).map_err(LiveError::People)?;
        let mentors = imported.people.iter().filter(|person| person.role == Role::Mentor).count();
        Ok(Checked { mentors, mentees: imported.people.len() - mentors, notices: notices(&imported) })
    }

    fn take_in(
        &self,
        run: &RunId,
        csv: &[u8],
        status: ParticipantStatus,
        known: Known,
        once: Option<Once>,
    ) -> Result<Outcome<Added>, LiveError> {
        let programme = self.read(run, |of| of.bundle.programme.clone())?;
        let mut imported = read_csv(csv, &programme).map_err(LiveError::People)?;
        let mut notices = notices(&imported);
        let repeated =
            once.as_ref().is_some_and(|once| crate::once::recall::<Added>(self, once).is_ok_and(|o| o.is_some()));
        let in_run = if repeated { Vec::new() } else { self.in_run_already(run, &imported)? };
        match known {
            Known::Refused if !in_run.is_empty() => return Err(LiveError::People(in_run)),
            Known::Refused => {}
            Known::PassedOver => {
                notices.extend(in_run.iter().map(|error| format!("row {}: {}", error.row, error.what)));
                let rows: BTreeSet<u64> = in_run.iter().map(|error| error.row).collect();
                let mut row = imported.rows.iter();
                imported.people.retain(|_| row.next().is_none_or(|row| !rows.contains(row)));
            }
        }
        let acts = imported.people.into_iter().map(|person| Act::AddPerson { person, status }).collect();
        self.submit(run, Request::all(acts).once(once), |decision| Added {
            added: added(decision.events),
            notices: notices.clone(),
        })
    }

    /// Takes in one person, checked like a row of a list.
    pub fn add_person(
        &self,
        run: &RunId,
        person: &Person,
        status: ParticipantStatus,
        once: Option<Once>,
    ) -> Result<Outcome<Added>, LiveError> {
        let programme = self.read(run, |of| of.bundle.programme.clone())?;
        let person = check_person(person, &programme)?;
        let act = Act::AddPerson { person, status };
        self.submit(run, Request::from(act).once(once), |decision| Added {
            added: added(decision.events),
            notices: Vec::new(),
        })
    }

    /// The rows of a list whose people take part already.
    fn in_run_already(&self, run: &RunId, imported: &Imported) -> Result<Vec<RowError>, LiveError> {
        self.with_run(run, |_, loaded| {
            let known = imported.people.iter().zip(&imported.rows).filter_map(|(person, row)| {
                crate::act::taking_part(loaded, &person.email).map(|id| RowError {
                    row: *row,
                    column: Some(SmolStr::new_static("email")),
                    what: format!("{} is in this run already: {id}", person.email),
                    help: "remove the row from the list, or import only those who are new".into(),
                })
            });
            Ok(known.collect())
        })
    }
}

/// What happens to people on a list who take part already.
#[derive(Clone, Copy)]
enum Known {
    /// The list is refused.
    Refused,
    /// They are passed over.
    PassedOver,
}

fn notices(imported: &Imported) -> Vec<String> {
    imported.notices.iter().map(|n| format!("row {}, column '{}': {}", n.row, n.column, n.what)).collect()
}

fn added(events: &[Event]) -> Vec<ParticipantId> {
    let added = |event: &Event| match event {
        Event::ParticipantAdded { participant, .. } => Some(*participant),
        _ => None,
    };
    events.iter().filter_map(added).collect()
}

/// Checks a person as a list's rows are checked: name, address, attributes of the template, and consent for special
/// ones. The id is not looked at.
pub fn check_person(person: &Person, programme: &Programme) -> Result<NewPerson, LiveError> {
    let mut errors = Vec::new();
    let mut wrong = |column: &SmolStr, what: String, help: &str| {
        errors.push(RowError { row: 0, column: Some(column.clone()), what, help: help.into() });
    };
    let known: Vec<_> = programme.attributes.keys().map(SmolStr::as_str).collect();
    let help = format_smolstr!("the template asks for {}", known.join(", "));
    let named: BTreeSet<&SmolStr> = person.attributes.keys().chain(&person.consents).collect();
    for name in named.into_iter().filter(|name| !programme.attributes.contains_key(*name)) {
        wrong(name, format!("this programme has no attribute '{name}'"), &help);
    }
    for (name, values) in &person.attributes {
        if values.iter().any(|value| value.contains(';')) {
            wrong(name, "a value has a semicolon in it".into(), "pass several values as a list");
        }
    }
    for (name, text) in [("name", &*person.name), ("email", &person.email)] {
        if text.chars().any(char::is_control) {
            wrong(&name.into(), "it has a line break or another control character".into(), "write one line");
        }
    }
    if !errors.is_empty() {
        return Err(LiveError::People(errors));
    }
    // The same reader for both ways in, so that neither is laxer than the other.
    let csv = write_csv([person], programme);
    let read = read_csv(csv.as_bytes(), programme).map_err(|mut errors| {
        for error in &mut errors {
            error.row = 0;
        }
        LiveError::People(errors)
    })?;
    read.people.into_iter().next().ok_or_else(|| {
        let what = "nothing was said about the person".to_owned();
        LiveError::People(vec![RowError { row: 0, column: None, what, help: "write a name and an address".into() }])
    })
}
