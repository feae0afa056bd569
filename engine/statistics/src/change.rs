//! Paired change: the same people before and after.

use crate::{
    interval::{self, Interval},
    no_answer::NoAnswer,
    numbers::{Moments, ROUNDING, finite, moments, real},
};

/// The fewest pairs whose change has a spread.
pub(crate) const FEWEST_PAIRS: usize = 2;
/// The fewest pairs for which d has a bias to correct: with two, its expectation is infinite.
const FEWEST_FOR_HEDGES: usize = 3;

/// One person's values before and after, in the same unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The value before.
    pub pre: f64,
    /// The value after.
    pub post: f64,
}

impl Pair {
    /// Makes a pair.
    pub fn new(pre: f64, post: f64) -> Self {
        Self { pre, post }
    }
}

/// A pair's change, and how much of it may be rounding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Difference {
    /// After minus before.
    pub change: f64,
    /// What may be rounding of it, from the size of both values.
    pub slack: f64,
}

impl Difference {
    /// Tells whether before and after are the same but for rounding.
    pub(crate) fn is_zero(&self) -> bool {
        self.change.abs() <= self.slack
    }
}

/// The changes of pairs in their order, or the first that has none.
pub(crate) fn differences(pairs: &[Pair]) -> Result<Vec<Difference>, NoAnswer> {
    let difference = |(at, pair): (usize, &Pair)| {
        if !(pair.pre.is_finite() && pair.post.is_finite()) {
            return Err(NoAnswer::NotFinite { place: at + 1 });
        }
        let change = finite(pair.post - pair.pre)?;
        Ok(Difference { change, slack: ROUNDING * pair.pre.abs().max(pair.post.abs()) })
    };
    pairs.iter().enumerate().map(difference).collect()
}

/// How much people changed, on average.
///
/// The mean and the spread are stored; what follows from them is asked of it, since some of it may have no answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// How many pairs there are.
    pub n: usize,
    /// The mean of after minus before, in the unit of the values.
    pub mean: f64,
    /// The sample standard deviation (n - 1) of after minus before; 0 if all changed by the same but for rounding.
    pub sd: f64,
}

/// Returns the mean change of pairs and its spread.
///
/// # Errors
/// [`NoAnswer::TooFewPairs`] below 2 pairs, [`NoAnswer::NotFinite`] for a value that is no number, and
/// [`NoAnswer::TooLarge`] if a change can't be stored.
pub fn change(pairs: &[Pair]) -> Result<Change, NoAnswer> {
    let differences = differences(pairs)?;
    if differences.len() < FEWEST_PAIRS {
        return Err(NoAnswer::TooFewPairs { has: differences.len(), needs: FEWEST_PAIRS });
    }
    let changes: Vec<f64> = differences.iter().map(|difference| difference.change).collect();
    let Moments { mean, sd } = moments(&changes);
    let sd = if is_same_change(&differences) { 0.0 } else { sd };
    Ok(Change { n: changes.len(), mean: finite(mean)?, sd: finite(sd)? })
}

/// Tells whether everybody changed by the same but for rounding.
fn is_same_change(differences: &[Difference]) -> bool {
    let by_change = |a: &&Difference, b: &&Difference| a.change.total_cmp(&b.change);
    let (lowest, highest) = (differences.iter().min_by(by_change), differences.iter().max_by(by_change));
    lowest.zip(highest).is_none_or(|(low, high)| high.change - low.change <= low.slack + high.slack)
}

impl Change {
    fn spread(&self) -> Result<f64, NoAnswer> {
        if self.sd > 0.0 { Ok(self.sd) } else { Err(NoAnswer::NoVariance) }
    }

    /// Returns Student's interval of 95 % for the mean change: mean -+ t(0.975, n - 1) sd / sqrt n (Student 1908).
    ///
    /// # Errors
    /// [`NoAnswer::NoVariance`] if all changed by the same, [`NoAnswer::TooLarge`] if an end can't be stored.
    pub fn ci95(&self) -> Result<Interval, NoAnswer> {
        interval::student(self.mean, self.spread()?, self.n)
    }

    /// Returns `d_z`, the mean change in standard deviations of the change: mean / sd (Cohen 1988, "Statistical power
    /// analysis for the behavioral sciences", 2.3.5).
    ///
    /// It is not the d of two groups, which divides by the spread of the values; do not compare them.
    ///
    /// # Errors
    /// [`NoAnswer::NoVariance`] if all changed by the same.
    pub fn d_z(&self) -> Result<f64, NoAnswer> {
        finite(self.mean / self.spread()?)
    }

    /// Returns `d_z` corrected for the bias of small samples: `d_z` (1 - 3 / (4 (n - 1) - 1)) (Hedges 1981,
    /// "Distribution theory for Glass's estimator of effect size", Journal of Educational Statistics 6, in its usual
    /// approximation).
    ///
    /// # Errors
    /// [`NoAnswer::TooFewPairs`] below 3 pairs, where the expectation of `d_z` is infinite and there is nothing to
    /// correct; [`NoAnswer::NoVariance`] if all changed by the same.
    pub fn hedges_g(&self) -> Result<f64, NoAnswer> {
        if self.n < FEWEST_FOR_HEDGES {
            return Err(NoAnswer::TooFewPairs { has: self.n, needs: FEWEST_FOR_HEDGES });
        }
        Ok(self.d_z()? * (1.0 - 3.0 / (4.0 * real(self.n - 1) - 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(of: &[(f64, f64)]) -> Vec<Pair> {
        of.iter().map(|(pre, post)| Pair::new(*pre, *post)).collect()
    }

    #[test]
    fn what_has_no_answer_says_why() {
        for (of, expect) in [
            (vec![], NoAnswer::TooFewPairs { has: 0, needs: 2 }),
            (vec![(1.0, 2.0)], NoAnswer::TooFewPairs { has: 1, needs: 2 }),
            (vec![(1.0, 2.0), (1.0, f64::NAN)], NoAnswer::NotFinite { place: 2 }),
            (vec![(f64::NEG_INFINITY, 2.0), (1.0, 1.0)], NoAnswer::NotFinite { place: 1 }),
            (vec![(-1e308, 1e308), (1.0, 1.0)], NoAnswer::TooLarge),
        ] {
            assert_eq!(change(&pairs(&of)), Err(expect), "{of:?}");
        }
    }

    #[test]
    fn the_same_change_for_all_has_a_mean_and_no_effect_size() {
        // 0.3 - 0.1 and 0.7 - 0.5 differ in their last digits, which is no variety.
        let same = change(&pairs(&[(0.1, 0.3), (0.5, 0.7), (3.0, 3.2)])).unwrap();
        assert!((same.mean - 0.2).abs() < 1e-15);
        assert_eq!(same.ci95(), Err(NoAnswer::NoVariance));
        assert_eq!(same.d_z(), Err(NoAnswer::NoVariance));
        assert_eq!(same.hedges_g(), Err(NoAnswer::NoVariance));
    }

    #[test]
    fn two_pairs_have_an_interval_and_nothing_to_correct() {
        let two = change(&pairs(&[(1.0, 2.0), (1.0, 4.0)])).unwrap();
        assert!(two.ci95().unwrap().lower < 0.0 && two.d_z().is_ok());
        assert_eq!(two.hedges_g(), Err(NoAnswer::TooFewPairs { has: 2, needs: 3 }));
    }

    #[test]
    fn an_interval_that_cannot_be_stored_is_refused() {
        let vast = change(&pairs(&[(0.0, 1.7e308), (0.0, -1.7e308)])).map(|change| change.ci95());
        assert!(matches!(vast, Err(NoAnswer::TooLarge) | Ok(Err(NoAnswer::TooLarge))), "{vast:?}");
    }

    fn answers() -> impl Strategy<Value = Vec<(f64, f64)>> {
        let answer = || (1_i32..=5).prop_map(f64::from);
        prop::collection::vec((answer(), answer()), 3..60)
    }

    proptest! {
        #[test]
        fn swapping_before_and_after_mirrors(of in answers()) {
            let there = change(&pairs(&of)).unwrap();
            let back = change(&of.iter().map(|(pre, post)| Pair::new(*post, *pre)).collect::<Vec<_>>()).unwrap();
            prop_assert!((there.mean + back.mean).abs() < 1e-12);
            prop_assert!((there.sd - back.sd).abs() < 1e-12);
            prop_assert_eq!(there.d_z().is_ok(), back.d_z().is_ok());
            if let (Ok(a), Ok(b)) = (there.ci95(), back.ci95()) {
                prop_assert!((a.lower + b.upper).abs() < 1e-12 && (a.upper + b.lower).abs() < 1e-12);
                prop_assert!(a.lower <= there.mean && there.mean <= a.upper);
            }
        }

        #[test]
        fn whatever_the_numbers_nothing_is_ever_infinite(
            of in prop::collection::vec((any::<f64>(), any::<f64>()), 0..8)
        ) {
            let Ok(change) = change(&pairs(&of)) else { return Ok(()) };
            prop_assert!(change.mean.is_finite() && change.sd.is_finite());
            for number in [change.d_z(), change.hedges_g()].into_iter().flatten() {
                prop_assert!(number.is_finite());
            }
            if let Ok(ci95) = change.ci95() {
                prop_assert!(ci95.lower.is_finite() && ci95.upper.is_finite() && ci95.lower <= ci95.upper);
            }
        }
    }
}
