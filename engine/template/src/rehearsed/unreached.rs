//! Sessions, surveys and messages that the script names and that no rehearsal ever came to, and surveys that it came to with
//! nobody to ask.

use super::{About, Played};
use crate::checks::{MAIN, Reach};
use smol_str::SmolStr;
use std::{collections::BTreeSet, ops::Range};
use turnabout_core::ports::Function;
use turnabout_model::{Diagnostic, Event};

/// What there is of one kind, and what of it was come to.
struct Kind<'b> {
    code: &'static str,
    says: fn(&str) -> String,
    known: Vec<&'b SmolStr>,
    met: BTreeSet<SmolStr>,
    /// What was come to, but for nobody.
    for_nobody: BTreeSet<SmolStr>,
}

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Vec<Diagnostic> {
    // What was never rehearsed at all is said by the audit.
    if played.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for kind in kinds(about, played) {
        for name in kind.known.iter().filter(|name| !kind.met.contains(**name)) {
            let Some((function, bytes)) = place(about, name) else { continue };
            let (says, label, help) = if kind.for_nobody.contains(*name) {
                (
                    format!("no rehearsal ever asked anybody the survey '{name}'"),
                    "rehearsals came here, and nobody was asked".to_owned(),
                    "name the people that it is for, or let a rehearsal have some: other [personas], [settings] or [cohort]",
                )
            } else {
                (
                    (kind.says)(name),
                    format!("{} never came this far", function.name),
                    "let a rehearsal come to it: other [personas], [settings] or [cohort], [[signals]], or a rehearsal more; or remove it",
                )
            };
            found.push(Diagnostic::warning(kind.code, says).at(MAIN, bytes, label).help(help));
        }
    }
    found
}

fn kinds<'b>(about: About<'b>, played: &[Played<'_>]) -> [Kind<'b>; 3] {
    let events = || played.iter().flat_map(|played| &played.rehearsed.events).map(|(_, event)| event);
    let all = |of: fn(&Event) -> Option<&SmolStr>| events().filter_map(of).cloned().collect();
    let bundle = about.bundle;
    let waves = |asked: bool| -> BTreeSet<SmolStr> {
        let of = |event: &Event| match event {
            Event::WaveOpened { survey, audience, .. } if audience.is_empty() != asked => Some(survey.clone()),
            _ => None,
        };
        events().filter_map(of).collect()
    };
    let (asked, of_nobody) = (waves(true), waves(false));
    // An invitation often has its survey's name, and then one place for both: what nobody was asked nobody was sent, said once.
    let unasked = |name: &SmolStr| of_nobody.contains(name) && !asked.contains(name);
    [
        Kind {
            code: "session::never_reached",
            says: |name| format!("no rehearsal ever came to the session '{name}'"),
            known: bundle.programme.sessions.keys().collect(),
            met: all(|event| if let Event::SessionPlanned { plan } = event { Some(&plan.diary) } else { None }),
            // What is held for nobody is never planned, and tells of nothing.
            for_nobody: BTreeSet::new(),
        },
        Kind {
            code: "survey::never_reached",
            says: |name| format!("no rehearsal ever came to the survey '{name}'"),
            known: bundle.surveys.keys().collect(),
            met: asked.clone(),
            for_nobody: of_nobody.clone(),
        },
        Kind {
            code: "message::never_reached",
            says: |name| format!("no rehearsal ever sent the message '{name}'"),
            known: bundle.messages.keys().filter(|name| !unasked(name)).collect(),
            met: all(|event| if let Event::MessageQueued { template, .. } = event { Some(template) } else { None }),
            for_nobody: BTreeSet::new(),
        },
    ]
}

/// The function of the script itself that names a thing, with the place; nothing if none does. What shared modules name
/// is theirs to try.
fn place<'b>(about: About<'b>, name: &str) -> Option<(&'b Function, Range<usize>)> {
    let outline = about.bundle.program.outline();
    // What can't run at all is said where files alone are read.
    let reach = Reach::of(outline);
    let own = outline.functions.iter().filter(|function| function.file == MAIN && !function.name.is_empty());
    let function = own
        .filter(|function| reach.has(function))
        .find(|function| function.texts.iter().any(|text| text.names(name)))?;
    let text = about.text(MAIN);
    let from = function.bytes.end.min(text.len());
    let quoted = format!("\"{name}");
    let bytes = text[from..].find(&quoted).map(|at| from + at + 1..from + at + quoted.len());
    Some((function, bytes.unwrap_or_else(|| function.bytes.clone())))
}
