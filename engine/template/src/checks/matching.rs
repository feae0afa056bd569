//! Matching plans name plugins, and plugins are used.

use super::Sources;
use crate::{report::Report, suggest};
use std::collections::BTreeSet;

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let plugins = sources.names("plugins");
    let mut used = BTreeSet::new();
    for (_, plan) in sources.manifest.entries_of("matching") {
        for rule in plan.items_of("rules") {
            let Some((node, name)) = rule.get("plugin").and_then(|node| Some((node, node.text()?))) else { continue };
            used.insert(name);
            if !plugins.contains(&name) {
                report.push(
                    node.error("matching::unknown_plugin", format!("[plugins] has no '{name}'"), "no such plugin")
                        .help(suggest::help(
                            name,
                            plugins.iter().copied(),
                            "add it to [plugins] with the SHA-256 of its component",
                        )),
                );
            }
        }
    }
    // A survey's logic is used too: the standard one by any survey that does not name another.
    for survey in sources.surveys.values() {
        used.insert(survey.text_of("logic").unwrap_or("form-logic"));
    }
    used.extend(sources.manifest.get("risk").and_then(|plan| plan.text_of("plugin")));
    for (name, node) in sources.manifest.entries_of("plugins") {
        if !used.contains(name) {
            let mut advice = node
                .warning("plugin::unused", format!("nothing uses the plugin '{name}'"), "never used")
                .help("remove it, or name it in a rule of a [matching.NAME] section or as the `logic` of a survey");
            advice.severity = turnabout_model::Severity::Advice;
            report.push(advice);
        }
    }
}
