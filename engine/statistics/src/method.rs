//! How a probability was found.

use serde::Serialize;
use std::fmt;

/// How a probability was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Every possible outcome was counted.
    Exact,
    /// There were too many outcomes to count: a normal approximation with correction for continuity and ties.
    NormalApproximation,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exact => "exact",
            Self::NormalApproximation => "normal approximation",
        })
    }
}
