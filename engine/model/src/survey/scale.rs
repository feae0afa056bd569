//! Scales: what several answers say together.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// Several answers that measure one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Its name, unique among scales.
    pub name: SmolStr,
    /// The names of the answers: Likert answers, numbers, computed values, single choices whose names are numbers.
    pub items: Vec<SmolStr>,
    /// Those Likert items that are worded the other way round: `points + 1 - answer` counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reverse: Vec<SmolStr>,
    /// How it is scored.
    #[serde(default)]
    pub score: Score,
    /// How many items must be answered for a score; all if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
}

/// How a scale is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Score {
    /// The mean of the answered items.
    #[default]
    Mean,
    /// The mean of the answered items times the number of items: their sum if all are answered.
    Sum,
}
