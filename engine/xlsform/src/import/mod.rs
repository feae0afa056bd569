//! From a workbook to a survey, or to everything that is wrong with it.

mod choices;
mod expressions;
mod extra;
mod languages;
mod left_out;
mod questions;
mod references;
mod row_type;
mod settings;
mod survey;
mod table;

use crate::{
    problem::{Cell, CellProblem, Problems},
    workbook::{self, Sheet},
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::Survey;

/// A survey that was read from a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The form's id, if it has one.
    pub name: Option<SmolStr>,
    /// The survey. What only a template can tell, such as whether its invitation exists, is not checked.
    pub survey: Survey,
    /// In which cell a question, group or statement has its name.
    pub places: BTreeMap<SmolStr, Cell>,
    /// In which cell an expression of a question or group stands, by its name and the key in a survey: `relevant`,
    /// `constraint`, `calculation` or `required`.
    pub expressions: BTreeMap<(SmolStr, SmolStr), Cell>,
    /// What was left out or should be looked at.
    pub warnings: Vec<CellProblem>,
}

/// The sheets that are read.
const SHEETS: [&str; 4] = ["survey", "choices", "settings", "turnabout"];

/// Reads an XLSForm workbook, the bytes of an `.xlsx`, or reports everything that is wrong with it at once, warnings
/// included.
pub fn import(workbook: &[u8]) -> Result<Imported, Vec<CellProblem>> {
    let known = |name: &str| Some(plain(name)).filter(|name| SHEETS.contains(&name.as_str()));
    let mut problems = Problems::default();
    let Some(sheets) = workbook::read(workbook, known, &mut problems) else { return Err(problems.finish()) };
    match survey::read(&sheets, &mut problems) {
        Some(read) if !problems.has_errors() => {
            let survey::Read { name, survey, places, expressions } = read;
            Ok(Imported { name, survey, places, expressions, warnings: problems.finish() })
        }
        _ => Err(problems.finish()),
    }
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The sheet of a name.
fn sheet<'w>(sheets: &'w [Sheet], name: &str) -> Option<&'w Sheet> {
    sheets.iter().find(|sheet| plain(&sheet.name) == name)
}

#[cfg(test)]
mod tests;
