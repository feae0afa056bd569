//! Sessions, surveys and messages that the script names and that no rehearsal ever came to, and sessions and surveys that it
//! came to with nobody to invite or to ask.

use super::{About, Played};
use crate::checks::{MAIN, Reach};
use smol_str::SmolStr;
use std::{collections::BTreeSet, ops::Range};
use turnabout_core::{ports::Function, verbs::diary_name};
use turnabout_model::{Diagnostic, Event, Value};

/// What there is of one kind, and what of it was come to.
struct Kind<'b> {
    code: &'static str,
    says: fn(&str) -> String,
    known: Vec<&'b SmolStr>,
    met: BTreeSet<SmolStr>,
    /// What was come to, but for nobody; of a message nothing tells.
    for_nobody: Option<ForNobody>,
}

/// What was come to for nobody, and how that is said.
struct ForNobody {
    names: BTreeSet<SmolStr>,
    says: fn(&str) -> String,
    label: &'static str,
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
            let (says, label, help) = if let Some(nobody) =
                kind.for_nobody.as_ref().filter(|of| of.names.contains(*name))
            {
                (
                    (nobody.says)(name),
                    nobody.label.to_owned(),
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
    let planned: BTreeSet<SmolStr> =
        all(|event| if let Event::SessionPlanned { plan } = event { Some(&plan.diary) } else { None });
    let empty: BTreeSet<SmolStr> = events().filter_map(held_for_nobody).collect();
    // An invitation often has the name of what it invites to, and then one place for both: what nobody was asked or invited to
    // nobody was sent, said once.
    let invites_nobody = |name: &SmolStr| {
        (of_nobody.contains(name) && !asked.contains(name)) || (empty.contains(name) && !planned.contains(name))
    };
    let messages = bundle.messages.keys().filter(|name| !invites_nobody(name)).collect();
    [
        Kind {
            code: "session::never_reached",
            says: |name| format!("no rehearsal ever came to the session '{name}'"),
            known: bundle.programme.sessions.keys().collect(),
            met: planned,
            for_nobody: Some(ForNobody {
                names: empty,
                says: |name| format!("no rehearsal ever held the session '{name}' for anybody"),
                label: "rehearsals came here, and nobody was invited",
            }),
        },
        Kind {
            code: "survey::never_reached",
            says: |name| format!("no rehearsal ever came to the survey '{name}'"),
            known: bundle.surveys.keys().collect(),
            met: asked,
            for_nobody: Some(ForNobody {
                names: of_nobody,
                says: |name| format!("no rehearsal ever asked anybody the survey '{name}'"),
                label: "rehearsals came here, and nobody was asked",
            }),
        },
        Kind {
            code: "message::never_reached",
            says: |name| format!("no rehearsal ever sent the message '{name}'"),
            known: messages,
            met: all(|event| if let Event::MessageQueued { template, .. } = event { Some(template) } else { None }),
            for_nobody: None,
        },
    ]
}

/// The session that `hold` came to with nobody to invite: it is never planned, and its step has its value at once.
fn held_for_nobody(event: &Event) -> Option<SmolStr> {
    match event {
        Event::StepTaken { address, value: Value::Map(value), .. }
            if address.verb == "hold" && !value.contains_key("session") =>
        {
            Some(diary_name(&address.label).into())
        }
        _ => None,
    }
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
