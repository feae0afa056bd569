//! Why there is no number.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use thiserror::Error;

/// Why a question has no answer in the data.
///
/// It serialises as `{"reason": "too_few_pairs", "message": "..."}`. A place counts from 1. No value is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoAnswer {
    /// Nobody answered.
    #[error("nobody answered")]
    NothingAnswered,
    /// There are too few people with both values.
    #[error(
        "{} both a pre and a post value, and {needs} are needed; unpaired data is never change",
        number(*has, "row has", "rows have")
    )]
    TooFewPairs {
        /// How many there are.
        has: usize,
        /// How many there have to be.
        needs: usize,
    },
    /// There are too few people who answered every item.
    #[error("{} answered every item, and {needs} are needed", number(*has, "person", "people"))]
    TooFewRows {
        /// How many there are.
        has: usize,
        /// How many there have to be.
        needs: usize,
    },
    /// There are too few items.
    #[error("{}, and {needs} are needed", number(*has, "item is there", "items are there"))]
    TooFewItems {
        /// How many there are.
        has: usize,
        /// How many there have to be.
        needs: usize,
    },
    /// A person left out too many items of a scale.
    #[error("{} answered, and the scale needs {needs}", number(*has, "item is", "items are"))]
    TooFewAnswered {
        /// How many are answered.
        has: usize,
        /// How many have to be.
        needs: usize,
    },
    /// A number is infinite or no number.
    #[error("the value at place {place} is no finite number")]
    NotFinite {
        /// The place of the value, pair or row, from 1.
        place: usize,
    },
    /// The numbers are so large that a result can't be stored.
    #[error("the numbers are too large to compute with: divide all of them by the same power of ten")]
    TooLarge,
    /// Every pair has the same value before and after.
    #[error("none of the {} changed, so there are no signs to rank", number(*pairs, "pair", "pairs"))]
    NothingChanged {
        /// How many pairs there are.
        pairs: usize,
    },
    /// The values do not vary, so that there is nothing to compare with.
    #[error("the values do not vary, so there is no spread to measure by")]
    NoVariance,
    /// Everybody said the same before and after.
    #[error("nobody changed between yes and no, so there is nothing to compare")]
    NobodySwitched,
    /// A part has more than the whole.
    #[error("{part} of {whole} is no proportion")]
    PartAboveWhole {
        /// The part.
        part: usize,
        /// The whole.
        whole: usize,
    },
    /// An answer is none of the points.
    #[error("the answer at place {place} is not between {min} and {max}")]
    OutsidePoints {
        /// The place of the answer, from 1.
        place: usize,
        /// The lowest point.
        min: i32,
        /// The highest point.
        max: i32,
    },
    /// A row has more or fewer values than there are items.
    #[error("row {place} has {}, and {needs} are expected", number(*has, "value", "values"))]
    UnevenRow {
        /// The place of the row, from 1.
        place: usize,
        /// How many values it has.
        has: usize,
        /// How many it should have.
        needs: usize,
    },
}

/// A number with its word.
fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

impl NoAnswer {
    /// The reason as programs know it; it never changes.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NothingAnswered => "nothing_answered",
            Self::TooFewPairs { .. } => "too_few_pairs",
            Self::TooFewRows { .. } => "too_few_rows",
            Self::TooFewItems { .. } => "too_few_items",
            Self::TooFewAnswered { .. } => "too_few_answered",
            Self::NotFinite { .. } => "not_finite",
            Self::TooLarge => "too_large",
            Self::NothingChanged { .. } => "nothing_changed",
            Self::NoVariance => "no_variance",
            Self::NobodySwitched => "nobody_switched",
            Self::PartAboveWhole { .. } => "part_above_whole",
            Self::OutsidePoints { .. } => "outside_points",
            Self::UnevenRow { .. } => "uneven_row",
        }
    }
}

impl Serialize for NoAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("NoAnswer", 2)?;
        fields.serialize_field("reason", self.reason())?;
        fields.serialize_field("message", &self.to_string())?;
        fields.end()
    }
}
