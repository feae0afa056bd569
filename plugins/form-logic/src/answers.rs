//! Answers as JSON gives them and takes them back.

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The answers so far, and what the logic may know of the world.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Answers {
    /// From the name of a question or a statement to its answer.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// What the expressions may ask about.
    #[serde(default)]
    pub context: Context,
}

/// What the logic may know of the world.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Context {
    /// The date of today where the answers are given: `2026-01-31`.
    #[serde(default)]
    pub today: String,
    /// The time of now there, `2026-01-31T09:30:00.000+01:00`. Empty stands for the start of today.
    #[serde(default)]
    pub now: String,
    /// The language of the texts; empty stands for the survey's default.
    #[serde(default)]
    pub language: String,
}

/// An answer, or a computed value. JSON: null, true, false, a number, a string or a list of strings.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// None.
    Empty,
    /// Only computed.
    Truth(bool),
    /// A number.
    Number(#[serde(serialize_with = "number")] f64),
    /// A text, a choice or a date.
    Text(String),
    /// Choices.
    List(Vec<String>),
}

/// A whole number is written without a point: `4`, not `4.0`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn number<S: serde::Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "the range is looked at before")]
    if number.fract() == 0.0 && number.abs() < 9e15 {
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(*number)
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer: a text, a number, a list of choices or null")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Answer, E> {
        Ok(Answer::Empty)
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Answer, E> {
        Ok(Answer::Truth(truth))
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of more than 2^53 is no answer")]
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Answer, E> {
        Ok(Answer::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "as above")]
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Answer, E> {
        Ok(Answer::Number(number as f64))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Answer, E> {
        Ok(Answer::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Answer, E> {
        Ok(Answer::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Answer, A::Error> {
        let mut list = Vec::new();
        while let Some(member) = members.next_element()? {
            list.push(member);
        }
        Ok(Answer::List(list))
    }
}
