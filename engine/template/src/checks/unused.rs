//! Messages, agreements, surveys, sessions and settings that nothing comes to.
//!
//! A name counts as used when it stands in quotes, alone or before a space (`"drop-in " + n`), in a function that can run,
//! or in the manifest: then its absence is a warning. Of scripts that do not compile only the words are read, and it is
//! advice.

use super::{Sources, reach::Reach};
use crate::{
    document::Node,
    layout::{self, Place},
    report::Report,
};
use turnabout_core::decide::SENT_BY_THE_ENGINE;
use turnabout_model::{Diagnostic, Severity};

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let reach = sources.outline.map(Reach::of);
    let used = |name: &str| match &reach {
        Some(reach) => reach.names(name) || by_settings(sources).contains(&name),
        None => in_scripts(sources, name),
    };
    let mut say = |code: &'static str, message: String, at: Diagnostic, help: &str| {
        let (severity, code, message) = match reach {
            Some(_) => (Severity::Warning, code, message),
            None => (Severity::Advice, "template::unused", format!("it seems that {message}")),
        };
        report.push(Diagnostic { severity, code: code.into(), message, ..at.help(help) });
    };
    let place = || Diagnostic::error("", "");
    let sessions = sources.manifest.entries_of("sessions");
    for (name, session) in sessions.iter().filter(|(name, _)| !used(name)) {
        let help = format!("hold it in the script: hold(\"{name}\", cohort().everyone), or remove it");
        let message = format!("the session '{name}' is never held");
        say("session::never_held", message, session.key_error("", "", "no script holds it"), &help);
    }
    for (name, survey) in sources.surveys.iter().filter(|(name, _)| !used(name)) {
        let at = place().at(survey.file().clone(), survey.get("title").map_or(0..0, Node::span), "no script sends it");
        let help = format!("send it from the script: survey(\"{name}\", cohort().everyone), or remove it");
        say("survey::never_sent", format!("nobody ever sees the survey '{name}'"), at, &help);
    }
    for name in sources.agreements.iter().filter(|name| !used(name)) {
        let at = place().at(format!("agreements/{name}.hbs"), 0..0, "no script asks for it");
        let help = format!("have both sign it: agree(\"{name}\", pair), or remove it");
        say("agreement::never_signed", format!("nobody ever signs the agreement '{name}'"), at, &help);
    }
    for (name, setting) in
        sources.manifest.entries_of("settings").into_iter().filter(|(name, _)| !is_read(sources, reach.as_ref(), name))
    {
        let help = format!("read it in the script: settings().{name}, show it in a message, or remove it");
        let message = format!("the setting '{name}' changes nothing");
        say("setting::never_read", message, setting.key_error("", "", "never read"), &help);
    }
    let in_toml = named_in_toml(sources);
    for name in &sources.messages {
        if !used(name) && !in_toml.contains(name) && !SENT_BY_THE_ENGINE.contains(name) {
            let at = place().at(format!("messages/{name}.hbs"), 0..0, "never sent");
            let help =
                format!("send it from the script: send(\"{name}\", people), name it in the manifest, or remove it");
            say("message::never_sent", format!("nobody ever gets the message '{name}'"), at, &help);
        }
    }
}

/// The messages that sessions, surveys and agreements name.
fn named_in_toml<'d>(sources: &Sources<'d>) -> Vec<&'d str> {
    let sessions = sources.manifest.entries_of("sessions").into_iter().map(|(_, session)| session);
    let both = sessions.chain(sources.surveys.values().copied());
    let named = both.flat_map(|node| ["invitation", "reminder"].map(|key| node.text_of(key)));
    let signed = sources.agreement_heads.values().map(|agreement| agreement.head.invitation.as_str());
    named.flatten().chain(signed).collect()
}

/// What a setting can say: a script may send the message that a client chooses.
fn by_settings<'d>(sources: &Sources<'d>) -> Vec<&'d str> {
    let settings = sources.manifest.entries_of("settings").into_iter();
    let says = |setting: Node<'d>| {
        let choices = setting.items_of("choices").into_iter().chain(setting.get("default"));
        choices.filter_map(Node::text).collect::<Vec<_>>()
    };
    settings.flat_map(|(_, setting)| says(setting)).collect()
}

fn is_read(sources: &Sources<'_>, reach: Option<&Reach<'_>>, name: &str) -> bool {
    // The manifest has every setting as a section, `[settings.NAME]`: only what is written or run can read one.
    let reads = |text: &str| [".", "().", "["].iter().any(|by| text.contains(&format!("settings{by}{name}")));
    let shows = |path: &str| matches!(layout::place(path), Place::Message(_) | Place::Agreement(_));
    let in_words = || sources.texts.iter().any(|(path, text)| shows(path) && reads(text));
    let written = || sources.texts.iter().any(|(path, text)| layout::place(path) == Place::Script && reads(text));
    in_words() || reach.map_or_else(written, |reach| reach.reads(name))
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
