//! How many people have to be in a result before anybody sees it.

use serde::{Deserialize, Serialize};

/// The least number of people in a result that is shown: at least 5, by default 11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Threshold(u8);

/// A threshold that protects nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a threshold of {0} protects nobody: results need at least {least} people", least = Threshold::LEAST)]
pub struct ThresholdTooLow(pub u8);

impl Threshold {
    /// The least that can be asked for.
    pub const LEAST: u8 = 5;

    /// A threshold of so many people.
    pub fn new(people: u8) -> Result<Self, ThresholdTooLow> {
        if people < Self::LEAST { Err(ThresholdTooLow(people)) } else { Ok(Self(people)) }
    }

    /// How many people.
    pub fn people(self) -> usize {
        self.0.into()
    }

    /// How many people have to have written a comment before any is shown: at least 10.
    pub fn comments(self) -> usize {
        self.people().max(10)
    }
}

impl Default for Threshold {
    fn default() -> Self {
        Self(11)
    }
}

impl TryFrom<u8> for Threshold {
    type Error = ThresholdTooLow;

    fn try_from(people: u8) -> Result<Self, ThresholdTooLow> {
        Self::new(people)
    }
}

impl From<Threshold> for u8 {
    fn from(threshold: Threshold) -> u8 {
        threshold.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_ask_for_less_than_five() {
        assert_eq!(serde_json::from_str::<Threshold>("5").unwrap().people(), 5);
        let error = serde_json::from_str::<Threshold>("4").unwrap_err().to_string();
        assert!(error.starts_with("a threshold of 4 protects nobody"), "{error}");
        assert_eq!((Threshold::default().people(), Threshold::new(5).unwrap().comments()), (11, 10));
    }
}
