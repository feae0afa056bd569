//! Rehearsals: their settings are accepted, and their people have the attributes the template declares.

use super::{Sources, settings::accept_all};
use crate::{document::Node, report::Report, suggest};
use std::collections::BTreeSet;

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let settings = sources.names("settings");
    for rehearsal in sources.rehearsals.values() {
        accept_all(rehearsal.get("settings"), |name| sources.settings.get(name), &settings, report);
        for signal in rehearsal.items_of("signals") {
            heard(sources, signal, report);
        }
        for (survey, questions) in rehearsal.get("words").into_iter().flat_map(|words| words.entries_of("answers")) {
            words(sources, survey, questions, report);
        }
        let Some(cohort) = rehearsal.get("cohort") else { continue };
        for role in ["mentor", "mentee"] {
            for (name, recipe) in cohort.entries_of(role) {
                attribute(sources, name, recipe, report);
            }
        }
    }
}

/// A signal that no script names would wait in the mailbox for ever.
fn heard(sources: &Sources<'_>, signal: Node<'_>, report: &mut Report) {
    let Some((node, name)) = signal.get("name").and_then(|node| Some((node, node.text()?))) else { return };
    if !super::unused::in_scripts(sources, name) {
        report.push(
            node.error("rehearsal::unknown_signal", format!("no script waits for the signal '{name}'"), "not heard")
                .help(format!("wait for it in the script: signal(\"{name}\", pair)")),
        );
    }
}

/// Words that nobody is asked for would never be seen.
fn words(sources: &Sources<'_>, survey: &str, questions: Node<'_>, report: &mut Report) {
    const CODE: &str = "rehearsal::unknown_words";
    let Some(asks) = sources.surveys.get(survey) else {
        let help = suggest::help(survey, sources.surveys.keys().copied(), "name a survey of the template");
        let what = format!("the template has no survey '{survey}'");
        report.push(questions.key_error(CODE, what, "unknown survey").help(help));
        return;
    };
    let written = super::surveys::written(*asks);
    for (question, answers) in questions.entries() {
        if !written.contains(&question) {
            let what = format!("'{survey}' has no question '{question}' that is answered in free text");
            let help = suggest::help(question, written.iter().copied(), "name a question of the type \"text\"");
            report.push(answers.key_error(CODE, what, "unknown question").help(help));
        }
    }
}

fn attribute(sources: &Sources<'_>, name: &str, recipe: Node<'_>, report: &mut Report) {
    let declared = sources.names("attributes");
    if !declared.contains(&name) {
        report.push(
            recipe
                .key_error(
                    "rehearsal::unknown_attribute",
                    format!("the template has no attribute '{name}'"),
                    "unknown attribute",
                )
                .help(suggest::help(name, declared.iter().copied(), &format!("add a section [attributes.{name}]"))),
        );
        return;
    }
    let kind = sources.manifest.get("attributes").and_then(|all| all.get(name)).and_then(|one| one.text_of("kind"));
    let values = recipe.items_of("from");
    let distinct = values.iter().filter_map(|value| value.text()).collect::<BTreeSet<_>>().len();
    let pick = recipe.get("pick");
    let picked = pick.and_then(Node::integer).unwrap_or(1);
    if picked > i64::try_from(distinct).unwrap_or(i64::MAX) {
        report.push(
            pick.unwrap_or(recipe)
                .error(
                    "rehearsal::pick",
                    format!("{picked} different values can't be drawn from {distinct}"),
                    "too many",
                )
                .help("add values to `from`, or pick fewer"),
        );
    } else if picked > 1 && kind.is_some_and(|kind| kind != "set") {
        report.push(
            pick.unwrap_or(recipe)
                .error("rehearsal::pick", format!("'{name}' holds one value, not {picked}"), "more than one")
                .help("leave `pick` out, or declare the attribute with kind = \"set\""),
        );
    }
    if kind == Some("number") {
        for value in values {
            let Some(text) = value.text() else { continue };
            if !text.trim().parse::<f64>().is_ok_and(f64::is_finite) {
                report.push(
                    value
                        .error(
                            "rehearsal::not_a_number",
                            format!("'{text}' is no number, and '{name}' holds numbers"),
                            "no number",
                        )
                        .help("write for example \"3\""),
                );
            }
        }
    }
}
