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
