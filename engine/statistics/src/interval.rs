//! Intervals of 95 %, and proportions with theirs.

use crate::{
    no_answer::NoAnswer,
    numbers::{finite, real},
    student::{Z_975, t_975},
};
use serde::Serialize;

/// An interval of 95 % confidence; it serialises as `[lower, upper]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(into = "[f64; 2]")]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end, not below the lower.
    pub upper: f64,
}

impl From<Interval> for [f64; 2] {
    fn from(interval: Interval) -> Self {
        [interval.lower, interval.upper]
    }
}

/// Student's interval for the mean of n values (at least 2): mean -+ t(0.975, n - 1) sd / sqrt n (Student 1908, "The
/// probable error of a mean", Biometrika 6).
pub(crate) fn student(mean: f64, sd: f64, n: usize) -> Result<Interval, NoAnswer> {
    let reach = t_975(n - 1) * (sd / real(n).sqrt());
    Ok(Interval { lower: finite(mean - reach)?, upper: finite(mean + reach)? })
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Proportion {
    /// How many the part has.
    pub part: usize,
    /// How many answered.
    pub n: usize,
    /// The part of all, 0 to 1.
    pub share: f64,
    /// Wilson's interval for the share, within 0 and 1.
    pub ci95: Interval,
}

/// Returns the proportion of `part` among `n`, with Wilson's score interval without continuity correction.
///
/// With p = part / n and z = 1.95996...: (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)
/// (Wilson 1927, "Probable inference, the law of succession, and statistical inference", Journal of the American
/// Statistical Association 22). It is open to few answers and to shares of 0 and 1, where the usual interval fails.
///
/// # Errors
/// [`NoAnswer::NothingAnswered`] for none, [`NoAnswer::PartAboveWhole`] for a part larger than the whole.
pub fn wilson(part: usize, n: usize) -> Result<Proportion, NoAnswer> {
    if n == 0 {
        return Err(NoAnswer::NothingAnswered);
    }
    if part > n {
        return Err(NoAnswer::PartAboveWhole { part, whole: n });
    }
    let (share, whole, square) = (real(part) / real(n), real(n), Z_975 * Z_975);
    let centre = share + square / (2.0 * whole);
    let reach = Z_975 * (share * (1.0 - share) / whole + square / (4.0 * whole * whole)).sqrt();
    let scale = 1.0 + square / whole;
    // At the ends the formula gives exactly 0 and 1, and rounding something beside them.
    let lower = if part == 0 { 0.0 } else { ((centre - reach) / scale).max(0.0) };
    let upper = if part == n { 1.0 } else { ((centre + reach) / scale).min(1.0) };
    Ok(Proportion { part, n, share, ci95: Interval { lower, upper } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_proportion_without_a_whole() {
        assert_eq!(wilson(0, 0), Err(NoAnswer::NothingAnswered));
        assert_eq!(wilson(3, 2), Err(NoAnswer::PartAboveWhole { part: 3, whole: 2 }));
    }

    #[test]
    fn none_and_all_have_an_end_of_exactly_zero_and_one() {
        for n in 1..200 {
            let (none, all) = (wilson(0, n).unwrap().ci95, wilson(n, n).unwrap().ci95);
            assert_eq!((none.lower.to_bits(), all.upper.to_bits()), (0_f64.to_bits(), 1_f64.to_bits()), "{n}");
            assert!(none.upper > 0.0 && (none.upper + all.lower - 1.0).abs() < 1e-12, "{n}");
        }
    }

    #[test]
    fn an_interval_is_two_numbers_in_json() {
        let json = serde_json::to_value(wilson(0, 10).unwrap()).unwrap();
        assert_eq!(json["ci95"][0], 0.0);
        assert_eq!(json["n"], 10);
    }

    proptest! {
        #[test]
        fn the_share_lies_in_its_interval_and_the_rest_mirrors_it(
            (part, n) in (1_usize..100_000).prop_flat_map(|n| (0..=n, Just(n)))
        ) {
            let Proportion { share, ci95, .. } = wilson(part, n).unwrap();
            prop_assert!(0.0 <= ci95.lower && ci95.lower <= share && share <= ci95.upper && ci95.upper <= 1.0);
            let rest = wilson(n - part, n).unwrap().ci95;
            prop_assert!((ci95.lower - (1.0 - rest.upper)).abs() < 1e-12);
            prop_assert!((ci95.upper - (1.0 - rest.lower)).abs() < 1e-12);
        }
    }
}
