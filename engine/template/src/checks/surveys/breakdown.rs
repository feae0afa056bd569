//! Breakdowns: results are shown by role or by attributes that nobody has to be protected from.

use super::Form;
use crate::{checks::Sources, report::Report, suggest};
use std::collections::BTreeSet;

pub(super) fn check(form: &Form<'_>, sources: &Sources<'_>, report: &mut Report) {
    let attributes = sources.names("attributes");
    let mut seen = BTreeSet::new();
    for by in form.survey.items_of("by") {
        let Some(name) = by.text() else { continue };
        if !seen.insert(name) {
            report.push(
                by.error("survey::unknown_breakdown", format!("'{name}' is there twice"), "again")
                    .help("remove one of them"),
            );
        } else if name != "role" && !attributes.contains(&name) {
            let known = ["role"].into_iter().chain(attributes.iter().copied());
            report.push(
                by.error(
                    "survey::unknown_breakdown",
                    format!("people have no attribute '{name}' by which results could be shown"),
                    "unknown attribute",
                )
                .help(suggest::help(name, known, "")),
            );
        }
        let special = sources.manifest.get("attributes").and_then(|all| all.get(name)?.get("special"));
        if special.and_then(crate::document::Node::json) == Some(true.into()) {
            report.push(
                by.error(
                    "survey::special_breakdown",
                    format!("'{name}' is special-category data, and results are never broken down by it"),
                    "special category",
                )
                .help("remove it: such data is for the rules that declare it, and shown to nobody"),
            );
        }
    }
}
