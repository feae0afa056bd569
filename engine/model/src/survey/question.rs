//! Questions: what is asked, and what may be answered.

use super::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// A question, a group of questions, a note or a computed value.
// No `deny_unknown_fields`: with a flattened `kind` serde then refuses `type` itself. The template reader reports unknown
// keys before it gets here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in answers and expressions, unique among the questions, groups and statements of the survey.
    pub name: SmolStr,
    /// What is asked.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// What may be answered.
    #[serde(flatten)]
    pub kind: QuestionKind,
    /// Whether an answer is required.
    #[serde(default, skip_serializing_if = "Condition::is_never")]
    pub required: Condition,
    /// What to say if it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_message: Option<Text>,
    /// An expression that says whether it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// An expression that an answer must make true; `.` is the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What to say if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint_message: Option<Text>,
    /// An expression whose value is the answer: nobody then gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculation: Option<String>,
    /// The name of the single question whose answer says whether this answer may be passed on: `named`, `unnamed` or
    /// `no`. An answer in free text is then a story, passed on word for word or not at all; of a single or multiple
    /// choice, those who said `named` are listed with what they chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<SmolStr>,
}

impl Question {
    /// A question that may be left out, without conditions.
    pub fn new(name: impl Into<SmolStr>, text: impl Into<Text>, kind: QuestionKind) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            kind,
            required: Condition::Never,
            required_message: None,
            relevant: None,
            constraint: None,
            constraint_message: None,
            calculation: None,
            consent: None,
        }
    }
}

/// What somebody said to the question whether an answer may be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// With their name.
    Named,
    /// Without their name.
    Unnamed,
    /// Not at all.
    No,
}

impl Consent {
    /// The names of the choices that a question for consent may have.
    pub const WORDS: [&'static str; 3] = ["named", "unnamed", "no"];

    /// Reads the name of a choice. Whatever is not a clear yes is none.
    pub fn of(choice: &str) -> Self {
        match choice {
            "named" => Self::Named,
            "unnamed" => Self::Unnamed,
            _ => Self::No,
        }
    }
}

/// What may be answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum QuestionKind {
    /// One of several choices: its name.
    Single {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// Any of several choices: a list of names.
    Multiple {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// A whole number from 1 to `points`, 1 the least agreement.
    Likert {
        /// How many points, 2 to 11.
        #[serde(default = "five")]
        points: u8,
        /// What the points are called, from the first to the last; none if they are numbers alone.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        labels: Vec<Text>,
        /// What is agreed with, each with an answer of its own; none if the question itself has the answer.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        statements: Vec<Statement>,
    },
    /// Free text.
    Text,
    /// A whole number.
    Integer {
        /// The least that may be answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<i64>,
        /// The most that may be answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
    },
    /// A number.
    Decimal {
        /// The least that may be answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<f64>,
        /// The most that may be answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<f64>,
    },
    /// A calendar date: `2026-01-31`.
    Date,
    /// Something to read. It has no answer.
    Note,
    /// Questions that belong together. It has no answer.
    Group {
        /// The questions in order.
        questions: Vec<Question>,
    },
    /// Choices in order of preference, first the most wanted. Without choices it is a ballot: people of the other side, of whom
    /// several may share a place.
    Ranking {
        /// The choices; none if people are ranked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<Choice>,
    },
    /// People of the other side with whom somebody would rather not be paired. The matching alone reads it.
    Avoid,
    /// A value that is computed and not shown.
    Calculate,
}

fn five() -> u8 {
    5
}

impl QuestionKind {
    /// Agreement on so many points, the question itself having the answer.
    pub fn likert(points: u8) -> Self {
        Self::Likert { points, labels: Vec::new(), statements: Vec::new() }
    }

    /// Tells whether people are named in the answer: a ballot.
    pub fn asks_for_people(&self) -> bool {
        match self {
            Self::Ranking { choices } => choices.is_empty(),
            kind => *kind == Self::Avoid,
        }
    }

    /// The choices; none if it is no question of choice.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Single { choices } | Self::Multiple { choices } | Self::Ranking { choices } => choices,
            _ => &[],
        }
    }
}

/// Something to choose: in a file `{ name, label }`, or a string that is both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What an answer holds, without white space.
    pub name: SmolStr,
    /// What is shown.
    pub label: Text,
}

impl Choice {
    /// A choice that is shown as it is written; in its name white space becomes `_`.
    pub fn plain(label: &str) -> Self {
        let name = label.split_whitespace().collect::<Vec<_>>().join("_");
        Self { name: name.into(), label: label.into() }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenChoice {
    Plain(String),
    Named(NamedChoice),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedChoice {
    name: SmolStr,
    label: Text,
}

impl Serialize for Choice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.label {
            Text::Plain(label) if Self::plain(label) == *self => WrittenChoice::Plain(label.clone()),
            label => WrittenChoice::Named(NamedChoice { name: self.name.clone(), label: label.clone() }),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match WrittenChoice::deserialize(deserializer)? {
            WrittenChoice::Plain(label) => Self::plain(&label),
            WrittenChoice::Named(NamedChoice { name, label }) => Self { name, label },
        })
    }
}

/// Something to agree with, with an answer of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Its name in answers and expressions, unique in the survey.
    pub name: SmolStr,
    /// What is agreed with.
    pub label: Text,
}

/// Whether something holds: in a file `true`, `false` or an expression.
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

impl Condition {
    /// Tells whether it never holds.
    pub fn is_never(&self) -> bool {
        *self == Self::Never
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenCondition {
    Switch(bool),
    Expression(String),
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Never => WrittenCondition::Switch(false),
            Self::Always => WrittenCondition::Switch(true),
            Self::If(expression) => WrittenCondition::Expression(expression.clone()),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match WrittenCondition::deserialize(deserializer)? {
            WrittenCondition::Switch(true) => Self::Always,
            WrittenCondition::Expression(expression) if !expression.trim().is_empty() => Self::If(expression),
            WrittenCondition::Switch(false) | WrittenCondition::Expression(_) => Self::Never,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_question_reads_back() {
        let mut question = Question::new("trust", "I trust the other", QuestionKind::likert(5));
        question.required = Condition::If("${again} = 'yes'".into());
        let json = serde_json::to_string(&question).unwrap();
        assert_eq!(serde_json::from_str::<Question>(&json).unwrap(), question);
    }

    #[test]
    fn choices_are_written_as_briefly_as_they_can_be() {
        for (written, name, kept) in [
            (json!("in person"), "in_person", json!("in person")),
            (json!({ "name": "yes", "label": "yes" }), "yes", json!("yes")),
            (json!({ "name": "y", "label": "Yes" }), "y", json!({ "name": "y", "label": "Yes" })),
            (json!({ "name": "y", "label": { "cy": "Ie" } }), "y", json!({ "name": "y", "label": { "cy": "Ie" } })),
        ] {
            let choice: Choice = serde_json::from_value(written).unwrap();
            assert_eq!((choice.name.as_str(), serde_json::to_value(&choice).unwrap()), (name, kept));
        }
    }

    #[test]
    fn a_condition_is_a_truth_or_an_expression() {
        let read = |value: Value| serde_json::from_value::<Condition>(value).unwrap();
        assert_eq!(
            [read(json!(true)), read(json!(false)), read(json!(" "))],
            [Condition::Always, Condition::Never, Condition::Never]
        );
        assert_eq!(read(json!("${a} > 1")), Condition::If("${a} > 1".into()));
        assert!(serde_json::from_value::<Condition>(json!(1)).is_err());
    }
}
