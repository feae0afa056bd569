//! Messages: every one that is named exists, and the settings they show exist.

use super::Sources;
use crate::{
    document::Node,
    layout::{self, Place},
    report::Report,
    suggest,
};
use turnabout_model::Diagnostic;

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for (_, session) in sources.manifest.entries_of("sessions") {
        for key in ["invitation", "reminder"] {
            exists(sources, session.get(key), report);
        }
    }
    for survey in sources.surveys.values() {
        for key in ["invitation", "reminder"] {
            exists(sources, survey.get(key), report);
        }
    }
    let settings = sources.names("settings");
    for (path, text) in sources.texts {
        if !matches!(layout::place(path), Place::Message(_) | Place::Agreement(_)) {
            continue;
        }
        for (start, name) in shown_settings(text).filter(|(_, name)| !settings.contains(name)) {
            report.push(
                Diagnostic::error("message::unknown_setting", format!("the template has no setting '{name}'"))
                    .at(*path, start..start + name.len(), "unknown setting")
                    .help(suggest::help(name, settings.iter().copied(), "this template has no settings")),
            );
        }
    }
}

fn exists(sources: &Sources<'_>, named: Option<Node<'_>>, report: &mut Report) {
    let Some((node, name)) = named.and_then(|node| Some((node, node.text()?))) else { return };
    if !sources.messages.contains(name) {
        report.push(
            node.error("message::missing", format!("there is no message '{name}'"), "no such message")
                .help(suggest::help(name, sources.messages.iter().copied(), &format!("write messages/{name}.hbs"))),
        );
    }
}

/// Finds `settings.NAME` within the braces of a message, with the byte at which the name starts. The renderer checks all
/// other variables; it does not know a template's settings.
fn shown_settings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    const SETTINGS: &str = "settings.";
    text.match_indices(SETTINGS).filter_map(move |(at, _)| {
        let before = &text[..at];
        // Within braces: the last `{{` before it is still open.
        let open = before.rfind("{{").is_some_and(|brace| !before[brace..].contains("}}"));
        let whole_word = !before.ends_with(|c: char| c.is_alphanumeric() || "._-/@".contains(c));
        let start = at + SETTINGS.len();
        let rest = &text[start..];
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
        (open && whole_word && length > 0).then(|| (start, &rest[..length]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_found_within_braces_only() {
        let text = "settings.none {{settings.a}} {{#if (eq settings.b-c 'x')}} settings.no {{my.settings.no}}";
        let found: Vec<_> = shown_settings(text).map(|(_, name)| name).collect();
        assert_eq!(found, ["a", "b-c"]);
    }
}
