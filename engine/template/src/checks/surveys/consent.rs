//! Consent: the question that says whether an answer may be passed on is one that people can say no to.

use super::Form;
use crate::{document::Node, report::Report, suggest};
use turnabout_model::{Choice, Consent, Diagnostic};

pub(super) fn check(form: &Form<'_>, report: &mut Report) {
    for (question, _) in &form.questions {
        let Some(consent) = question.get("consent") else { continue };
        let Some(name) = consent.text() else { continue };
        match form.names.get(name) {
            None => {
                let singles = form.questions.iter().filter(|(other, _)| other.text_of("type") == Some("single"));
                let known = singles.filter_map(|(other, _)| other.text_of("name"));
                let help = suggest::help(name, known, "add a question of type 'single' that asks for consent");
                report.push(wrong(consent, format!("no question of this survey is called '{name}'"), help));
            }
            Some(named) => {
                if let Some(problem) = unfit(named.question, name, *question) {
                    report.push(wrong(consent, problem, HELP).at(
                        named.name.file().clone(),
                        named.name.span(),
                        "this question",
                    ));
                }
            }
        }
    }
}

const HELP: &str = "let it be a question of type 'single' with choices named 'named', 'unnamed' and 'no': \
                    'named' or 'unnamed' at least";

/// Why a question is none that people give their consent with.
fn unfit(asks: Node<'_>, name: &str, about: Node<'_>) -> Option<String> {
    if about.text_of("name") == Some(name) {
        return Some(format!("'{name}' can't be its own consent"));
    }
    if asks.text_of("type") != Some("single") {
        return Some(format!("'{name}' is no question with a single choice"));
    }
    if asks.get("calculation").is_some() {
        return Some(format!("'{name}' is computed, and consent is given by people"));
    }
    let choices: Vec<_> = asks
        .items_of("choices")
        .into_iter()
        .map(|choice| match choice.text() {
            Some(text) => Choice::plain(text).name,
            None => choice.text_of("name").unwrap_or_default().into(),
        })
        .collect();
    if let Some(other) = choices.iter().find(|choice| !Consent::WORDS.contains(&choice.as_str())) {
        return Some(format!("'{name}' has the choice '{other}', which says nothing about consent"));
    }
    let given = choices.iter().any(|choice| Consent::of(choice) != Consent::No);
    (!given).then(|| format!("nobody can agree in '{name}'"))
}

fn wrong(node: Node<'_>, message: String, help: impl Into<String>) -> Diagnostic {
    node.error("survey::consent", message, "asks for no consent").help(help)
}
