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
    Vetoed,
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
