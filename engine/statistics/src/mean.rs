//! The mean of numbers, its spread and its interval.

use crate::{
    interval::{self, Interval},
    no_answer::NoAnswer,
    numbers::{Moments, ROUNDING, finite, moments},
};
use serde::Serialize;

/// What numbers come to. The least and the greatest are not among it: they are single people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// How many there are.
    pub n: usize,
    /// The arithmetic mean.
    pub mean: f64,
    /// The sample standard deviation (n - 1); none below two numbers.
    pub sd: Option<f64>,
    /// The middle number; between the two middle ones of an even n, their mean.
    pub median: f64,
    /// Student's interval of 95 % for the mean: mean -+ t(0.975, n - 1) sd / sqrt n (Student 1908); none below two
    /// numbers, or if they are all the same.
    pub ci95: Option<Interval>,
}

/// Returns the mean of numbers, their spread and middle, and the interval of the mean.
///
/// # Errors
/// [`NoAnswer::NothingAnswered`] for none, [`NoAnswer::NotFinite`] for one that is no number, [`NoAnswer::TooLarge`] if
/// the result can't be stored.
pub fn mean(values: &[f64]) -> Result<Mean, NoAnswer> {
    if values.is_empty() {
        return Err(NoAnswer::NothingAnswered);
    }
    if let Some(at) = values.iter().position(|value| !value.is_finite()) {
        return Err(NoAnswer::NotFinite { place: at + 1 });
    }
    let n = values.len();
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let Moments { mean, sd } = moments(values);
    let size = sorted[0].abs().max(sorted[n - 1].abs());
    let sd = if sorted[n - 1] - sorted[0] <= ROUNDING * size { 0.0 } else { finite(sd)? };
    let ci95 = if n > 1 && sd > 0.0 { Some(interval::student(mean, sd, n)?) } else { None };
    let median = f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]);
    Ok(Mean { n, mean: finite(mean)?, sd: (n > 1).then_some(sd), median: finite(median)?, ci95 })
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // small whole numbers are exact
mod tests {
    use super::*;

    #[test]
    fn a_mean_has_its_spread_middle_and_interval() {
        let found = mean(&[4.0, 2.0, 9.0, 5.0]).unwrap();
        assert_eq!((found.n, found.mean, found.median), (4, 5.0, 4.5));
        assert!((found.sd.unwrap() - (26.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        // t(0.975, 3) = 3.182446305284264
        let ci95 = found.ci95.unwrap();
        assert!((ci95.upper - 5.0 - 3.182_446_305_284_264 * (26.0_f64 / 12.0).sqrt()).abs() < 1e-9, "{ci95:?}");
        assert!((ci95.upper + ci95.lower - 10.0).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_answer_says_why_and_no_spread_has_no_interval() {
        assert_eq!(mean(&[]), Err(NoAnswer::NothingAnswered));
        assert_eq!(mean(&[1.0, f64::NAN]), Err(NoAnswer::NotFinite { place: 2 }));
        assert_eq!(mean(&[f64::MAX, -f64::MAX]), Err(NoAnswer::TooLarge));
        let same = mean(&[3.0, 3.0]).unwrap();
        assert_eq!((same.sd, same.ci95, same.median), (Some(0.0), None, 3.0));
        assert_eq!(mean(&[3.0]).unwrap().sd, None);
    }
}
