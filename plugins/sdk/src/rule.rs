//! What an author writes: the description, the verdicts, the failures.

use crate::Table;
use serde::de::DeserializeOwned;

/// A matching rule.
///
/// The host gives every call a fresh instance, and cuts the mentors into blocks as it likes: a verdict may depend on
/// its mentor, on all mentees and on the settings, never on the other mentors of the block.
pub trait Rule: Sized {
    /// The settings, as `serde` reads them from the JSON object the template gives.
    ///
    /// Derive `Deserialize` with `#[serde(default, deny_unknown_fields)]`, so that a misspelt setting is a failure
    /// with its name and a left-out one has its default.
    type Settings: DeserializeOwned;

    /// What the rule is and what it reads.
    const DESCRIPTION: Description;

    /// Takes the columns it needs and works out what all pairs share.
    fn prepare(settings: Self::Settings, mentors: Table, mentees: Table) -> Result<Self, Failure>;

    /// Says how well one mentor suits one mentee.
    fn pair(&self, mentor: usize, mentee: usize) -> Verdict;

    /// Judges one mentor with every mentee; `verdicts` has a place for each.
    ///
    /// Asks [`Rule::pair`] for each unless a rule has a faster way, and must say the same.
    fn row(&mut self, mentor: usize, verdicts: &mut [Verdict]) {
        for (mentee, verdict) in verdicts.iter_mut().enumerate() {
            *verdict = self.pair(mentor, mentee);
        }
    }

    /// Says why a pair got its verdict.
    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part>;
}

/// What a rule says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// Its id: `topic-overlap`.
    pub id: &'static str,
    /// Its version: `env!("CARGO_PKG_VERSION")`.
    pub version: &'static str,
    /// What it reads of mentors. It is given nothing else.
    pub mentor_attributes: &'static [Attribute],
    /// What it reads of mentees.
    pub mentee_attributes: &'static [Attribute],
    /// The JSON Schema of its settings, with a default for every property.
    pub settings_schema: &'static str,
    /// Every reason it can give.
    pub reasons: &'static [ReasonText],
}

/// An attribute that a rule reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, or a setting in braces whose value is the name: `{attribute}`.
    pub name: &'static str,
    /// What it must hold.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A number a person.
    Number,
    /// One word a person.
    Category,
    /// Several words a person.
    Set,
}

/// A reason with its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonText {
    /// Its code: lower case, with hyphens.
    pub code: &'static str,
    /// One sentence for a coordinator.
    pub text: &'static str,
}

/// What a rule thinks of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// How well they suit, from 0 to 1.
    Score(f32),
    /// They must not be paired, with the code of a declared reason.
    Veto(&'static str),
}

/// A part of an explanation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The code of a declared reason.
    pub code: &'static str,
    /// How much it added, from 0 to 1; 0 for a veto.
    pub weight: f32,
}

/// Why a rule can't answer, in one plain sentence for the person who wrote the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// Makes a failure of a sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
