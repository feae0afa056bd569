//! The data of matching: columns in, a proposal out.

use crate::ParticipantId;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One attribute of everyone on one side, a row a person.
///
/// Categories and set members are numbered by the host, the same text the same number on both sides, so a rule
/// compares them and never learns what they mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// A number or nothing.
    Number(Vec<Option<f64>>),
    /// A category or nothing.
    Category(Vec<Option<u32>>),
    /// A set of categories, sorted, without repeats; empty for nothing.
    Set(Vec<Vec<u32>>),
}

impl Column {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        match self {
            Self::Number(rows) => rows.len(),
            Self::Category(rows) => rows.len(),
            Self::Set(rows) => rows.len(),
        }
    }

    /// The column of one person alone; of nobody, if there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> Self {
        match self {
            Self::Number(rows) => Self::Number(rows.get(row).copied().into_iter().collect()),
            Self::Category(rows) => Self::Category(rows.get(row).copied().into_iter().collect()),
            Self::Set(rows) => Self::Set(rows.get(row).cloned().into_iter().collect()),
        }
    }
}

/// A pair in a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposedPair {
    /// The junior.
    pub mentor: ParticipantId,
    /// The senior.
    pub mentee: ParticipantId,
    /// The weighted mean of the rules' scores, 0 to 1.
    pub score: f64,
}

/// Why somebody is in no pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "because")]
pub enum UnmatchedReason {
    /// The template asks for training they have not had.
    Gate {
        /// The session they missed.
        session: SmolStr,
    },
    /// Every possible partner is vetoed.
    Vetoed {
        /// What vetoes one or more of them: `RULE/REASON` with the rule's id and the code it gives, or `same-line` for the
        /// engine's own word. Who would rather not have whom is never among it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        by: Vec<SmolStr>,
    },
    /// There are more people on their side than places on the other.
    NoPlaceLeft,
    /// They ranked nobody, and the plan matches only those who did.
    NoBallot,
}

/// Somebody in no pair, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    /// Who.
    pub participant: ParticipantId,
    /// Why.
    #[serde(flatten)]
    pub reason: UnmatchedReason,
}

/// A pair of a draft that was not formed when it was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The junior.
    pub mentor: ParticipantId,
    /// The senior.
    pub mentee: ParticipantId,
    /// Why not.
    pub because: LeftOutReason,
}

/// Why a pair of a draft was not formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// One of them no longer takes part.
    Gone,
    /// One of them was paired since the draft was made, for example by another draft.
    Taken,
    /// They are not to be paired: whoever said so, or works in one line with the other, did so after the draft was made.
    Apart,
}
