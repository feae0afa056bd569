//! Writes the questions of a form, one below the other.

use super::{
    blocks::{Block, Choosable, Field, Listed, Part, PlaceOption, PlaceRow},
    fields::part_of,
    spoken::Spoken,
    view::FormPage,
};
use crate::limits::{MAX_PLACES, MAX_SCALE};
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{Choice, Phrase, Question, QuestionKind, Statement, Text};

/// Writes the questions.
pub(super) struct Writer<'p> {
    page: &'p FormPage<'p>,
    blocks: Vec<Block>,
    faults: Vec<Listed>,
}

impl<'p> Writer<'p> {
    pub(super) fn of(page: &'p FormPage<'p>) -> Self {
        Self { page, blocks: Vec::new(), faults: Vec::new() }
    }

    /// Everything that is asked, and what is wrong with the answers, in the same order.
    pub(super) fn write(mut self) -> (Vec<Block>, Vec<Listed>) {
        self.questions(&self.page.survey.questions, 2);
        (self.blocks, self.faults)
    }

    fn questions(&mut self, questions: &'p [Question], level: usize) {
        for question in questions.iter().filter(|question| self.page.visible.contains(&question.name)) {
            self.question(question, level);
        }
    }

    fn question(&mut self, question: &'p Question, level: usize) {
        let text = self.text(&question.name, &question.text);
        if question.calculation.is_some() {
            // What is worked out is shown where it has words of its own.
            if let (Some(value), false) = (self.page.computed.get(&question.name), text.is_empty()) {
                self.blocks.push(Block::Note { text: format!("{text} {}", plain(value)) });
            }
            return;
        }
        match &question.kind {
            QuestionKind::Note => self.blocks.push(Block::Note { text }),
            QuestionKind::Group { questions } => {
                if !text.is_empty() {
                    self.blocks.push(Block::Heading { level, text });
                }
                self.questions(questions, (level + 1).min(4));
            }
            QuestionKind::Likert { points, labels, statements } if !statements.is_empty() => {
                if !text.is_empty() {
                    self.blocks.push(Block::Heading { level, text });
                }
                for statement in statements.iter().filter(|statement| self.page.visible.contains(&statement.name)) {
                    self.statement(statement, *points, labels);
                }
            }
            kind => self.answerable(&question.name, text, kind),
        }
    }

    fn statement(&mut self, statement: &'p Statement, points: u8, labels: &[Text]) {
        let text = self.text(&statement.name, &statement.label);
        let hint = self.scale_hint(points, labels);
        let field = self.field(&statement.name, text, hint);
        self.scale(field, points, labels);
    }

    fn answerable(&mut self, name: &SmolStr, text: String, kind: &'p QuestionKind) {
        let answer = self.page.answers.get(name);
        let written = answer.map(plain).unwrap_or_default();
        match kind {
            QuestionKind::Single { choices } => {
                let mut options = self.options(name, choices, |choice| written == choice);
                let field = self.field(name, text, None);
                if field.optional {
                    options.push(self.none(name, options.len()));
                }
                self.blocks.push(Block::Choices { field, input: "radio", scale: false, options });
            }
            QuestionKind::Multiple { choices } => {
                let picked = texts(answer);
                let options = self.options(name, choices, |choice| picked.iter().any(|picked| picked == choice));
                let field = self.field(name, text, Some(self.phrase(Phrase::ChooseMany, &[])));
                self.blocks.push(Block::Choices { field, input: "checkbox", scale: false, options });
            }
            QuestionKind::Likert { points, labels, .. } => {
                let hint = self.scale_hint(*points, labels);
                let field = self.field(name, text, hint);
                self.scale(field, *points, labels);
            }
            QuestionKind::Text => {
                let field = self.field(name, text, None);
                self.blocks.push(Block::Words { field, value: written });
            }
            QuestionKind::Integer { least, most } => {
                let hint = self.within(WHOLE, *least, *most);
                let field = self.field(name, text, Some(hint));
                self.blocks.push(Block::Number { field, value: written, keys: "numeric" });
            }
            QuestionKind::Decimal { least, most } => {
                let hint = self.within(NUMBER, *least, *most);
                let field = self.field(name, text, Some(hint));
                self.blocks.push(Block::Number { field, value: written, keys: "decimal" });
            }
            QuestionKind::Date => {
                let field = self.field(name, text, Some(self.phrase(Phrase::Date, &[])));
                let parts = self.parts(name, &written);
                self.blocks.push(Block::Date { field, parts });
            }
            QuestionKind::Ranking { choices } => self.ranking(name, text, choices),
            QuestionKind::Avoid => {
                let picked = texts(answer);
                let people = self.page.people.iter().enumerate().map(|(at, (id, person))| Choosable {
                    id: id_of(name, at),
                    value: id.to_string(),
                    label: person.clone(),
                    lang: None,
                    checked: picked.contains(&id.to_string()),
                });
                let options = people.collect();
                let field = self.field(name, text, None);
                self.blocks.push(Block::Choices { field, input: "checkbox", scale: false, options });
            }
            QuestionKind::Note | QuestionKind::Group { .. } | QuestionKind::Calculate => {}
        }
    }

    fn scale(&mut self, field: Field, points: u8, labels: &[Text]) {
        let given = self.page.answers.get(&field.name).and_then(Json::as_u64);
        let point = |point: u8| {
            let label = labels.get(usize::from(point) - 1).map(|label| self.say(label));
            Choosable {
                id: id_of(&field.name, usize::from(point) - 1),
                value: point.to_string(),
                label: label.filter(|label| !label.is_empty()).unwrap_or_else(|| point.to_string()),
                lang: None,
                checked: given == Some(point.into()),
            }
        };
        let mut options: Vec<_> = (1..=points).map(point).collect();
        if field.optional {
            options.push(self.none(&field.name, options.len()));
        }
        // More points than fit side by side, or words for many, stand one below the other.
        let scale = options.len() <= MAX_SCALE || labels.is_empty();
        self.blocks.push(Block::Choices { field, input: "radio", scale, options });
    }

    fn ranking(&mut self, name: &SmolStr, text: String, choices: &[Choice]) {
        let places = places(self.page.answers.get(name));
        let ballot = choices.is_empty();
        let all: Vec<(String, String)> = if ballot {
            self.page.people.iter().map(|(id, person)| (id.to_string(), person.clone())).collect()
        } else {
            choices.iter().map(|choice| (choice.name.to_string(), self.choice(name, choice))).collect()
        };
        let most = if ballot { all.len().min(self.page.most_named).min(MAX_PLACES) } else { all.len() };
        let row = |(at, (what, label)): (usize, (String, String))| {
            let given = places.get(&what);
            let place = |place: usize| PlaceOption {
                value: place.to_string(),
                label: place.to_string(),
                selected: given == Some(&place),
            };
            let no_place = PlaceOption { value: String::new(), label: "–".into(), selected: given.is_none() };
            PlaceRow {
                id: id_of(name, at),
                name: part_of(name, &what),
                label,
                options: std::iter::once(no_place).chain((1..=most).map(place)).collect(),
            }
        };
        let rows = all.into_iter().enumerate().map(row).collect();
        let hint = if ballot { Phrase::RankPeople } else { Phrase::RankChoices };
        let field = self.field(name, text, Some(self.phrase(hint, &[])));
        self.blocks.push(Block::Places { field, rows });
    }

    /// What every field has. An error is listed at the top as well.
    fn field(&mut self, name: &SmolStr, label: String, hint: Option<Spoken>) -> Field {
        let fault = self.page.faults.iter().find(|fault| fault.question == *name);
        let error = fault.map(|fault| Spoken::of(fault.what.clone(), self.page.wording));
        let id = id_of(name, 0);
        if let Some(what) = &error {
            let label = label.trim_end_matches(':').to_owned();
            self.faults.push(Listed { id: id.clone(), label, what: what.clone() });
        }
        let described: Vec<_> = [hint.as_ref().map(|_| "hint"), error.as_ref().map(|_| "error")]
            .into_iter()
            .flatten()
            .map(|what| format!("{}:{what}", id_of(name, 0)))
            .collect();
        Field {
            name: name.clone(),
            id,
            label,
            optional: !self.page.required.contains(name),
            hint,
            error,
            described: (!described.is_empty()).then(|| described.join(" ")),
        }
    }

    fn options(&self, name: &SmolStr, choices: &[Choice], checked: impl Fn(&str) -> bool) -> Vec<Choosable> {
        let option = |(at, choice): (usize, &Choice)| Choosable {
            id: id_of(name, at),
            value: choice.name.to_string(),
            label: self.choice(name, choice),
            lang: None,
            checked: checked(&choice.name),
        };
        choices.iter().enumerate().map(option).collect()
    }

    fn choice(&self, question: &str, choice: &Choice) -> String {
        let filled = self.page.labels.get(format!("{question}/{}", choice.name).as_str());
        filled.cloned().unwrap_or_else(|| self.say(&choice.label))
    }

    fn text(&self, name: &str, text: &Text) -> String {
        self.page.labels.get(name).map_or_else(|| self.say(text), |label| label.trim().to_owned())
    }

    fn say(&self, text: &Text) -> String {
        self.page.survey.say(text, self.page.wording.language()).trim().to_owned()
    }

    fn phrase(&self, phrase: Phrase, with: &[(&str, &str)]) -> Spoken {
        Spoken::phrase(self.page.wording, phrase, with)
    }

    fn none(&self, name: &str, at: usize) -> Choosable {
        let Spoken { text, lang } = self.phrase(Phrase::NoAnswer, &[]);
        Choosable { id: id_of(name, at), value: String::new(), label: text, lang, checked: false }
    }

    fn scale_hint(&self, points: u8, labels: &[Text]) -> Option<Spoken> {
        labels.is_empty().then(|| self.phrase(Phrase::Scale, &[("points", &points.to_string())]))
    }

    /// What a number may be: of four phrases the one that fits.
    fn within<T: ToString>(&self, [any, from, to, between]: [Phrase; 4], least: Option<T>, most: Option<T>) -> Spoken {
        let phrase = match (&least, &most) {
            (None, None) => any,
            (Some(_), None) => from,
            (None, Some(_)) => to,
            (Some(_), Some(_)) => between,
        };
        let [least, most] = [least, most].map(|bound| bound.map(|bound| bound.to_string()).unwrap_or_default());
        self.phrase(phrase, &[("least", &least), ("most", &most)])
    }

    /// A date in its parts, as they were typed.
    fn parts(&self, name: &str, written: &str) -> Vec<Part> {
        // What was no date stands in its parts as they were typed.
        let typed: Vec<&str> = if written.contains('/') {
            written.splitn(3, '/').collect()
        } else {
            written.rsplitn(3, '-').map(|part| part.trim_start_matches('0')).collect()
        };
        let parts = [(Phrase::Day, "day"), (Phrase::Month, "month"), (Phrase::Year, "year")];
        let part = |(at, (label, what)): (usize, (Phrase, &str))| Part {
            id: id_of(name, at),
            name: part_of(name, what),
            label: self.phrase(label, &[]),
            value: typed.get(at).copied().unwrap_or_default().to_owned(),
            wide: what == "year",
        };
        parts.into_iter().enumerate().map(part).collect()
    }
}

/// What is said below a question that wants a whole number: whatever it is, with a least, with a most, with both.
const WHOLE: [Phrase; 4] = [Phrase::Whole, Phrase::WholeFrom, Phrase::WholeTo, Phrase::WholeBetween];
/// The same of any number.
const NUMBER: [Phrase; 4] = [Phrase::Number, Phrase::NumberFrom, Phrase::NumberTo, Phrase::NumberBetween];

/// The id of a control. What comes before the colon keeps questions from taking the page's own ids, and what comes after the
/// second one from taking each other's: no name in a survey has a colon.
fn id_of(name: &str, at: usize) -> String {
    if at == 0 { format!("q:{name}") } else { format!("q:{name}:{}", at + 1) }
}

/// Which place each has, from 1.
fn places(answer: Option<&Json>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (held, place) in answer.and_then(Json::as_array).into_iter().flatten().zip(1..) {
        let several = held.as_array().map_or(std::slice::from_ref(held), Vec::as_slice);
        found.extend(several.iter().filter_map(Json::as_str).map(|what| (what.to_owned(), place)));
    }
    found
}

fn texts(answer: Option<&Json>) -> Vec<String> {
    let all = answer.and_then(Json::as_array).into_iter().flatten();
    all.filter_map(Json::as_str).map(ToOwned::to_owned).collect()
}

/// An answer as it was typed.
fn plain(answer: &Json) -> String {
    answer.as_str().map_or_else(|| answer.to_string(), ToOwned::to_owned)
}
