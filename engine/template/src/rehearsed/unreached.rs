//! Sessions, surveys and messages that the script names and that no rehearsal ever came to.

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
            let label = format!("{} never came this far", function.name);
            let help = "let a rehearsal come to it: other [personas], [settings] or [cohort], [[signals]], or a rehearsal more; or remove it";
            found.push(Diagnostic::warning(kind.code, (kind.says)(name)).at(MAIN, bytes, label).help(help));
        }
    }
    found
}

fn kinds<'b>(about: About<'b>, played: &[Played<'_>]) -> [Kind<'b>; 3] {
    let events = || played.iter().flat_map(|played| &played.rehearsed.events).map(|(_, event)| event);
    let all = |of: fn(&Event) -> Option<&SmolStr>| events().filter_map(of).cloned().collect();
    let bundle = about.bundle;
    [
        Kind {
            code: "session::never_reached",
            says: |name| format!("no rehearsal ever came to the session '{name}'"),
            known: bundle.programme.sessions.keys().collect(),
            met: all(|event| if let Event::SessionPlanned { plan } = event { Some(&plan.diary) } else { None }),
        },
        Kind {
            code: "survey::never_reached",
            says: |name| format!("no rehearsal ever came to the survey '{name}'"),
            known: bundle.surveys.keys().collect(),
            met: all(|event| if let Event::WaveOpened { survey, .. } = event { Some(survey) } else { None }),
        },
        Kind {
            code: "message::never_reached",
            says: |name| format!("no rehearsal ever sent the message '{name}'"),
            known: bundle.messages.keys().collect(),
            met: all(|event| if let Event::MessageQueued { template, .. } = event { Some(template) } else { None }),
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
