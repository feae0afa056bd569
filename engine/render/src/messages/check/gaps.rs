//! What a message shows and does not have on an occasion: it is read branch by branch, with what is known of the occasion.

use super::{place::Place, too_deep, walk::variable_of};
use crate::messages::{
    file::{self, MessageFile},
    variables::{LINK, RAISING},
};
use handlebars::{
    Template,
    template::{HelperTemplate, Parameter, Subexpression, TemplateElement},
};
use std::collections::BTreeMap;
use turnabout_core::occasion::{Gap, Occasion, Part, Presence};

/// Finds the gaps of a message. One that can't be read has none: that is reported elsewhere.
pub(super) fn find(file: &str, text: &str, occasion: &Occasion) -> Vec<Gap> {
    let Ok(MessageFile { head, subject_at, subject_is_literal, body_at, .. }) = file::parse(file, text) else {
        return Vec::new();
    };
    let exact = subject_is_literal.then_some(subject_at.start);
    let line = Place { file, text: &head.subject, at: exact, whole: subject_at, only: None };
    let body = Place { file, text: &text[body_at..], at: Some(body_at), whole: body_at..text.len(), only: None };
    let mut gaps: Vec<Gap> = Vec::new();
    for place in [line, body] {
        // Parsing recurses: what is too deep is reported elsewhere, and is not parsed here either.
        if too_deep(place.text).is_some() {
            continue;
        }
        let Ok(template) = Template::compile(place.text) else { continue };
        let mut search = Search { place: &place, occasion, gaps: &mut gaps };
        search.template(&template, &Known::new(), true, 0);
    }
    // Of a variable that is shown twice the first place says enough.
    let mut said = Vec::new();
    gaps.retain(|gap| {
        let new = !said.contains(&gap.variable);
        said.push(gap.variable.clone());
        new
    });
    gaps
}

/// What a condition around has settled.
type Known = BTreeMap<&'static str, Presence>;

/// Whether a condition holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    Maybe,
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Maybe => Self::Maybe,
        }
    }
}

struct Search<'s> {
    place: &'s Place<'s>,
    occasion: &'s Occasion,
    gaps: &'s mut Vec<Gap>,
}

impl Search<'_> {
    fn template(&mut self, template: &Template, known: &Known, surely: bool, outer: usize) {
        for (index, element) in template.elements.iter().enumerate() {
            let at = template.mapping.get(index).map_or(outer, |mapping| self.place.byte(mapping.0, mapping.1));
            match element {
                TemplateElement::Expression(shown) => self.shown(shown, known, surely, at),
                TemplateElement::HelperBlock(block) => self.block(block, known, surely, at),
                _ => {}
            }
        }
    }

    fn shown(&mut self, shown: &HelperTemplate, known: &Known, surely: bool, at: usize) {
        let Some(name) = shown.name.as_name() else { return };
        let presence = self.presence(name, known);
        // Of a part that is there something may be missing all the same; of one that only a run knows nothing is said.
        let may_lack = presence == Presence::Unknown && hangs_on(name).is_some_and(|(_, by_itself)| by_itself);
        if presence == Presence::Absent || may_lack {
            let bytes = self.place.word(name, at);
            let bytes = self.place.at.map_or(self.place.whole.clone(), |base| bytes.start + base..bytes.end + base);
            self.gaps.push(Gap { variable: name.into(), bytes, always: surely && !may_lack });
        }
    }

    fn block(&mut self, block: &HelperTemplate, known: &Known, surely: bool, at: usize) {
        let Some(condition) = block.params.first() else { return };
        let unless = block.name.as_name() == Some("unless");
        let truth = self.condition(condition, known);
        let truth = if unless { truth.not() } else { truth };
        for (part, not_taken, holds) in [(&block.template, Truth::No, !unless), (&block.inverse, Truth::Yes, unless)] {
            let Some(part) = part.as_ref().filter(|_| truth != not_taken) else { continue };
            let mut within = known.clone();
            settle(condition, holds, &mut within);
            self.template(part, &within, surely && truth != Truth::Maybe, at);
        }
    }

    fn condition(&self, condition: &Parameter, known: &Known) -> Truth {
        match condition {
            Parameter::Name(_) | Parameter::Path(_) => {
                let name = condition.as_name().unwrap_or_default();
                if name.starts_with("settings.") {
                    return Truth::Maybe;
                }
                match self.presence(name, known) {
                    Presence::There => Truth::Yes,
                    Presence::Absent => Truth::No,
                    Presence::Unknown => Truth::Maybe,
                }
            }
            Parameter::Subexpression(test) => self.test(test, known),
            _ => Truth::Maybe,
        }
    }

    fn test(&self, test: &Subexpression, known: &Known) -> Truth {
        let TemplateElement::Expression(test) = test.as_element() else { return Truth::Maybe };
        let each = || test.params.iter().map(|parameter| self.condition(parameter, known));
        match test.name.as_name().unwrap_or_default() {
            "not" => each().next().map_or(Truth::Maybe, Truth::not),
            "and" if each().any(|truth| truth == Truth::No) => Truth::No,
            "and" if each().all(|truth| truth == Truth::Yes) => Truth::Yes,
            "or" if each().any(|truth| truth == Truth::Yes) => Truth::Yes,
            "or" if each().all(|truth| truth == Truth::No) => Truth::No,
            "eq" => self.equal(&test.params),
            "ne" => self.equal(&test.params).not(),
            _ => Truth::Maybe,
        }
    }

    /// Of all variables only the recipient's role can be known beforehand.
    fn equal(&self, both: &[Parameter]) -> Truth {
        let (Some(role), [one, other]) = (&self.occasion.role, both) else { return Truth::Maybe };
        let is_role = |side: &Parameter| side.as_name() == Some("recipient.role");
        match (one, other) {
            (Parameter::Literal(word), side) | (side, Parameter::Literal(word)) if is_role(side) => {
                word.as_str().map_or(Truth::Maybe, |word| Truth::of(word == role))
            }
            _ => Truth::Maybe,
        }
    }

    fn presence(&self, name: &str, known: &Known) -> Presence {
        let Some((part, by_itself)) = hangs_on(name) else { return Presence::There };
        if let Some(settled) = variable_of(name).and_then(|name| known.get(key(name))) {
            return *settled;
        }
        match part.map(|part| self.occasion.presence(part)) {
            Some(Presence::There) | None if by_itself => Presence::Unknown,
            Some(presence) => presence,
            None => Presence::There,
        }
    }
}

/// The part that a variable belongs to, and whether it can be missing where the part is there; nothing if it always is there.
fn hangs_on(name: &str) -> Option<(Option<Part>, bool)> {
    let group = name.split('.').next().unwrap_or(name);
    let part = match group {
        "pair" | "mentor" | "mentee" => Part::Pair,
        "session" => Part::Session,
        "survey" => Part::Survey,
        "agreement" => Part::Agreement,
        "pause" => Part::Pause,
        "record" => Part::Record,
        "lessons" => Part::Lessons,
        LINK => return Some((None, true)),
        "contact" if name == RAISING => return Some((None, true)),
        _ => return None,
    };
    let by_itself = ["record.first", "record.last", "record.sessions", "lessons"].contains(&name);
    Some((Some(part), by_itself))
}

/// What settles a variable: a part as a whole, but for what comes and goes by itself.
fn key(name: &'static str) -> &'static str {
    match name {
        "mentor" | "mentee" | "mentor.name" | "mentee.name" => "pair",
        // The first day and the last are there together.
        "record.last" => "record.first",
        "record.first" | "record.sessions" | LINK | RAISING => name,
        _ => name.split('.').next().unwrap_or(name),
    }
}

/// Notes what a condition says of the variables in it, where it holds or does not.
fn settle(condition: &Parameter, holds: bool, known: &mut Known) {
    let presence = if holds { Presence::There } else { Presence::Absent };
    match condition {
        Parameter::Name(_) | Parameter::Path(_) => {
            let name = condition.as_name().and_then(variable_of);
            let Some(name) = name.filter(|name| hangs_on(name).is_some()) else { return };
            known.insert(key(name), presence);
        }
        Parameter::Subexpression(test) => {
            let TemplateElement::Expression(test) = test.as_element() else { return };
            match test.name.as_name().unwrap_or_default() {
                "not" => test.params.iter().for_each(|inner| settle(inner, !holds, known)),
                // Of several, all hold or none does only where it is said so.
                "and" if holds => test.params.iter().for_each(|inner| settle(inner, true, known)),
                "or" if !holds => test.params.iter().for_each(|inner| settle(inner, false, known)),
                _ => {}
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Part::{Agreement, Pair, Session, Survey};

    fn gaps(body: &str, occasion: &Occasion) -> Vec<String> {
        let text = format!("+++\nsubject = \"To you\"\n+++\n{body}\n");
        let said = find("messages/m.hbs", &text, occasion);
        assert!(said.iter().all(|gap| text[gap.bytes.clone()] == *gap.variable), "{said:?}");
        said.into_iter().map(|gap| format!("{}{}", gap.variable, if gap.always { "" } else { "?" })).collect()
    }

    #[test]
    fn a_message_shows_what_it_is_about() {
        let mentor = || Some("mentor".into());
        let of = |parts: &[Part]| Occasion::about(mentor(), parts);
        let coordinator = |parts: &[Part]| Occasion::about(Some("coordinator".into()), parts);
        for (body, occasion, expect) in [
            ("{{recipient.name}} {{settings.rounds}} {{contact.name}}", of(&[]), vec![]),
            ("{{session.starts}}", of(&[Session]), vec![]),
            ("{{session.starts}}", of(&[Pair]), vec!["session.starts"]),
            ("{{survey.closes}} {{mentee.name}}", of(&[Session]), vec!["survey.closes", "mentee.name"]),
            ("{{#if session}}{{session.starts}}{{/if}}", of(&[]), vec![]),
            ("{{#if session}}{{survey.title}}{{else}}{{agreement.title}}{{/if}}", of(&[]), vec!["agreement.title"]),
            ("{{#if session}}{{survey.title}}{{else}}{{agreement.title}}{{/if}}", of(&[Session]), vec!["survey.title"]),
            ("{{#if settings.a}}{{pair}}{{/if}}", of(&[]), vec!["pair?"]),
            ("{{#if (eq recipient.role \"mentee\")}}{{pair}}{{/if}}", of(&[]), vec![]),
            ("{{#if (eq recipient.role \"mentor\")}}{{pair}}{{/if}}", of(&[]), vec!["pair"]),
            ("{{#unless (ne recipient.role \"mentor\")}}{{pair}}{{/unless}}", of(&[]), vec!["pair"]),
            ("{{#if (and session survey)}}{{survey.title}}{{/if}}", of(&[Survey]), vec![]),
            ("{{#if (or session survey)}}{{survey.title}}{{/if}}", of(&[Session]), vec!["survey.title"]),
            ("{{#if (not agreement)}}{{agreement.title}}{{/if}}", of(&[Agreement]), vec![]),
            ("{{record.meetings}}", of(&[]), vec![]),
            ("{{record.meetings}}", coordinator(&[]), vec!["record.meetings"]),
            ("{{record.first}} {{#if record.first}}{{record.last}}{{/if}}", of(&[]), vec!["record.first?"]),
            ("{{#if record.sessions}}{{record.sessions}}{{/if}} {{link}}", of(&[]), vec!["link?"]),
            ("{{contact.link}}", of(&[]), vec!["contact.link?"]),
            ("{{#if contact.link}}{{contact.link}}{{else}}{{contact.email}}{{/if}}", of(&[]), vec![]),
            ("{{#if contact.link}}{{link}}{{/if}}", of(&[]), vec!["link?"]),
            ("{{lessons}}", coordinator(&[]), vec!["lessons?"]),
            ("{{#if lessons}}{{lessons}}{{/if}}", coordinator(&[]), vec![]),
        ] {
            assert_eq!(gaps(body, &occasion), expect, "{body}");
        }
    }

    #[test]
    fn a_message_that_is_nested_without_end_is_not_read() {
        let deep = "{{#if session}}".repeat(100_000);
        assert_eq!(gaps(&deep, &Occasion::about(None, &[])), Vec::<String>::new());
    }

    #[test]
    fn of_what_only_a_run_knows_nothing_is_said() {
        let somebody = Occasion::about(None, &[]).with(Pair, Presence::Unknown).with(Part::Record, Presence::Unknown);
        for (body, expect) in [
            ("{{mentor.name}} {{record.months}}", vec![]),
            ("{{#if (eq recipient.role \"mentor\")}}{{session.title}}{{/if}}", vec!["session.title?"]),
            ("{{#if pair}}{{mentor.name}}{{else}}{{mentee.name}}{{/if}}", vec!["mentee.name?"]),
        ] {
            assert_eq!(gaps(body, &somebody), expect, "{body}");
        }
    }
}
