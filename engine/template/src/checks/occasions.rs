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
    decide::SENT_BY_THE_ENGINE,
    occasion::{Gap, Occasion, Part, Presence},
    ports::Argument,
};
use turnabout_model::{Diagnostic, Severity};

/// A place from which a message is sent.
struct Sending<'d> {
    message: &'d str,
    occasion: Occasion,
    /// The place; nothing for what the engine sends by itself.
    from: Option<(SmolStr, Range<usize>)>,
    /// What to write under that place.
    label: String,
}

pub(crate) fn check(sources: &Sources<'_>, messages: &dyn Messages, report: &mut Report) {
    let mut said: Vec<(String, SmolStr)> = Vec::new();
    let sendings = sendings(sources);
    for sending in &sendings {
        let file = format!("messages/{}.hbs", sending.message);
        let Some(text) = sources.texts.get(file.as_str()) else { continue };
        let mut gaps = messages.gaps(&file, text, &sending.occasion);
        // One place of a message is reported once, however often it is sent.
        gaps.retain(|gap| !said.contains(&(file.clone(), gap.variable.clone())));
        said.extend(gaps.iter().map(|gap| (file.clone(), gap.variable.clone())));
        for found in diagnostics(&file, &gaps) {
            report.push(match &sending.from {
                Some((file, bytes)) => found.at(file.clone(), bytes.clone(), &sending.label),
                None => said_by(found, &sending.label),
            });
        }
    }
    without_link(sources, &sendings, messages, report);
}

/// Letters that ask for something and say nowhere where to do it.
fn without_link(sources: &Sources<'_>, sendings: &[Sending<'_>], messages: &dyn Messages, report: &mut Report) {
    let mut said: Vec<&str> = Vec::new();
    for Sending { message, occasion, from, label } in sendings {
        let there = |part| occasion.presence(part) == Presence::There;
        let (what, words) = match occasion {
            _ if there(Part::Survey) => ("answer", "Answer here"),
            _ if there(Part::Agreement) => ("sign", "Read and sign it here"),
            _ => continue,
        };
        let file = format!("messages/{message}.hbs");
        let Some(text) = sources.texts.get(file.as_str()) else { continue };
        if said.contains(message) || messages.shows(&file, text, "link") {
            continue;
        }
        said.push(message);
        let told = format!("the message '{message}' says nowhere where to {what}");
        let mut found = Diagnostic::warning("message::no_link", told);
        if let Some((file, bytes)) = from {
            found = found.at(file.clone(), bytes.clone(), label);
        }
        let lines = format!("{{{{#if link}}}}\n{words}: {{{{link}}}}\n{{{{/if}}}}");
        report.push(found.help(format!("add three lines to {file}:\n{lines}")));
    }
}

/// Says in the message itself who sends it.
fn said_by(mut found: Diagnostic, label: &str) -> Diagnostic {
    for place in &mut found.labels {
        place.text = format!("{}: {label}", place.text);
    }
    found
}

/// What there is to say of gaps in one message, those of one part together, with their places in the message.
pub(crate) fn diagnostics(file: &str, gaps: &[Gap]) -> Vec<Diagnostic> {
    let mut groups: Vec<(&str, bool, Vec<&Gap>)> = Vec::new();
    for gap in gaps {
        let part = part(&gap.variable);
        match groups.iter_mut().find(|(known, always, _)| (*known, *always) == (part, gap.always)) {
            Some((_, _, together)) => together.push(gap),
            None => groups.push((part, gap.always, vec![gap])),
        }
    }
    groups.into_iter().map(|(part, always, gaps)| diagnostic(file, part, always, &gaps)).collect()
}

/// What a message asks for to know whether a variable is there.
fn part(variable: &str) -> &str {
    match variable.split('.').next().unwrap_or(variable) {
        "mentor" | "mentee" => "pair",
        // Of these a part may be missing where the rest is there; the first day and the last are there together.
        // The way to them may be missing where they are there.
        "contact" => variable,
        "record" => match variable {
            "record.last" => "record.first",
            "record.first" | "record.sessions" => variable,
            _ => "record",
        },
        group => group,
    }
}

fn diagnostic(file: &str, part: &str, always: bool, gaps: &[&Gap]) -> Diagnostic {
    let name = file.trim_start_matches("messages/").trim_end_matches(".hbs");
    let names: Vec<&str> = gaps.iter().map(|gap| gap.variable.as_str()).collect();
    let (shown, it) = match names.as_slice() {
        [some @ .., last] if !some.is_empty() => (format!("{} and {last}", some.join(", ")), "them"),
        _ => (names.concat(), "it"),
    };
    let (severity, message, label) = if always {
        (Severity::Error, format!("the message '{name}' shows {shown}, and is sent without {it}"), "not known there")
    } else {
        let are = if it == "it" { "is" } else { "are" };
        let message = format!("the message '{name}' shows {shown}, which {are} not always known where it is sent");
        (Severity::Warning, message, "may be missing")
    };
    let otherwise = match part {
        "pair" => format!("send it about a pair: send(\"{name}\", people, pair)"),
        "session" | "survey" | "agreement" => {
            format!("use it as the invitation or reminder of a {part}, which it is then about")
        }
        "record" => "send it to those who take part: only they have a record".into(),
        _ => format!("leave {it} out"),
    };
    let mut found = Diagnostic { severity, ..Diagnostic::error("message::not_about", message) };
    for gap in gaps {
        found = found.at(file, gap.bytes.clone(), label);
    }
    found.help(format!("put {it} between {{{{#if {part}}}}} and {{{{/if}}}}, or {otherwise}"))
}

fn sendings<'d>(sources: &Sources<'d>) -> Vec<Sending<'d>> {
    let mut found = Vec::new();
    for (_, session) in sources.manifest.entries_of("sessions") {
        for key in ["invitation", "reminder"] {
            let Some((node, message)) = session.get(key).and_then(|node| Some((node, node.text()?))) else { continue };
            let label = format!("sent here about a session, as its {key}");
            let occasion = Occasion::about(None, &[Part::Session]);
            found.push(Sending { message, occasion, from: Some((node.file().clone(), node.span())), label });
        }
    }
    for survey in sources.surveys.values() {
        for key in ["invitation", "reminder"] {
            let Some((node, message)) = survey.get(key).and_then(|node| Some((node, node.text()?))) else { continue };
            let label = format!("sent here about a survey, as its {key}");
            let occasion = Occasion::about(None, &[Part::Survey]);
            found.push(Sending { message, occasion, from: Some((node.file().clone(), node.span())), label });
        }
    }
    for (name, agreement) in sources.agreement_heads {
        let file = SmolStr::from(format!("agreements/{name}.hbs"));
        let message = agreement.head.invitation.as_str();
        let text = sources.texts.get(file.as_str()).copied().unwrap_or_default();
        let bytes = text.find(&format!("\"{message}\"")).map_or(0..0, |start| start..start + message.len() + 2);
        let from = Some((file, bytes));
        let occasion = Occasion::about(None, &[Part::Agreement, Part::Pair]);
        found.push(Sending { message, occasion, from, label: "sent here, to ask the two of a pair to sign".into() });
    }
    for message in SENT_BY_THE_ENGINE {
        let (occasion, about) = match message {
            "session-moved" | "session-cancelled" => (Occasion::about(None, &[Part::Session]), "a session"),
            "paused" => (Occasion::about(None, &[Part::Pause]), "a pause"),
            "lessons" => (Occasion::about(Some("coordinator".into()), &[]), "what the run before learned"),
            _ => (Occasion::about(None, &[]), "nothing but the programme"),
        };
        found.push(Sending { message, occasion, from: None, label: format!("the engine sends it about {about}") });
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
        let from = Some((function.file.clone(), call.bytes.clone()));
        found.push(Sending { message, occasion, from, label: format!("sent here about {about}") });
    }
    for (function, call) in reach.calls("agree") {
        let Some(Argument::Map(options)) = call.arguments.get(2) else { continue };
        let message = options.iter().find(|(name, _)| name == "message").map(|(_, message)| message);
        let Some(message) = literal(message) else { continue };
        let occasion = Occasion::about(None, &[Part::Agreement, Part::Pair]);
        let from = Some((function.file.clone(), call.bytes.clone()));
        found.push(Sending { message, occasion, from, label: "sent here about an agreement of a pair".into() });
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
