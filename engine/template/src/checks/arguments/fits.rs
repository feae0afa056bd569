//! Whether one thing that is given fits where it is given.

use super::{
    At, meant,
    takes::{Takes, Thing, WORDS},
    whole,
};
use crate::{checks::reach::MAIN, suggest};
use std::ops::Range;
use turnabout_core::ports::Argument;
use turnabout_model::{Diagnostic, ParticipantId, Period};

const BAD: &str = "script::bad_argument";

impl At<'_> {
    /// What is wrong with the argument at a place, if anything is.
    pub(super) fn wrong(self, place: usize, takes: Takes, argument: &Argument, bytes: Range<usize>) -> Vec<Diagnostic> {
        let one = match (takes, argument) {
            // Only a run knows what these are, or they fit.
            (_, Argument::Unknown | Argument::Variable(_) | Argument::Field(_) | Argument::Returned(_))
            | (Takes::Anything, _)
            | (Takes::Text, Argument::Text(_))
            | (Takes::List, Argument::List(_))
            | (Takes::Switch, Argument::Bool)
            | (Takes::People | Takes::Recipients | Takes::Pair | Takes::Someone | Takes::Ballot, Argument::Map(_)) => {
                None
            }
            (Takes::Options(known), Argument::Map(fields)) => return self.options(known, fields, &bytes),
            (Takes::People | Takes::Recipients, Argument::List(items)) => {
                let strangers = items.iter().flat_map(|item| self.wrong(place, takes, item, self.inside(item, &bytes)));
                return strangers.collect();
            }
            (Takes::Name(thing), Argument::Text(_)) => self.name(thing, argument, bytes),
            (Takes::Ballot, Argument::Text(_)) => self.name(Thing::Ballot, argument, bytes),
            (Takes::Function, Argument::Text(_)) => self.function_named(argument, bytes),
            (Takes::Word(words), Argument::Text(_)) => self.word(words, argument, bytes),
            (Takes::People | Takes::Recipients | Takes::Someone, Argument::Text(_)) => {
                self.recipient(takes, argument, bytes)
            }
            (Takes::When | Takes::Period, Argument::Period(count)) => self.period(*count, bytes),
            _ => Some(self.kind(place, takes, argument, bytes)),
        };
        one.into_iter().collect()
    }

    fn options(
        self,
        known: &[(&'static str, Takes)],
        fields: &[(smol_str::SmolStr, Argument)],
        map: &Range<usize>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (name, value) in fields {
            let bytes = self.option(name, map);
            if let Some((_, takes)) = known.iter().find(|(known, _)| known == name) {
                found.extend(self.wrong_option(name, *takes, value, bytes));
            } else {
                let message = format!("{} has no option '{name}'", self.call.name);
                let help = suggest::help(name, known.iter().map(|(known, _)| *known), "");
                let key = self.key(name, map);
                found.push(self.error(BAD, message, key, help));
            }
        }
        found
    }

    fn wrong_option(self, name: &str, takes: Takes, value: &Argument, bytes: Range<usize>) -> Vec<Diagnostic> {
        let mut found = self.wrong(usize::MAX, takes, value, bytes);
        for one in &mut found {
            one.message = one.message.replacen(UNNAMED, name, 1);
        }
        found
    }

    /// The bytes of an option's name.
    fn key(self, name: &str, map: &Range<usize>) -> Range<usize> {
        let text = self.text();
        let start = text.get(map.start..).and_then(|rest| rest.find(name)).map_or(map.start, |at| map.start + at);
        start..(start + name.len()).min(text.len())
    }

    /// The bytes of a text within a list that begins at a place.
    fn inside(self, item: &Argument, list: &Range<usize>) -> Range<usize> {
        let quoted = whole(item).map(|text| format!("\"{text}\""));
        let rest = self.text().get(list.start..).unwrap_or_default();
        let found = quoted.and_then(|quoted| Some((rest.find(&quoted)?, quoted.len())));
        found.map_or_else(|| list.clone(), |(at, length)| list.start + at..list.start + at + length)
    }

    fn name(self, thing: Thing, argument: &Argument, bytes: Range<usize>) -> Option<Diagnostic> {
        let Argument::Text(text) = argument else { return None };
        let name = meant(thing, &text.text);
        // Of a text that goes on only a first word with a space behind it is whole.
        let known_whole =
            text.whole || (name.len() < text.text.len() && matches!(thing, Thing::Session | Thing::Survey));
        let (what, known) = self.known(thing);
        if !known_whole || known.iter().any(|known| known == name) {
            return None;
        }
        let help = suggest::help(name, known.iter().map(String::as_str), &format!("the template has no {what}"));
        Some(self.error("script::unknown_name", format!("there is no {what} '{name}'"), bytes, help))
    }

    fn function_named(self, argument: &Argument, bytes: Range<usize>) -> Option<Diagnostic> {
        let name = whole(argument)?;
        let own = || self.outline.functions.iter().filter(|function| function.file == MAIN);
        if own().any(|function| function.name == name && function.parameters == 1) {
            return None;
        }
        if let Some(function) = own().find(|function| function.name == name) {
            let message = format!("{name} takes {} parameters, and is to run with one item each", function.parameters);
            let help = format!("write fn {name}(item)");
            return Some(self.error("script::unknown_function", message, bytes, help));
        }
        let fitting = own().filter(|function| function.parameters == 1 && !function.name.starts_with("on_"));
        let fitting = fitting.map(|function| function.name.as_str()).filter(|name| *name != "programme");
        let help = suggest::help(name, fitting, &format!("add fn {name}(item) {{ ... }}"));
        let message = format!("the script has no function {name} with one parameter");
        Some(self.error("script::unknown_function", message, bytes, help))
    }

    fn word(self, words: &[&str], argument: &Argument, bytes: Range<usize>) -> Option<Diagnostic> {
        let word = whole(argument).filter(|word| !words.contains(word))?;
        let message = format!("{} has no '{word}' for {UNNAMED}", self.call.name);
        Some(self.error(BAD, message, bytes, suggest::help(word, words.iter().copied(), "")))
    }

    fn recipient(self, takes: Takes, argument: &Argument, bytes: Range<usize>) -> Option<Diagnostic> {
        let word = whole(argument).filter(|word| word.parse::<ParticipantId>().is_err())?;
        let verb = &self.call.name;
        if takes == Takes::Recipients {
            if WORDS.contains(&word) {
                return None;
            }
            let help = match suggest::closest(word, WORDS) {
                Some(meant) => format!("did you mean \"{meant}\"?"),
                None => "give participants, a pair or a cohort, or \"coordinator\", \"sponsor\" or \"contact\"".into(),
            };
            return Some(self.error(BAD, format!("'{word}' is nobody whom a message can go to"), bytes, help));
        }
        let help = "give participants, for example cohort().everyone, a pair or a cohort".into();
        let message = format!("'{word}' is no participant, and {verb} is for those who take part");
        Some(self.error(BAD, message, bytes, help))
    }

    fn period(self, count: i64, bytes: Range<usize>) -> Option<Diagnostic> {
        let help = "time goes forward: leave the minus out, or subtract it from a moment".into();
        (count < 0)
            .then(|| self.error(BAD, format!("{} can't wait until before it began", self.call.name), bytes, help))
    }

    /// It is of another kind.
    fn kind(self, place: usize, takes: Takes, argument: &Argument, bytes: Range<usize>) -> Diagnostic {
        let what = self.place_name(place);
        let message = format!("{}: {what} must be {}, not {}", self.call.name, wanted(takes), found(argument));
        self.error(BAD, message, bytes, way_out(takes, argument))
    }

    fn place_name(self, place: usize) -> String {
        let Some((required, optional)) = super::takes::named(&self.call.name) else {
            return if place == usize::MAX { UNNAMED.into() } else { "this".into() }; // a function of somebody's own
        };
        let name = required.iter().chain(&optional).nth(place);
        name.map_or_else(
            || UNNAMED.into(),
            |name| if *name == "to" { "whom it goes to".into() } else { format!("the {name}") },
        )
    }
}

/// Stands for the name of an option until it is known.
const UNNAMED: &str = "this option";

fn wanted(takes: Takes) -> &'static str {
    match takes {
        Takes::Text | Takes::Name(_) | Takes::Word(_) => "a text",
        Takes::Function => "the name of a function, as a text",
        Takes::People | Takes::Recipients => "people",
        Takes::Pair => "a pair",
        Takes::Someone => "a pair or a participant",
        Takes::When => "a period or a moment",
        Takes::Period => "a period",
        Takes::Moment => "a moment",
        Takes::List => "a list",
        Takes::Switch => "true or false",
        Takes::Options(_) => "a map",
        Takes::Ballot => "the name of a survey, or what survey() returned",
        Takes::Closure => "a closure",
        Takes::Anything => "anything",
    }
}

fn found(argument: &Argument) -> &'static str {
    match argument {
        Argument::Text(_) => "a text",
        Argument::Map(_) => "a map",
        Argument::List(_) => "a list",
        Argument::Int(_) | Argument::Float => "a number",
        Argument::Bool => "true or false",
        Argument::Range => "a range",
        Argument::Period(_) => "a period",
        Argument::Variable(_) | Argument::Field(_) | Argument::Returned(_) | Argument::Unknown => "this",
    }
}

fn way_out(takes: Takes, argument: &Argument) -> String {
    match (takes, argument) {
        (Takes::When | Takes::Period, Argument::Text(text)) => match text.text.parse::<Period>() {
            Ok(period) if text.whole => format!("write {}", in_script(period)),
            _ => "write a period such as weeks(2) or days(10)".into(),
        },
        (Takes::When | Takes::Period, Argument::Int(number)) => format!("say of what: days({number}), weeks({number})"),
        (Takes::When | Takes::Period, _) => "write a period such as weeks(2) or days(10)".into(),
        (Takes::Moment, Argument::Period(_)) => {
            "for a length of time use sleep; a moment is run_started() + weeks(5)".into()
        }
        (Takes::Moment, _) => "a moment is now(), or run_started() + weeks(5)".into(),
        (Takes::Text, Argument::Int(number)) => format!("put it in quotes: \"{number}\""),
        (Takes::Text | Takes::Name(_) | Takes::Word(_) | Takes::Function, _) => "write it in quotes".into(),
        (Takes::List, Argument::Range) => {
            "a range can't be kept: give a list such as pairs() or cohort().mentors".into()
        }
        (Takes::List, _) => "give a list, as in [a, b]".into(),
        (Takes::Options(known), _) => match known.first() {
            Some((name, _)) => format!("write a map such as #{{ {name}: ... }}"),
            None => "write a map".into(),
        },
        (Takes::Switch, _) => "write true or false, without quotes".into(),
        (Takes::Closure, _) => "write a closure: || { ... }".into(),
        _ => "give for example cohort().everyone, pair or pair.mentor".into(),
    }
}

/// A period as a script writes it.
fn in_script(period: Period) -> String {
    let parts = [
        (i64::from(period.months), "months", 1),
        (i64::from(period.days) / 7, "weeks", i64::from(period.days % 7 == 0)),
        (i64::from(period.days), "days", i64::from(period.days % 7 != 0)),
        (period.seconds / 3600, "hours", 1),
    ];
    let words = parts.iter().filter(|(count, _, use_it)| *count != 0 && *use_it == 1);
    let words: Vec<String> = words.map(|(count, unit, _)| format!("{unit}({count})")).collect();
    if words.is_empty() { "weeks(2)".into() } else { words.join(" + ") }
}
