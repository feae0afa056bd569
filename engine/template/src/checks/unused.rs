//! Messages, agreements, surveys, sessions and settings that nothing names.
//!
//! A name counts as used when it stands in quotes in a script, alone or before a space (`"drop-in " + n`), or in the
//! manifest. That is a guess, hence advice: a script can build a name.

use super::Sources;
use crate::{
    document::Node,
    layout::{self, Place},
    report::Report,
};
use turnabout_core::decide::SENT_BY_THE_ENGINE;
use turnabout_model::{Diagnostic, Severity};

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let in_scripts = |name: &str| in_scripts(sources, name);
    let sessions = sources.manifest.entries_of("sessions");
    let mut in_toml: Vec<&str> = Vec::new();
    for session in sessions.iter().map(|(_, session)| session) {
        in_toml.extend(["invitation", "reminder"].iter().filter_map(|key| session.text_of(key)));
    }
    for key in ["invitation", "reminder"] {
        in_toml.extend(sources.surveys.values().filter_map(|survey| survey.text_of(key)));
    }
    in_toml.extend(sources.agreement_heads.values().map(|agreement| agreement.head.invitation.as_str()));
    let mut advise = |what: &str, name: &str, diagnostic: Diagnostic| {
        let message = format!("nothing seems to use the {what} '{name}'");
        report.push(Diagnostic { severity: Severity::Advice, message, ..diagnostic });
    };
    let unused = |at: Diagnostic| at.help("remove it, or name it in the script");
    for (name, session) in sessions {
        if !in_scripts(name) {
            advise("session", name, unused(session.key_error("template::unused", "", "never held")));
        }
    }
    for (name, survey) in &sources.surveys {
        if !in_scripts(name) {
            let at = survey.get("title").map_or(0..0, Node::span);
            advise(
                "survey",
                name,
                unused(Diagnostic::error("template::unused", "").at(survey.file().clone(), at, "never sent")),
            );
        }
    }
    for name in sources.agreements.iter().filter(|name| !in_scripts(name)) {
        let file = format!("agreements/{name}.hbs");
        advise("agreement", name, unused(Diagnostic::error("template::unused", "").at(file, 0..0, "never signed")));
    }
    let texts: Vec<&str> = sources.texts.values().copied().collect();
    for (name, setting) in sources.manifest.entries_of("settings") {
        let reads = |text: &str| [".", "().", "["].iter().any(|by| text.contains(&format!("settings{by}{name}")));
        if !texts.iter().any(|text| reads(text)) {
            let at = setting.key_error("template::unused", "", "never read");
            advise("setting", name, at.help("remove it, or read it in the script: settings().NAME"));
        }
    }
    for name in &sources.messages {
        if !in_scripts(name) && !in_toml.contains(name) && !SENT_BY_THE_ENGINE.contains(name) {
            let file = format!("messages/{name}.hbs");
            advise("message", name, unused(Diagnostic::error("template::unused", "").at(file, 0..0, "never sent")));
        }
    }
}

/// Whether a script names something in quotes.
pub(super) fn in_scripts(sources: &Sources<'_>, name: &str) -> bool {
    let mut scripts = sources.texts.iter().filter(|(path, _)| layout::place(path) == Place::Script);
    scripts.any(|(_, text)| names(text, name))
}

fn names(text: &str, name: &str) -> bool {
    text.match_indices(name)
        .any(|(at, _)| text[..at].ends_with(['"', '`']) && text[at + name.len()..].starts_with(['"', '`', ' ']))
}
