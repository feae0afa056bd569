//! What `turnabout check` says about a survey that came from a workbook, with the cell that it came from.

use crate::{failure::Failure, house::House};
use serde::Serialize;
use smol_str::SmolStr;
use std::path::{Path, PathBuf};
use turnabout_model::{Diagnostic, Severity};
use turnabout_sandbox::standard_plugins;
use turnabout_xlsform::{Cell, CellProblem, Imported};

/// A survey as it is to be written, and from which cells its names came.
pub(super) struct Placed<'a> {
    pub(super) file: &'a Path,
    pub(super) toml: &'a str,
    pub(super) imported: &'a Imported,
}

/// A diagnostic for programs: about a cell, about a piece of the survey's file, or both.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    #[serde(flatten)]
    diagnostic: Diagnostic,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<Place>,
}

#[derive(Debug, Serialize)]
struct Place {
    sheet: String,
    row: u32,
    /// As a spreadsheet shows it: `A`, `AA`.
    column: String,
}

impl From<Cell> for Place {
    fn from(cell: Cell) -> Self {
        Self { column: cell.letters(), row: cell.row, sheet: cell.sheet }
    }
}

impl From<CellProblem> for Finding {
    fn from(problem: CellProblem) -> Self {
        let mut diagnostic = Diagnostic::error(problem.code, problem.message).help(problem.help);
        diagnostic.severity = problem.severity;
        Self { diagnostic, cell: problem.cell.map(Place::from) }
    }
}

impl Placed<'_> {
    /// The file, as diagnostics name it.
    pub(super) fn name(&self) -> SmolStr {
        match self.template() {
            Some((_, inside)) => inside,
            None => self.file.display().to_string().into(),
        }
    }

    /// The template in which the file is to lie, and its path there.
    fn template(&self) -> Option<(PathBuf, SmolStr)> {
        let surveys = self.file.parent().filter(|folder| folder.ends_with("surveys"))?;
        let folder = surveys.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = self.file.file_name()?.to_str()?;
        folder.join("programme.toml").is_file().then(|| (folder.to_owned(), format!("surveys/{name}").into()))
    }

    pub(super) fn finding(&self, diagnostic: Diagnostic) -> Finding {
        let cell = self.cell(&diagnostic).cloned().map(Place::from);
        Finding { diagnostic, cell }
    }

    /// The diagnostic with its cell in words.
    pub(super) fn with_cell(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if let Some(cell) = self.cell(&diagnostic) {
            diagnostic.message = format!("{cell}: {}", diagnostic.message);
        }
        diagnostic
    }

    /// The cell of the expression that a place in the file is, or else the one with the name of the question, group or
    /// statement to which it belongs.
    fn cell(&self, diagnostic: &Diagnostic) -> Option<&Cell> {
        let begin = diagnostic.labels.first()?.bytes.start;
        let (mut named, mut of_choices) = (None, false);
        let mut at = 0;
        for line in self.toml.split_inclusive('\n') {
            if at > begin {
                break;
            }
            at += line.len();
            let line = line.trim_end();
            if line.starts_with('[') {
                // What belongs to no question comes after all of them; choices belong to the one before.
                of_choices = line.ends_with("choices]]");
                named = named.filter(|_| !line.starts_with("[[scales"));
            } else if let Some((key, value)) = line.split_once(" = ") {
                let expression = named
                    .as_ref()
                    .and_then(|(name, _): &(SmolStr, _)| self.imported.expressions.get(&(name.clone(), key.into())));
                if let Some(cell) = expression.filter(|_| at > begin) {
                    return Some(cell);
                }
                let known = self.imported.places.get_key_value(value.trim_matches(['"', '\'']));
                named =
                    known.filter(|_| key == "name" && !of_choices).map(|(name, cell)| (name.clone(), cell)).or(named);
            }
        }
        named.map(|(_, cell)| cell)
    }
}

/// Checks a survey: in the template where it is to lie, else alone, its expressions by the logic that comes with the engine.
pub(super) fn check(placed: &Placed<'_>) -> Result<Vec<Diagnostic>, Failure> {
    let file = placed.name();
    let house = House::new()?;
    let mut found = if let Some((folder, inside)) = placed.template() {
        let mut files = turnabout_template::read_folder(&folder)?;
        files.insert(inside.clone(), placed.toml.into());
        let mut found = turnabout_template::read_survey(&file, placed.toml).err().unwrap_or_default();
        let (_, of_all) = house.examine_files(files);
        let here = |diagnostic: &Diagnostic| diagnostic.labels.first().is_some_and(|label| label.file == inside);
        for diagnostic in of_all.into_iter().filter(here) {
            if !found.contains(&diagnostic) {
                found.push(diagnostic);
            }
        }
        found
    } else {
        let pins = standard_plugins().iter().map(|plugin| (plugin.id.into(), plugin.sha256.clone())).collect();
        turnabout_template::check_survey(&file, placed.toml, house.logics(), &pins).err().unwrap_or_default()
    };
    found.sort_by_key(|diagnostic| diagnostic.severity != Severity::Error);
    Ok(found)
}
