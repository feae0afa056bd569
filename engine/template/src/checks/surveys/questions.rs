//! Questions: names and choices are unique, bounds leave room, and there are not too many.

use super::Form;
use crate::{
    document::Node,
    limits::{MAX_GROUP_DEPTH, MAX_ITEMS},
    report::Report,
};
use std::collections::BTreeMap;
use turnabout_model::Choice;

pub(super) fn check(form: &Form<'_>, report: &mut Report) {
    names(form, report);
    for (question, depth) in &form.questions {
        choices(*question, report);
        labels(*question, report);
        bounds(*question, report);
        if *depth == MAX_GROUP_DEPTH && !question.items_of("questions").is_empty() {
            report.push(
                question
                    .error("survey::too_large", "these groups lie too deep in each other", "too deep")
                    .help(format!("put at most {MAX_GROUP_DEPTH} groups in each other")),
            );
        }
    }
    if form.named().len() > MAX_ITEMS {
        report.push(
            form.survey
                .error(
                    "survey::too_large",
                    format!("a survey has {MAX_ITEMS} questions and statements at most"),
                    "here",
                )
                .help("ask less at once: nobody answers that many"),
        );
    }
}

fn names(form: &Form<'_>, report: &mut Report) {
    for (text, named) in form.named() {
        let first = &form.names[text].name;
        if first.span() == named.name.span() {
            continue;
        }
        report.push(
            named
                .name
                .error("survey::duplicate_question", format!("two questions are called '{text}'"), "the second")
                .at(first.file().clone(), first.span(), "the first")
                .help("give each its own name: answers are kept by it"),
        );
    }
}

fn choices(question: Node<'_>, report: &mut Report) {
    let mut known = BTreeMap::new();
    for choice in question.items_of("choices") {
        let (node, name) = match (choice.text(), choice.get("name")) {
            (Some(text), _) => (choice, Choice::plain(text).name),
            (None, Some(name)) => (name, name.text().unwrap_or_default().into()),
            (None, None) => continue,
        };
        if known.insert(name.clone(), node).is_some() {
            let shown = node.text().unwrap_or(&name);
            report.push(
                node.error("survey::duplicate_choice", format!("the choice '{shown}' is there twice"), "again")
                    .help("remove one of them"),
            );
        }
    }
}

/// Every point has a label, or none has.
fn labels(question: Node<'_>, report: &mut Report) {
    let Some(labels) = question.get("labels") else { return };
    let points = question.get("points").map_or(Some(5), Node::integer);
    let count = labels.items().len();
    if points.is_some_and(|points| usize::try_from(points) != Ok(count)) {
        let points = points.unwrap_or_default();
        report.push(
            labels
                .error("survey::labels", format!("there are {points} points and {count} labels"), "do not match")
                .help("write one label for each point, from the least agreement to the most, or none at all"),
        );
    }
}

fn bounds(question: Node<'_>, report: &mut Report) {
    let number = |key| question.get(key).and_then(|node| Some((node, node.number()?)));
    if let (Some((_, least)), Some((most_node, most))) = (number("least"), number("most"))
        && least > most
    {
        report.push(
            most_node
                .error(
                    "survey::bounds",
                    format!("no number is at least {least} and at most {most}"),
                    "less than `least`",
                )
                .help("exchange the two"),
        );
    }
}
