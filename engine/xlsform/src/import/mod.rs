//! From a workbook to a survey, or to everything that is wrong with it.

mod choices;
mod extra;
mod questions;
mod references;
mod row_type;
mod settings;
mod survey;
mod table;

use crate::{
    problem::{CellProblem, Problems},
    workbook::{self, Sheet},
};
use smol_str::SmolStr;
use turnabout_model::Survey;

/// A survey that was read from a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The form's id, if it has one.
    pub name: Option<SmolStr>,
    /// The survey. What only a template can tell, such as whether its invitation exists, is not checked.
    pub survey: Survey,
    /// What was left out or should be looked at.
    pub warnings: Vec<CellProblem>,
}

/// The sheets that are read.
const SHEETS: [&str; 4] = ["survey", "choices", "settings", "turnabout"];

/// Reads an XLSForm workbook, the bytes of an `.xlsx`, or reports everything that is wrong with it at once, warnings
/// included.
pub fn import(workbook: &[u8]) -> Result<Imported, Vec<CellProblem>> {
    let known = |name: &str| SHEETS.contains(&plain(name).as_str());
    let sheets = workbook::read(workbook, known).map_err(Problems::finish)?;
    let mut problems = Problems::default();
    let survey = survey::read(&sheets, &mut problems);
    match survey {
        Some((name, survey)) if !problems.has_errors() => Ok(Imported { name, survey, warnings: problems.finish() }),
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
