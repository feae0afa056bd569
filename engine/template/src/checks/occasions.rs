//! Messages against the data that they get: every sending that the files name, and what the message shows.
//!
//! Only what is written out is judged. Where a script sends what only a run knows, a rehearsal finds it.

use super::{
    Sources,
    reach::{Reach, literal},
};
use crate::report::Report;
use smol_str::SmolStr;
use std::ops::Range;
use turnabout_core::{
    bundle::Messages,
    occasion::{Gap, Occasion, Part, Presence},
    ports::Argument,
};
use turnabout_model::{Diagnostic, Severity};

/// A place from which a message is sent.
struct Sending<'d> {
    message: &'d str,
    occasion: Occasion,
    file: SmolStr,
    bytes: Range<usize>,
    /// What to write under that place.
    label: String,
}

pub(crate) fn check(sources: &Sources<'_>, messages: &dyn Messages, report: &mut Report) {
    let mut said: Vec<(String, SmolStr)> = Vec::new();
    for sending in sendings(sources) {
        let file = format!("messages/{}.hbs", sending.message);
        let Some(text) = sources.texts.get(file.as_str()) else { continue };
        for gap in messages.gaps(&file, text, &sending.occasion) {
            // One place of a message is reported once, however often it is sent.
            if said.contains(&(file.clone(), gap.variable.clone())) {
                continue;
            }
            said.push((file.clone(), gap.variable.clone()));
            let found = diagnostic(&file, &gap).at(sending.file.clone(), sending.bytes.clone(), &sending.label);
            report.push(found);
        }
    }
}

/// What there is to say of a gap, with its place in the message.
pub(crate) fn diagnostic(file: &str, gap: &Gap) -> Diagnostic {
    let Gap { variable, bytes, always } = gap;
    let name = file.trim_start_matches("messages/").trim_end_matches(".hbs");
    let whole = match variable.split('.').next().unwrap_or(variable) {
        "mentor" | "mentee" | "pair" => "pair",
        // Of these a part may be missing where the rest is there.
        "record" if ["record.first", "record.last", "record.sessions"].contains(&variable.as_str()) => {
            variable.as_str()
        }
        group => group,
    };
    let (severity, message, label) = if *always {
        (Severity::Error, format!("the message '{name}' shows {variable}, and is sent without it"), "not known there")
    } else {
        let message = format!("the message '{name}' shows {variable}, which is not always known where it is sent");
        (Severity::Warning, message, "may be missing")
    };
    let about = match whole {
        "pair" => "send it about a pair: send(\"NAME\", people, pair)".replace("NAME", name),
        "session" | "survey" | "agreement" => {
            format!("name it as the invitation or reminder of a {whole}, which it is then about")
        }
        "record" => "send it to those who take part: only they have a record".into(),
        _ => format!("leave {variable} out"),
    };
    let found = Diagnostic { severity, ..Diagnostic::error("message::not_about", message) };
    found.at(file, bytes.clone(), label).help(format!("put it between {{{{#if {whole}}}}} and {{{{/if}}}}, or {about}"))
}

fn sendings<'d>(sources: &Sources<'d>) -> Vec<Sending<'d>> {
    let mut found = Vec::new();
    for (_, session) in sources.manifest.entries_of("sessions") {
        for key in ["invitation", "reminder"] {
            let Some((node, message)) = session.get(key).and_then(|node| Some((node, node.text()?))) else { continue };
            let label = format!("sent here about a session, as its {key}");
            let occasion = Occasion::about(None, &[Part::Session]);
            found.push(Sending { message, occasion, file: node.file().clone(), bytes: node.span(), label });
        }
    }
    for survey in sources.surveys.values() {
        for key in ["invitation", "reminder"] {
            let Some((node, message)) = survey.get(key).and_then(|node| Some((node, node.text()?))) else { continue };
            let label = format!("sent here about a survey, as its {key}");
            let occasion = Occasion::about(None, &[Part::Survey]);
            found.push(Sending { message, occasion, file: node.file().clone(), bytes: node.span(), label });
        }
    }
    for (name, agreement) in sources.agreement_heads {
        let file = SmolStr::from(format!("agreements/{name}.hbs"));
        let message = agreement.head.invitation.as_str();
        let text = sources.texts.get(file.as_str()).copied().unwrap_or_default();
        let bytes = text.find(&format!("\"{message}\"")).map_or(0..0, |start| start..start + message.len() + 2);
        let occasion = Occasion::about(None, &[Part::Agreement, Part::Pair]);
        found.push(Sending {
            message,
            occasion,
            file,
            bytes,
            label: "sent here, to ask the two of a pair to sign".into(),
        });
    }
    found.extend(by_scripts(sources));
    found
}

fn by_scripts<'d>(sources: &Sources<'d>) -> Vec<Sending<'d>> {
    let mut found = Vec::new();
    let Some(outline) = sources.outline else { return found };
    let reach = Reach::of(outline);
    for (function, call) in reach.calls("send") {
        let Some(message) = literal(call.arguments.first()) else { continue };
        let (occasion, about) = sent(&call.arguments);
        let (file, bytes) = (function.file.clone(), call.bytes.clone());
        found.push(Sending { message, occasion, file, bytes, label: format!("sent here about {about}") });
    }
    for (function, call) in reach.calls("agree") {
        let Some(Argument::Map(options)) = call.arguments.get(2) else { continue };
        let message = options.iter().find(|(name, _)| name == "message").map(|(_, message)| message);
        let Some(message) = literal(message) else { continue };
        let occasion = Occasion::about(None, &[Part::Agreement, Part::Pair]);
        let (file, bytes) = (function.file.clone(), call.bytes.clone());
        found.push(Sending { message, occasion, file, bytes, label: "sent here about an agreement of a pair".into() });
    }
    found
}

/// What is known of `send(message, to, about)`, and in words what it is about.
fn sent(arguments: &[Argument]) -> (Occasion, &'static str) {
    let role = |role: &str| Some(SmolStr::from(role));
    // To whom: a word, or a field that only people have.
    let (to, people) = match arguments.get(1) {
        Some(Argument::Text(text)) if text.whole => (Some(text.text.clone()), true),
        Some(Argument::Field(field)) => match field.as_str() {
            "mentors" | "mentor" => (role("mentor"), true),
            "mentees" | "mentee" => (role("mentee"), true),
            "everyone" | "waiting" | "missed" | "attended" | "partners" => (None, true),
            _ => (None, false),
        },
        Some(Argument::Returned(verb)) => (None, verb == "cohort" || verb == "alumni"),
        _ => (None, false),
    };
    let named = Occasion::about(to.clone(), &[]);
    let named = if to.is_none() && !people { named.with(Part::Record, Presence::Unknown) } else { named };
    match arguments.get(2) {
        None if people => (named, "nothing but the programme"),
        None => (named.with(Part::Pair, Presence::Unknown), "nothing but, perhaps, a pair"),
        Some(Argument::Map(fields)) => {
            let given = |part: &Part| part.id_name().is_some_and(|id| fields.iter().any(|(name, _)| name == id));
            // An id that is none, a run finds.
            let occasion = Part::ALL.into_iter().filter(given).fold(named, |o, part| o.with(part, Presence::Unknown));
            (occasion, "what this map names")
        }
        Some(_) => {
            let unknown = Part::ALL.into_iter().filter(|part| part.id_name().is_some());
            (unknown.fold(named, |occasion, part| occasion.with(part, Presence::Unknown)), "what only a run knows")
        }
    }
}
