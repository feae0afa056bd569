//! References: every `${name}` in an expression or a text names what has an answer.

use super::Form;
use crate::{document::Node, formats::shown, report::Report, suggest};
use std::collections::BTreeSet;
use turnabout_model::{Reference, references_in_expression, references_in_text};

/// The keys of a question that hold an expression.
const EXPRESSIONS: [&str; 4] = ["relevant", "constraint", "calculation", "required"];
/// The keys of a question that hold a text.
const TEXTS: [&str; 3] = ["text", "required_message", "constraint_message"];

pub(super) fn check(form: &Form<'_>, report: &mut Report) {
    for (question, _) in &form.questions {
        for expression in EXPRESSIONS.into_iter().filter_map(|key| question.get(key)) {
            if let Some(text) = expression.text() {
                look(form, expression, references_in_expression(text), report);
            }
        }
        let labels = question.items_of("labels");
        let listed = [question.items_of("choices"), question.items_of("statements")].into_iter().flatten();
        let listed = listed.filter_map(|item| item.get("label").or(Some(item)));
        for said in TEXTS.into_iter().filter_map(|key| question.get(key)).chain(labels).chain(listed) {
            for text in languages(said) {
                look(form, text, references_in_text(text.text().unwrap_or_default()), report);
            }
        }
    }
}

/// A text, or the texts in each language.
fn languages(said: Node<'_>) -> Vec<Node<'_>> {
    match said.text() {
        Some(_) => vec![said],
        None => said.entries().into_iter().map(|(_, text)| text).filter(|text| text.text().is_some()).collect(),
    }
}

fn look(form: &Form<'_>, node: Node<'_>, references: Vec<Reference<'_>>, report: &mut Report) {
    let mut seen = BTreeSet::new();
    let known = || form.names.iter().filter(|(_, named)| named.answered).map(|(name, _)| *name);
    for reference in references {
        let (code, message, piece, help) = match reference {
            Reference::To(name, bytes) => {
                let help = || suggest::help(name, known(), "the survey has no question with an answer");
                let (code, message) = match form.names.get(name) {
                    Some(named) if named.answered => continue,
                    Some(_) => ("survey::no_answer", format!("'{name}' has no answer of its own")),
                    None => ("survey::unknown_answer", format!("no question of this survey is called '{name}'")),
                };
                let help = if code == "survey::no_answer" {
                    "notes, groups and questions with statements have none: name a question or a statement".into()
                } else {
                    help()
                };
                (code, message, bytes, help)
            }
            Reference::Broken(piece, bytes) => {
                let message = format!("'{}' names no question", shown(piece));
                ("survey::broken_reference", message, bytes, "write ${name} with the name of a question".into())
            }
        };
        let text = node.text().unwrap_or_default();
        let piece = &text[piece];
        if seen.insert(piece.to_owned()) {
            report.push(
                turnabout_model::Diagnostic::error(code, message)
                    .at(node.file().clone(), form.within(node, piece), "here")
                    .help(help),
            );
        }
    }
}
