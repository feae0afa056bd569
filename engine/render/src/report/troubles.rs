//! What went wrong: journeys that are parked, and what people tried and were refused.

use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::run::Run;
use turnabout_model::{JourneyId, Problem};

/// A journey that can't go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Which one.
    pub journey: JourneyId,
    /// Its function in the script.
    pub function: SmolStr,
    /// Why, where and what to do.
    pub problem: Problem,
}

/// Something that was refused, as often as it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why, in words.
    pub because: String,
    /// How often.
    pub times: usize,
}

/// The journeys that are parked.
pub(super) fn parked(run: &Run) -> Vec<Parked> {
    let parked = run.journeys.iter().filter_map(|journey| {
        let problem = journey.problem()?.clone();
        Some(Parked { journey: journey.id, function: journey.function.clone(), problem })
    });
    parked.collect()
}

/// The refusals, the most frequent first.
pub(super) fn refused(refusals: &[String]) -> Vec<Refused> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for refusal in refusals {
        *times.entry(refusal).or_default() += 1;
    }
    let mut refused: Vec<_> =
        times.into_iter().map(|(because, times)| Refused { because: because.to_owned(), times }).collect();
    refused.sort_by_key(|refused| std::cmp::Reverse(refused.times));
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_refusal_is_told_once_with_its_number() {
        let told = refused(&["a".into(), "b".into(), "b".into()]);
        assert_eq!(told, [Refused { because: "b".into(), times: 2 }, Refused { because: "a".into(), times: 1 }]);
    }
}
