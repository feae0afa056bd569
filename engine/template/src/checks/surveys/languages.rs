//! Languages: a text that is there in one of the survey's languages is there in all.

use super::Form;
use crate::{document::Node, report::Report, suggest};
use toml::de::DeValue;

pub(super) fn check(form: &Form<'_>, report: &mut Report) {
    let own = form.survey.get("default_language");
    let fallback = own.and_then(Node::text).unwrap_or("en");
    let listed: Vec<&str> = form.survey.items_of("languages").into_iter().filter_map(Node::text).collect();
    if let Some(list) = form.survey.get("languages")
        && !listed.contains(&fallback)
    {
        report.push(
            own.unwrap_or(list)
                .error(
                    "survey::unknown_language",
                    format!("the default language '{fallback}' is not among the survey's languages"),
                    "is not there",
                )
                .help(format!("add '{fallback}' to `languages`, or name one of them as `default_language`")),
        );
    }
    let languages = if listed.is_empty() { vec![fallback] } else { listed };
    for text in texts(form) {
        look(text, &languages, report);
    }
}

/// Every text of the survey that may be there in several languages.
fn texts<'d>(form: &Form<'d>) -> Vec<Node<'d>> {
    let mut found: Vec<Node<'d>> =
        ["title", "introduction", "purpose"].into_iter().filter_map(|key| form.survey.get(key)).collect();
    for (question, _) in &form.questions {
        let own = ["text", "required_message", "constraint_message"];
        found.extend(own.into_iter().filter_map(|key| question.get(key)));
        found.extend(question.items_of("labels"));
        for listed in ["choices", "statements"] {
            found.extend(question.items_of(listed).into_iter().filter_map(|item| item.get("label")));
        }
    }
    found
}

fn look(text: Node<'_>, languages: &[&str], report: &mut Report) {
    let entries = text.entries();
    if !matches!(text.value(), DeValue::Table(_)) {
        return; // one text for all, or reported with the shape
    }
    for (language, node) in &entries {
        if !languages.contains(language) {
            report.push(
                node.key_error(
                    "survey::unknown_language",
                    format!("'{language}' is not among the survey's languages"),
                    "unknown language",
                )
                .help(format!(
                    "{}; or add it to `languages` above the first question",
                    suggest::help(language, languages.iter().copied(), "")
                )),
            );
        }
    }
    let missing: Vec<&str> =
        languages.iter().copied().filter(|language| entries.iter().all(|(own, _)| own != language)).collect();
    if !missing.is_empty() {
        report.push(
            text.error(
                "survey::untranslated",
                format!("this text is missing in {}", suggest::list(&missing)),
                "not there in every language",
            )
            .help("translate it, or write one text for all languages"),
        );
    }
}
