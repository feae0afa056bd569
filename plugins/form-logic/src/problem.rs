//! What is wrong with a survey, whatever the answers.

use serde::{Serialize, Serializer};

/// Something wrong with a survey: what, where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The name of the question or the scale; empty if it is about the whole survey.
    pub question: String,
    /// What of it.
    pub column: Column,
    /// What kind of mistake it is.
    pub code: Code,
    /// One sentence for the author.
    pub message: String,
    /// Where in the column's text, in bytes from and to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
}

/// What of a question is wrong, by the name that it has in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name of a question.
    Name,
    /// The text that is shown.
    Label,
    /// The choices.
    Choices,
    /// The statements.
    Statements,
    /// The number of points.
    Points,
    /// When an answer is required.
    Required,
    /// The text for a missing answer.
    RequiredMessage,
    /// When it is asked.
    Relevant,
    /// What an answer must be.
    Constraint,
    /// The text for an answer that is not.
    ConstraintMessage,
    /// How it is computed.
    Calculation,
    /// The questions.
    Questions,
    /// A scale's items.
    Items,
    /// A scale's reversed items.
    Reverse,
    /// How many items must be answered.
    Least,
}

impl Column {
    /// The column's name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Label => "label",
            Self::Choices => "choices",
            Self::Statements => "statements",
            Self::Points => "points",
            Self::Required => "required",
            Self::RequiredMessage => "required_message",
            Self::Relevant => "relevant",
            Self::Constraint => "constraint",
            Self::ConstraintMessage => "constraint_message",
            Self::Calculation => "calculation",
            Self::Questions => "questions",
            Self::Items => "items",
            Self::Reverse => "reverse",
            Self::Least => "least",
        }
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What kind of mistake it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A name that can't be one.
    BadName,
    /// A name that is there twice.
    Repeated,
    /// A text that is no expression.
    Expression,
    /// A name that no question has.
    UnknownName,
    /// The name of something without an answer.
    NoAnswer,
    /// A choice that the question does not have.
    UnknownChoice,
    /// A value of a kind that can't be used so.
    Type,
    /// Expressions that need each other.
    Cycle,
    /// `.` where there is no answer yet.
    Misplaced,
    /// Something that must be there.
    Missing,
    /// A number beyond what makes sense.
    Range,
    /// A text that lacks one of the survey's languages.
    Untranslated,
}

impl Code {
    /// The code as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BadName => "bad-name",
            Self::Repeated => "repeated",
            Self::Expression => "expression",
            Self::UnknownName => "unknown-name",
            Self::NoAnswer => "no-answer",
            Self::UnknownChoice => "unknown-choice",
            Self::Type => "type",
            Self::Cycle => "cycle",
            Self::Misplaced => "misplaced",
            Self::Missing => "missing",
            Self::Range => "range",
            Self::Untranslated => "untranslated",
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}: {}", self.question, self.column.name(), self.message)
    }
}

/// Problems as they are found.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    pub(crate) fn add(&mut self, question: &str, column: Column, code: Code, message: impl Into<String>) {
        self.0.push(Problem { question: question.into(), column, code, message: message.into(), at: None });
    }

    pub(crate) fn add_at(
        &mut self,
        (question, column): (&str, Column),
        code: Code,
        message: impl Into<String>,
        at: std::ops::Range<usize>,
    ) {
        self.add(question, column, code, message);
        if let Some(problem) = self.0.last_mut() {
            problem.at = Some((at.start, at.end));
        }
    }
}
