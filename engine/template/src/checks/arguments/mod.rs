//! What calls are given, held against what is taken: recipients, options, functions, periods, as far as they are written out.
//!
//! A rehearsal would stop at the first of them, and only where it comes past. Here all of a template are found at once. What
//! is known only to a run is left to it.

mod calls;
mod fits;
mod flows;
mod takes;

use super::{
    Sources,
    reach::{MAIN, Reach},
};
use crate::report::Report;
use flows::Flows;
use std::ops::Range;
use takes::Takes;
pub(super) use takes::WORDS;
use turnabout_core::{
    ports::{Argument, Call, Function, Outline},
    verbs::diary_name,
};
use turnabout_model::Diagnostic;

/// A call under the eye.
#[derive(Clone, Copy)]
struct At<'c> {
    sources: &'c Sources<'c>,
    outline: &'c Outline,
    function: &'c Function,
    call: &'c Call,
}

pub(crate) fn check(sources: &Sources<'_>, report: &mut Report) {
    let Some(outline) = sources.outline else { return };
    let reach = Reach::of(outline);
    let flows = Flows::of(outline);
    // Of the script itself all is judged, also what a mistyped name keeps from being called.
    for function in outline.functions.iter().filter(|function| function.file == MAIN || reach.has(function)) {
        for call in function.calls.iter().filter(|call| !call.method) {
            let at = At { sources, outline, function, call };
            let misses = calls::check(at, &flows);
            if misses.is_empty() {
                report.extend(given(at, &flows));
            } else {
                report.extend(misses);
            }
        }
    }
}

/// What is wrong with what a call is given.
fn given(at: At<'_>, flows: &Flows<'_>) -> Vec<Diagnostic> {
    if let Some(swapped) = swapped(at) {
        return swapped;
    }
    let of_verb = flows.candidates(at.function, at.call).is_none();
    let mut found = Vec::new();
    for (place, takes) in flows.taken(at.function, at.call).into_iter().enumerate() {
        let (Some(takes), Some(argument)) = (takes, at.call.arguments.get(place)) else { continue };
        let bytes = at.call.given.get(place).cloned().unwrap_or_else(|| at.call.bytes.clone());
        // What a verb is called with right behind its bracket is looked up where words are read.
        if let (Takes::Name(_), true, Argument::Text(_)) = (takes, of_verb && place == 0, argument) {
            continue;
        }
        found.extend(at.wrong(place, takes, argument, bytes));
    }
    found
}

/// A `send` whose message stands where its recipients belong. Of a text in the message's place it is said where words are
/// read, so that nothing is to be said of the rest.
fn swapped(at: At<'_>) -> Option<Vec<Diagnostic>> {
    let Call { name, module: None, arguments, bytes, .. } = at.call else { return None };
    let is_message = |argument: &Argument| whole(argument).is_some_and(|text| at.sources.messages.contains(text));
    let (first, second) = (arguments.first()?, arguments.get(1)?);
    if name != "send" || is_message(first) || !is_message(second) {
        return None;
    }
    let to = match first {
        Argument::Text(_) => return Some(Vec::new()),
        Argument::Variable(name) => name.as_str(),
        _ => "people",
    };
    let help = format!("write send(\"{}\", {to})", whole(second).unwrap_or_default());
    let message = "send is given the recipients first, and takes the message first";
    let found = Diagnostic::error("script::bad_argument", message);
    Some(vec![found.at(at.function.file.clone(), bytes.clone(), "the other way round").help(help)])
}

/// A text that stands there whole.
fn whole(argument: &Argument) -> Option<&str> {
    super::literal(Some(argument))
}

impl<'c> At<'c> {
    /// The text of the file.
    fn text(self) -> &'c str {
        self.sources.texts.get(self.function.file.as_str()).copied().unwrap_or_default()
    }

    fn error(self, code: &'static str, message: String, bytes: Range<usize>, help: String) -> Diagnostic {
        Diagnostic::error(code, message).at(self.function.file.clone(), bytes, "this").help(help)
    }

    /// The names that something of the template can have, and what it is.
    fn known(self, thing: takes::Thing) -> (&'static str, Vec<String>) {
        use takes::Thing;
        let sources = self.sources;
        let all = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        match thing {
            Thing::Message => ("message", all(sources.messages.iter().copied().collect())),
            Thing::Survey => ("survey", all(sources.surveys.keys().copied().collect())),
            Thing::Agreement => ("agreement", all(sources.agreements.iter().copied().collect())),
            Thing::Session => ("session", all(sources.names("sessions"))),
            Thing::Ballot => {
                let ranked = sources.surveys.iter().filter(|(_, survey)| super::surveys::ranks_people(**survey));
                ("survey with a ranking of people called", all(ranked.map(|(name, _)| *name).collect()))
            }
            Thing::Plan => ("matching plan", all(sources.names("matching"))),
        }
    }

    /// The bytes of an option's value in a map that begins at a place: of its key if the value is not found.
    fn option(self, name: &str, map: &Range<usize>) -> Range<usize> {
        let text = self.text();
        let rest = text.get(map.start..).unwrap_or_default();
        let Some(key) = rest.find(name) else { return map.clone() };
        let behind = &rest[key + name.len()..];
        let value = behind.trim_start_matches(['"', ' ']).strip_prefix(':').map(str::trim_start).unwrap_or_default();
        if value.is_empty() {
            return map.start + key..map.start + key + name.len();
        }
        let start = text.len() - value.len();
        let length = match value.chars().next() {
            Some(mark @ ('"' | '`')) => value[1..].find(mark).map_or(1, |end| end + 2),
            _ => value.find([',', '}', '\n']).unwrap_or(value.len()),
        };
        start..start + length
    }
}

/// The name that is meant by a name with a number or words behind it.
fn meant(thing: takes::Thing, name: &str) -> &str {
    if matches!(thing, takes::Thing::Session | takes::Thing::Survey) { diary_name(name) } else { name }
}

#[cfg(test)]
mod tests;
