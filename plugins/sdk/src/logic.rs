//! What the author of a survey's logic writes.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The logic of surveys, or of anything else that answers JSON with JSON.
///
/// The host gives every call a fresh instance; a result may depend on nothing but the arguments.
pub trait Logic {
    /// What is asked: a survey, or settings. Ignore members that you don't know.
    type Survey: DeserializeOwned;
    /// What was answered so far.
    type Answers: DeserializeOwned;
    /// What it makes of both.
    type Outcome: Serialize;
    /// Something wrong with a survey.
    type Problem: Serialize;

    /// What the logic is.
    const DESCRIPTION: LogicDescription;

    /// Lists everything that is wrong with a survey.
    fn check(survey: &Self::Survey) -> Vec<Self::Problem>;

    /// Evaluates a survey.
    fn evaluate(survey: &Self::Survey, answers: &Self::Answers) -> Result<Self::Outcome, LogicFailure>;
}

/// What a logic says of itself.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct LogicDescription {
    /// Its id: `form-logic`.
    pub id: &'static str,
    /// Its version: `env!("CARGO_PKG_VERSION")`.
    pub version: &'static str,
    /// The functions that its expressions may call.
    pub functions: &'static [&'static str],
}

/// Why a logic can't answer, in one plain sentence for the survey's author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogicFailure {
    /// The sentence.
    pub message: String,
    /// The name of the question it is about; empty if it is about the whole.
    pub question: String,
}

impl LogicFailure {
    /// Makes a failure about the whole survey.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), question: String::new() }
    }

    /// Says which question it is about.
    #[must_use]
    pub fn about(mut self, question: impl Into<String>) -> Self {
        self.question = question.into();
        self
    }
}

impl std::fmt::Display for LogicFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LogicFailure {}
