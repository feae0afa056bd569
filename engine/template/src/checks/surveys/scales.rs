//! Scales: their items exist and can be scored.

use super::{Form, Named};
use crate::{document::Node, report::Report, suggest};
use std::collections::BTreeSet;
use turnabout_model::{Choice, Diagnostic};

pub(super) fn check(form: &Form<'_>, report: &mut Report) {
    let mut names = BTreeSet::new();
    for scale in form.survey.items_of("scales") {
        if let Some(name) = scale.get("name")
            && let Some(text) = name.text()
            && !names.insert(text)
        {
            report.push(
                name.error("survey::duplicate_scale", format!("two scales are called '{text}'"), "the second")
                    .help("give each its own name"),
            );
        }
        items(form, scale, report);
        reversed(form, scale, report);
        least(scale, report);
    }
}

fn items(form: &Form<'_>, scale: Node<'_>, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for item in scale.items_of("items") {
        let Some(name) = item.text() else { continue };
        if !seen.insert(name) {
            report.push(wrong(item, format!("'{name}' is there twice"), "again", "remove one of them"));
            continue;
        }
        let known = || form.names.iter().filter(|(_, named)| named.answered).map(|(name, _)| *name);
        let (message, help) = match form.names.get(name) {
            None => (
                format!("no question of this survey is called '{name}'"),
                suggest::help(name, known(), "add questions"),
            ),
            Some(named) if !named.answered => {
                (format!("'{name}' has no answer of its own"), "name its statements or questions".into())
            }
            Some(named) if !is_number(named) => (
                format!("'{name}' is no number and can't be scored"),
                "score Likert answers, numbers, computed values, or choices whose names are numbers".into(),
            ),
            Some(_) => continue,
        };
        report.push(wrong(item, message, "can't be an item", help));
    }
}

fn is_number(named: &Named<'_>) -> bool {
    match named.question.text_of("type") {
        Some("single") => named.question.items_of("choices").into_iter().all(|choice| {
            let name = match choice.text() {
                Some(text) => Choice::plain(text).name,
                None => choice.text_of("name").unwrap_or_default().into(),
            };
            name.parse::<f64>().is_ok_and(f64::is_finite)
        }),
        Some("multiple" | "text" | "date" | "ranking" | "avoid") => false,
        // Likert answers, numbers and computed values; a mistyped type is reported with the shape.
        _ => true,
    }
}

fn reversed(form: &Form<'_>, scale: Node<'_>, report: &mut Report) {
    let items: Vec<&str> = scale.items_of("items").into_iter().filter_map(Node::text).collect();
    for item in scale.items_of("reverse") {
        let Some(name) = item.text() else { continue };
        if !items.contains(&name) {
            let help = suggest::help(name, items.iter().copied(), "add it to `items` first");
            report.push(wrong(item, format!("'{name}' is not among the items of this scale"), "no item", help));
        } else if form.names.get(name).is_some_and(|named| named.question.text_of("type") != Some("likert")) {
            let message = format!("'{name}' has no points that could be reversed");
            report.push(wrong(item, message, "not Likert", "only Likert answers are reversed"));
        }
    }
}

fn least(scale: Node<'_>, report: &mut Report) {
    let count = scale.items_of("items").len();
    if let Some(least) = scale.get("least")
        && least.integer().and_then(|number| usize::try_from(number).ok()).is_some_and(|number| number > count)
    {
        let message = format!("the scale has {count} items, so that no more can be needed");
        report.push(wrong(least, message, "too many", "need fewer, or all by leaving it out"));
    }
}

fn wrong(node: Node<'_>, message: String, label: &str, help: impl Into<String>) -> Diagnostic {
    node.error("survey::scale", message, label).help(help)
}
