//! A survey as JSON gives it.

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// A survey: its questions in order, and the scales that score them. Members not named here are ignored.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Survey {
    /// Its name, for the author's eyes.
    #[serde(default)]
    pub name: String,
    /// The language of texts without one, and the one to fall back on.
    #[serde(default)]
    pub default_language: String,
    /// The languages that every text should have.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The questions.
    pub questions: Vec<Question>,
    /// The scales.
    #[serde(default)]
    pub scales: Vec<Scale>,
}

/// A question, a group of questions, a note or a calculation.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Question {
    /// Its name in answers and expressions, unique in the survey.
    pub name: String,
    /// What may be answered.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What is asked. `${name}` in it is filled.
    #[serde(default)]
    pub label: Text,
    /// What may be chosen, if the kind is one of choice.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// What is agreed with, if the kind is Likert; each has an answer of its own under its own name. Without any the
    /// question itself has the answer.
    #[serde(default)]
    pub statements: Vec<Choice>,
    /// How many points a Likert question has, 2 to 11.
    #[serde(default = "five")]
    pub points: u32,
    /// Whether an answer is required.
    #[serde(default)]
    pub required: Condition,
    /// What to say if it is missing.
    #[serde(default)]
    pub required_message: Text,
    /// An expression that says whether it is asked.
    #[serde(default)]
    pub relevant: String,
    /// An expression that an answer must make true.
    #[serde(default)]
    pub constraint: String,
    /// What to say if it does not.
    #[serde(default)]
    pub constraint_message: Text,
    /// An expression whose value is the answer; nobody then gives one.
    #[serde(default)]
    pub calculation: String,
    /// The questions of a group.
    #[serde(default)]
    pub questions: Vec<Question>,
}

fn five() -> u32 {
    5
}

/// What may be answered, and how the answer is written in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One of the choices: its name.
    Single,
    /// Any of the choices: a list of names.
    Multiple,
    /// A whole number from 1 to the number of points, 1 the least agreement.
    Likert,
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A date: `"2026-01-31"`.
    Date,
    /// Something to read. It has no answer.
    #[default]
    Note,
    /// Questions that belong together. It has no answer.
    Group,
    /// Choices in order of preference: a list of names. Without choices any names, for example of people.
    Ranking,
    /// A value that is computed and not shown.
    Calculate,
}

/// Something to choose or to agree with.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Choice {
    /// Its name: no white space.
    pub name: String,
    /// What is shown.
    #[serde(default)]
    pub label: Text,
}

/// A scale: several items that measure one thing.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Scale {
    /// Its name.
    pub name: String,
    /// The names of the answers that it is made of.
    pub items: Vec<String>,
    /// Those of them that are worded the other way round: `points + 1 - answer` counts.
    #[serde(default)]
    pub reverse: Vec<String>,
    /// How it is scored.
    #[serde(default)]
    pub score: Score,
    /// How many items must be answered for a score; all if it is left out.
    #[serde(default)]
    pub least: Option<u32>,
}

/// How a scale is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Score {
    /// The mean of the answered items.
    #[default]
    Mean,
    /// The mean of the answered items times the number of items: their sum if all are answered.
    Sum,
}

/// A text, in one language or in several. JSON: a string, or an object from a language to a string.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(BTreeMap<String, String>);

impl Text {
    /// The text in a language, else in the default one, else in whatever language comes first; empty if there is none.
    pub fn in_language(&self, language: &str, default_language: &str) -> &str {
        let found = [language, default_language, ""].into_iter().find_map(|language| self.0.get(language));
        found.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// The texts with their languages; the language of a plain string is empty.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(BTreeMap::from([(String::new(), text.into())]))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or an object from languages to texts")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
        Ok(text.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Text, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some((language, text)) = members.next_entry()? {
            texts.insert(language, text);
        }
        Ok(Text(texts))
    }
}

/// Whether something holds. JSON: `true`, `false`, or an expression as a string.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Condition {
    /// Never.
    #[default]
    Never,
    /// Always.
    Always,
    /// If the expression is true.
    If(String),
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ConditionVisitor)
    }
}

struct ConditionVisitor;

impl Visitor<'_> for ConditionVisitor {
    type Value = Condition;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false or an expression")
    }

    fn visit_bool<E: de::Error>(self, always: bool) -> Result<Condition, E> {
        Ok(if always { Condition::Always } else { Condition::Never })
    }

    fn visit_str<E: de::Error>(self, expression: &str) -> Result<Condition, E> {
        Ok(if expression.is_empty() { Condition::Never } else { Condition::If(expression.into()) })
    }
}
