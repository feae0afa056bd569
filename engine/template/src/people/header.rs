//! The header of a CSV of people: which column holds what.

use super::{FIXED_COLUMNS, RowError};
use crate::{formats::shown, suggest};
use turnabout_model::Programme;

/// Columns without which there are no people.
const NEEDED: [&str; 3] = ["role", "name", "email"];

/// The columns of a file, by name.
pub(super) struct Columns {
    /// The name of each column in order, as the template spells it.
    pub names: Vec<String>,
}

impl Columns {
    /// Finds a column.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }
}

/// Reads the header, or says everything that is wrong with it.
pub(super) fn read(cells: &[&str], programme: &Programme) -> Result<Columns, Vec<RowError>> {
    let mut errors = Vec::new();
    if cells.len() == 1 && cells[0].contains([';', '\t']) {
        return Err(vec![RowError::new(
            1,
            None,
            "the columns are not separated by commas",
            "save the file as CSV with commas between the columns",
        )]);
    }
    let known = known(programme);
    if !cells.iter().any(|cell| NEEDED.iter().any(|name| fold(name) == fold(cell))) {
        return Err(vec![RowError::new(
            0,
            None,
            "this is no list of people: its first row has none of the columns role, name and email",
            "a list begins with a row such as role,name,email and has a row for each person below",
        )]);
    }
    let mut names: Vec<String> = Vec::new();
    for cell in cells {
        match known.iter().find(|name| fold(name) == fold(cell)) {
            Some(name) if names.contains(name) => errors.push(RowError::new(
                1,
                Some(name),
                format!("there are two columns '{name}'"),
                "remove one of them",
            )),
            Some(name) => {
                names.push(name.clone());
                continue;
            }
            None if cell.is_empty() => {
                errors.push(RowError::new(1, None, "a column has no header", "name the column or delete it"));
            }
            None => errors.push(RowError::new(
                1,
                Some(cell),
                format!("there is no column '{}' in this programme", shown(cell)),
                nearest(cell, &known, cells),
            )),
        }
        names.push(String::new());
    }
    for name in needed(programme) {
        if !names.contains(&name) {
            let needed = NEEDED.contains(&name.as_str());
            let help = if needed { "add it and fill it in" } else { "add it; its cells may stay empty" };
            errors.push(RowError::new(1, Some(&name), format!("the column '{name}' is missing"), help));
        }
    }
    if errors.is_empty() { Ok(Columns { names }) } else { Err(errors) }
}

/// The column that an unknown one was probably meant to be: one that is spelt nearly so, or that it names in more words. `Full
/// name` is `name`, unless there is a `name` as well. Otherwise all that there are.
fn nearest(cell: &str, known: &[String], cells: &[&str]) -> String {
    let free = known.iter().filter(|name| !cells.iter().any(|cell| fold(cell) == fold(name)));
    let free: Vec<&str> = free.map(String::as_str).collect();
    let near = suggest::closest(cell, free.iter().copied());
    let part = || free.iter().copied().filter(|name| fold(cell).contains(&fold(name))).max_by_key(|name| name.len());
    match near.or_else(part) {
        Some(name) => format!("did you mean '{name}'?"),
        None => suggest::help(cell, known.iter().map(String::as_str), ""),
    }
}

/// Tells whether a row repeats the header, as it does when two exports are pasted together.
pub(super) fn is_repeated(cells: &[&str], columns: &Columns) -> bool {
    cells.len() == columns.names.len() && cells.iter().zip(&columns.names).all(|(cell, name)| fold(cell) == fold(name))
}

fn known(programme: &Programme) -> Vec<String> {
    FIXED_COLUMNS.iter().map(ToString::to_string).chain(programme.attributes.keys().map(ToString::to_string)).collect()
}

/// Special attributes may be left out altogether: nobody has to collect them.
fn needed(programme: &Programme) -> impl Iterator<Item = String> {
    let plain =
        programme.attributes.iter().filter(|(_, attribute)| !attribute.special).map(|(name, _)| name.to_string());
    NEEDED.iter().map(ToString::to_string).chain(plain)
}

/// A header as it is compared: `E-Mail ` is `email`, `Career stage` is `career_stage`.
fn fold(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"-_".contains(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_column_is_told_the_nearest_that_is_not_there_yet() {
        let known: Vec<String> = ["role", "name", "email", "manager", "topics"].map(String::from).into();
        for (header, cell, expect) in [
            ("role,Full name,email", "Full name", "did you mean 'name'?"),
            ("role,name,e-mail address", "e-mail address", "did you mean 'email'?"),
            ("role,name,email,topic", "topic", "did you mean 'topics'?"),
            ("role,name,email,Line manager's name", "Line manager's name", "did you mean 'manager'?"),
            ("role,name,email,Full name", "Full name", "there is 'role', 'name', 'email', 'manager', 'topics'"),
            ("role,name,email,shoes", "shoes", "there is 'role', 'name', 'email', 'manager', 'topics'"),
        ] {
            assert_eq!(nearest(cell, &known, &header.split(',').collect::<Vec<_>>()), expect, "{header}");
        }
    }
}
