//! Surveys: names and choices are unique.

use super::Sources;
use crate::report::Report;
use std::collections::BTreeMap;

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for survey in sources.surveys.values() {
        let mut questions = BTreeMap::new();
        for question in survey.items_of("questions") {
            if let Some((node, name)) = question.get("name").and_then(|node| Some((node, node.text()?)))
                && let Some(first) = questions.insert(name, node)
            {
                report.push(
                    node.error(
                        "survey::duplicate_question",
                        format!("two questions are called '{name}'"),
                        "the second",
                    )
                    .at(first.file().clone(), first.span(), "the first")
                    .help("give each its own name: answers are kept by it"),
                );
            }
            let mut choices = BTreeMap::new();
            for choice in question.items_of("choices") {
                let Some(text) = choice.text() else { continue };
                if choices.insert(text, choice).is_some() {
                    report.push(
                        choice
                            .error("survey::duplicate_choice", format!("the choice '{text}' is there twice"), "again")
                            .help("remove one of them"),
                    );
                }
            }
        }
    }
}
