//! The cohort as columns, by name.

use crate::Failure;
use crate::bindings::exports::turnabout::plugin::rule as wit;

/// The people of one side, as columns.
#[derive(Debug, Clone)]
pub struct Table {
    rows: usize,
    columns: Vec<wit::Column>,
}

impl Table {
    /// How many people.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Takes a column of numbers.
    pub fn take_numbers(&mut self, name: &str) -> Result<Numbers, Failure> {
        let column = self.take(name)?;
        match column.values {
            wit::Values::Numbers(values) if values.len() == self.rows => {
                Ok(Numbers { present: Present(column.present), values })
            }
            other => Err(unusable(name, "numbers", &other)),
        }
    }

    /// Takes a column of words.
    pub fn take_categories(&mut self, name: &str) -> Result<Categories, Failure> {
        let column = self.take(name)?;
        match column.values {
            wit::Values::Categories(values) if values.len() == self.rows => {
                Ok(Categories { present: Present(column.present), values })
            }
            other => Err(unusable(name, "words", &other)),
        }
    }

    /// Takes a column of sets of words.
    pub fn take_sets(&mut self, name: &str) -> Result<Sets, Failure> {
        let column = self.take(name)?;
        match column.values {
            wit::Values::Sets(sets) if sets.offsets.len() == self.rows + 1 => {
                Ok(Sets { offsets: sets.offsets, members: sets.members })
            }
            other => Err(unusable(name, "sets", &other)),
        }
    }

    fn take(&mut self, name: &str) -> Result<wit::Column, Failure> {
        match self.columns.iter().position(|column| column.name == name) {
            Some(index) => Ok(self.columns.swap_remove(index)),
            None => Err(Failure::new(["the attribute '", name, "' was not passed to the rule"].concat())),
        }
    }
}

impl From<wit::Table> for Table {
    fn from(table: wit::Table) -> Self {
        Self { rows: table.rows as usize, columns: table.columns }
    }
}

/// Strings are joined rather than formatted, here and elsewhere: the formatter would double the size of a component.
fn unusable(name: &str, wanted: &str, found: &wit::Values) -> Failure {
    let found = match found {
        wit::Values::Numbers(_) => "numbers",
        wit::Values::Categories(_) => "words",
        wit::Values::Sets(_) => "sets",
    };
    let tail = if wanted == found { " of another length" } else { "" };
    Failure::new(["the attribute '", name, "' must hold ", wanted, " and holds ", found, tail].concat())
}

/// A bit a row, the lowest bit of the first byte first.
#[derive(Debug, Clone)]
struct Present(Vec<u8>);

impl Present {
    fn has(&self, row: usize) -> bool {
        self.0.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1)
    }
}

/// A number a person, or nothing.
#[derive(Debug, Clone)]
pub struct Numbers {
    present: Present,
    values: Vec<f64>,
}

impl Numbers {
    /// The number of one person, if known.
    pub fn get(&self, row: usize) -> Option<f64> {
        if self.present.has(row) { self.values.get(row).copied() } else { None }
    }
}

/// One word a person, or nothing.
#[derive(Debug, Clone)]
pub struct Categories {
    present: Present,
    values: Vec<u32>,
}

impl Categories {
    /// The number that stands for the person's word, if known.
    pub fn get(&self, row: usize) -> Option<u32> {
        if self.present.has(row) { self.values.get(row).copied() } else { None }
    }
}

/// A set of words a person.
#[derive(Debug, Clone)]
pub struct Sets {
    offsets: Vec<u32>,
    members: Vec<u32>,
}

impl Sets {
    /// The numbers of one person's words, sorted; empty if there are none.
    pub fn get(&self, row: usize) -> &[u32] {
        let bounds = self.offsets.get(row).zip(self.offsets.get(row + 1));
        bounds.and_then(|(from, to)| self.members.get(*from as usize..*to as usize)).unwrap_or_default()
    }

    /// Everyone's words, row after row.
    pub fn members(&self) -> &[u32] {
        &self.members
    }

    /// Every row, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        (0..self.offsets.len().saturating_sub(1)).map(|row| self.get(row))
    }
}
