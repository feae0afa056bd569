//! Answers as their questions want them. Forms on paper, on pages and in files write them in different ways.

use super::{Item, MOST_ANSWER};
use crate::answers::Answer;
use crate::functions::text::words;
use crate::survey::Kind;
use crate::value::{SPACES, number_of, text_of};
use turnabout_plugin_sdk::date::Moment;

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    WholeNumber,
    Number,
    Date,
    Choice,
    Repeat,
    Points,
    Text,
    Long,
}

impl Refusal {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::WholeNumber | Self::Number | Self::Date | Self::Text => "type",
            Self::Choice => "choice",
            Self::Repeat => "repeat",
            Self::Points => "range",
            Self::Long => "length",
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::WholeNumber => "Write a whole number.",
            Self::Number => "Write a number.",
            Self::Date => "Write a date as 2026-01-31.",
            Self::Choice => "Choose from the list.",
            Self::Repeat => "Choose each only once.",
            Self::Points => "Choose one of the points.",
            Self::Text => "Write a text.",
            Self::Long => "Write less.",
        }
    }
}

/// Reads an answer to a question: numbers may come as text, lists as text with spaces between.
pub(super) fn read(item: &Item<'_>, answer: &Answer) -> Result<Answer, Refusal> {
    let text = text_form(answer);
    if text.len() > MOST_ANSWER {
        return Err(Refusal::Long);
    }
    if text.trim_matches(SPACES).is_empty() {
        return Ok(Answer::Empty);
    }
    let number = || if matches!(answer, Answer::List(_)) { None } else { number_of(&text) };
    let whole = |number: &f64| number.fract() == 0.0 && number.abs() < 9e15;
    match item.question.kind {
        Kind::Integer => number().filter(whole).map(Answer::Number).ok_or(Refusal::WholeNumber),
        Kind::Decimal => number().map(Answer::Number).ok_or(Refusal::Number),
        Kind::Likert => {
            let points = 1.0..=f64::from(item.question.points);
            let number = number().filter(|number| whole(number) && points.contains(number));
            number.map(Answer::Number).ok_or(Refusal::Points)
        }
        Kind::Date => {
            let date = text.trim_matches(SPACES);
            let is_date = !date.contains('T') && Moment::read(date, 0).is_some();
            if is_date { Ok(Answer::Text(date.into())) } else { Err(Refusal::Date) }
        }
        Kind::Single => {
            let name = text.trim_matches(SPACES);
            if has_choice(item, name) { Ok(Answer::Text(name.into())) } else { Err(Refusal::Choice) }
        }
        Kind::Multiple | Kind::Ranking => list(item, &text),
        Kind::Text => match answer {
            Answer::Text(_) | Answer::Number(_) => Ok(Answer::Text(text)),
            _ => Err(Refusal::Text),
        },
        Kind::Calculate => Ok(answer.clone()),
        Kind::Note | Kind::Group => Ok(Answer::Empty),
    }
}

fn list(item: &Item<'_>, text: &str) -> Result<Answer, Refusal> {
    let mut names: Vec<String> = Vec::new();
    for name in words(text) {
        if !has_choice(item, name) {
            return Err(Refusal::Choice);
        }
        // A box that is ticked twice is ticked; two places in an order are a mistake.
        match names.iter().any(|other| other == name) {
            true if item.question.kind == Kind::Ranking => return Err(Refusal::Repeat),
            true => {}
            false => names.push(name.into()),
        }
    }
    Ok(Answer::List(names))
}

/// Whether a choice is there; a ranking without choices takes any.
fn has_choice(item: &Item<'_>, name: &str) -> bool {
    let choices = &item.question.choices;
    (choices.is_empty() && item.question.kind == Kind::Ranking) || choices.iter().any(|choice| choice.name == name)
}

/// An answer as expressions see it: text, choices with a space between.
pub(super) fn text_form(answer: &Answer) -> String {
    match answer {
        Answer::Empty => String::new(),
        Answer::Truth(truth) => if *truth { "true" } else { "false" }.into(),
        Answer::Number(number) => text_of(*number),
        Answer::Text(text) => text.clone(),
        Answer::List(names) => names.join(" "),
    }
}
