//! Messages with the data that they really got: what a script sends about what only a run knows.

use super::{About, Played, in_rehearsals};
use crate::checks::gap_diagnostics;
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeMap;
use turnabout_core::{
    bundle::Messages,
    occasion::{Occasion, Part},
    rehearse::Rehearsed,
};
use turnabout_model::{Diagnostic, Event, Recipient, Value};

pub(super) fn find(about: About<'_>, played: &[Played<'_>], messages: &dyn Messages) -> Vec<Diagnostic> {
    // Every message on every occasion, with the rehearsals in which it came to that.
    let mut sent: BTreeMap<(SmolStr, SmolStr, Vec<Part>), Vec<&str>> = BTreeMap::new();
    for Played { name, rehearsed, .. } in played {
        for (template, role, parts) in sendings(rehearsed) {
            let names = sent.entry((template, role, parts)).or_default();
            if !names.contains(name) {
                names.push(name);
            }
        }
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut said: Vec<(SmolStr, SmolStr)> = Vec::new();
    for ((template, role, parts), names) in sent {
        let file = format!("messages/{template}.hbs");
        let occasion = Occasion::about(Some(role.clone()), &parts);
        let mut gaps = messages.gaps(&file, &about.text(&file), &occasion);
        gaps.retain(|gap| !said.contains(&(template.clone(), gap.variable.clone())));
        said.extend(gaps.iter().map(|gap| (template.clone(), gap.variable.clone())));
        for mut told in gap_diagnostics(&file, &gaps) {
            for label in &mut told.labels {
                label.text = format!("missing for a {role} {}", in_rehearsals(&names));
            }
            if let Some((script, bytes)) = place(about, &template) {
                told = told.at(script, bytes, "sent here");
            }
            found.push(told);
        }
    }
    found
}

/// What was sent: the message, the recipient's role, and what it was about.
fn sendings(rehearsed: &Rehearsed) -> impl Iterator<Item = (SmolStr, SmolStr, Vec<Part>)> {
    rehearsed.events.iter().filter_map(|(_, event)| {
        let Event::MessageQueued { template, to, about, .. } = event else { return None };
        let role = match to {
            Recipient::Participant(id) => format_smolstr!("{}", rehearsed.run.participants.get(id)?.role),
            Recipient::Coordinator => SmolStr::new_static("coordinator"),
            Recipient::Sponsor => SmolStr::new_static("sponsor"),
            Recipient::Contact => SmolStr::new_static("contact"),
        };
        let told = |id| matches!(about.get(id), Some(Value::Text(_) | Value::Instant(_)));
        let named = |part: &Part| part.id_name().is_some_and(told);
        Some((template.clone(), role, Part::ALL.into_iter().filter(named).collect()))
    })
}

/// The one place in the scripts that sends a message; nothing if there are several or none.
fn place(about: About<'_>, message: &str) -> Option<(SmolStr, std::ops::Range<usize>)> {
    let functions = &about.bundle.program.outline().functions;
    let calls = functions.iter().flat_map(|function| function.calls.iter().map(move |call| (function, call)));
    let mut sends = calls
        .filter(|(_, call)| call.name == "send" && crate::checks::literal(call.arguments.first()) == Some(message));
    let (function, call) = sends.next()?;
    sends.next().is_none().then(|| (function.file.clone(), call.bytes.clone()))
}
