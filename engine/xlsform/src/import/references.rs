//! References: every `${name}` names a row that has an answer, and every function is one that surveys have.

use super::{choices::Lists, expressions, table::Line};
use crate::{
    column::Column,
    problem::{Cell, Problems, shown},
};
use std::collections::BTreeSet;
use turnabout_model::{Reference, references_in_expression, references_in_text};

/// The columns that hold an expression.
pub(super) const EXPRESSIONS: [Column; 4] =
    [Column::Relevant, Column::Constraint, Column::Calculation, Column::Required];

/// Looks at every expression and text of the sheets `survey` and `choices`.
pub(super) fn check(lines: &[Line<'_>], lists: &Lists<'_>, answered: &BTreeSet<String>, problems: &mut Problems) {
    for line in lines {
        for column in EXPRESSIONS {
            for (cell, text) in line.cells(column) {
                look(references_in_expression(text), &cell, answered, problems);
                for function in expressions::unknown_functions(text) {
                    let message = format!("surveys have no function '{}()'", shown(function));
                    let help = format!("the functions are {}", expressions::FUNCTIONS);
                    problems.warn("xlsform::function", cell.clone(), message, help);
                }
            }
        }
        for column in [Column::Label, Column::RequiredMessage, Column::ConstraintMessage] {
            for (cell, text) in line.cells(column) {
                look(references_in_text(text), &cell, answered, problems);
            }
        }
    }
    for line in lists.used_lines() {
        for (cell, text) in line.cells(Column::Label) {
            look(references_in_text(text), &cell, answered, problems);
        }
    }
}

fn look(references: Vec<Reference<'_>>, cell: &Cell, answered: &BTreeSet<String>, problems: &mut Problems) {
    for reference in references {
        let (message, help) = match reference {
            Reference::To(name, _) if answered.contains(name) => continue,
            Reference::To(name, _) => {
                let message = format!("no question with an answer is called '{}'", shown(name));
                (message, "correct the name; notes and groups have no answer")
            }
            Reference::Broken(piece, _) => {
                (format!("'{}' names no question", shown(piece)), "write ${name} with the name of a question")
            }
        };
        problems.error("xlsform::reference", cell.clone(), message, help);
    }
}
