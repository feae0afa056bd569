//! Settings and check-ins as JSON gives them.

use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What is a sign of risk.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Signs in the answers.
    #[serde(default)]
    pub signals: Vec<Signal>,
    /// A pair without a check-in for more than so many days is `silent`.
    #[serde(default = "sixty")]
    pub silent_after_days: u32,
}

/// A sign in the answers to one question. One of `codes`, `at_most` and `falls_by` says which answers are.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// The flag that it raises.
    pub code: String,
    /// The question.
    pub question: String,
    /// The choices that are a sign.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Numbers up to this one are a sign.
    #[serde(default)]
    pub at_most: Option<f64>,
    /// A number so far below the same person's best earlier one is a sign.
    #[serde(default)]
    pub falls_by: Option<f64>,
    /// How many check-ins of one person in a row must show it.
    #[serde(default = "one")]
    pub in_a_row: u32,
}

fn one() -> u32 {
    1
}

fn sixty() -> u32 {
    60
}

/// The check-ins of a pair, in any order, and the day on which they are judged.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct CheckIns {
    /// The check-ins.
    #[serde(default)]
    pub check_ins: Vec<CheckIn>,
    /// The day.
    pub context: Context,
}

/// The day on which check-ins are judged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Context {
    /// Today: `2026-01-31`.
    pub today: String,
    /// Since when the pair exists.
    pub started: String,
}

/// One person's answers on one day.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct CheckIn {
    /// The day: `2026-01-31`.
    pub date: String,
    /// Who answered: a role or an id, only compared.
    #[serde(default)]
    pub by: String,
    /// From a question's name to its answer.
    #[serde(default)]
    pub answers: BTreeMap<String, Given>,
}

/// An answer as far as it matters here: a number or what may be a choice's code. Anything else, a list for example,
/// is nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// A number.
    Number(f64),
    /// Maybe a code.
    Code(String),
    /// Neither.
    Nothing,
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    #[expect(clippy::cast_precision_loss, reason = "an answer of more than 2^53 is no point of a scale")]
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Given, E> {
        Ok(Given::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "as above")]
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Given, E> {
        Ok(Given::Number(number as f64))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Given, E> {
        Ok(Given::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Given, E> {
        Ok(Given::Code(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Given, A::Error> {
        while members.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Given::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Given, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Given::Nothing)
    }
}

/// Something wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The question that the signal is about; empty if it has none.
    pub question: String,
    /// The setting.
    pub column: &'static str,
    /// What kind of mistake: `missing`, `range` or `repeated`.
    pub code: &'static str,
    /// One sentence for whoever wrote the settings.
    pub message: String,
}

/// The flag of a pair that says nothing.
pub(crate) const SILENT: &str = "silent";

/// Lists everything that is wrong with settings.
pub(crate) fn check(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut wrong = |question: &str, column, code, message: &[&str]| {
        problems.push(Problem { question: question.into(), column, code, message: message.concat() });
    };
    if settings.silent_after_days == 0 {
        wrong("", "silent_after_days", "range", &["a pair can be silent after one day at the earliest"]);
    }
    for (index, signal) in settings.signals.iter().enumerate() {
        let Signal { code, question, codes, at_most, falls_by, in_a_row } = signal;
        if code.is_empty() {
            wrong(question, "code", "missing", &["a signal needs the code of the flag that it raises"]);
        }
        if code == SILENT || settings.signals[..index].iter().any(|other| other.code == *code) {
            wrong(question, "code", "repeated", &["the flag '", code, "' is raised by something else already"]);
        }
        if question.is_empty() {
            wrong(question, "question", "missing", &["the signal '", code, "' needs the name of a question"]);
        }
        let ways = usize::from(!codes.is_empty()) + usize::from(at_most.is_some()) + usize::from(falls_by.is_some());
        if ways != 1 {
            wrong(question, "codes", "missing", &["the signal '", code, "' needs one of codes, at_most and falls_by"]);
        }
        if falls_by.is_some_and(|by| by <= 0.0) {
            wrong(question, "falls_by", "range", &["the signal '", code, "' must fall by more than 0"]);
        }
        if *in_a_row == 0 {
            wrong(question, "in_a_row", "range", &["the signal '", code, "' must be there at least once"]);
        }
    }
    problems
}
