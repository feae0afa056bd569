//! Counts as numbers, means and spreads that neither overflow nor mistake rounding for variety.

use crate::no_answer::NoAnswer;

/// The share of a number's size below which a difference is taken for rounding: `0.3 - 0.1` and `0.2` are the same.
///
/// A subtraction, and a mean of some hundred items, are off by less than 1e-13 of their operands; nobody asks a
/// question on a scale finer than this.
pub(crate) const ROUNDING: f64 = 1e-12;

/// A count as a number to compute with.
#[allow(clippy::cast_precision_loss)] // exact below 2^53, and no list is as long
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}

/// A result, if it can be stored.
pub(crate) fn finite(value: f64) -> Result<f64, NoAnswer> {
    if value.is_finite() { Ok(value) } else { Err(NoAnswer::TooLarge) }
}

/// A probability as a number in (0, 1]: rounding leads neither above 1 nor to an impossible 0.
pub(crate) fn probability(p: f64) -> f64 {
    p.clamp(f64::MIN_POSITIVE, 1.0)
}

/// The two-sided probability of a standard normal value at least as far from 0 as z: erfc(|z| / sqrt 2).
pub(crate) fn two_sided_normal(z: f64) -> f64 {
    probability(libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2))
}

/// The largest power of two that is not above a number's size; dividing by it is exact.
fn power_of_two_below(value: f64) -> f64 {
    const EXPONENT: u64 = 0x7FF0_0000_0000_0000;
    f64::from_bits(value.to_bits() & EXPONENT).max(f64::MIN_POSITIVE)
}

/// A mean and a sample standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moments {
    /// The arithmetic mean.
    pub mean: f64,
    /// The root of the sum of squared deviations over n - 1; 0 for a single value.
    pub sd: f64,
}

/// The mean and the sample standard deviation of at least one finite value.
///
/// Two passes with the correction of Chan, Golub and Le Veque (1983, "Algorithms for computing the sample variance",
/// The American Statistician 37), over values divided by a power of two so that no square overflows.
pub(crate) fn moments(values: &[f64]) -> Moments {
    let largest = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    let unit = power_of_two_below(largest);
    let n = real(values.len());
    let scaled = || values.iter().map(|value| value / unit);
    let rough = scaled().sum::<f64>() / n;
    let (mut off, mut squares) = (0.0, 0.0);
    for value in scaled() {
        let deviation = value - rough;
        off += deviation;
        squares += deviation * deviation;
    }
    let variance = if values.len() < 2 { 0.0 } else { ((squares - off * off / n) / (n - 1.0)).max(0.0) };
    Moments { mean: (rough + off / n) * unit, sd: variance.sqrt() * unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_right_for_the_tiny_and_the_huge() {
        for unit in [1.0, 1e-200, 1e-310, 1e200, 2e307] {
            let Moments { mean, sd } = moments(&[2.0 * unit, 4.0 * unit, 6.0 * unit]);
            assert!((mean / unit - 4.0).abs() < 1e-9, "{unit}: {mean}");
            assert!((sd / unit - 2.0).abs() < 1e-9, "{unit}: {sd}");
        }
        assert_eq!(moments(&[7.0]), Moments { mean: 7.0, sd: 0.0 });
        assert_eq!(moments(&[0.0, 0.0]), Moments { mean: 0.0, sd: 0.0 });
    }

    #[test]
    fn many_large_numbers_keep_their_small_spread() {
        // Plain sums lose more than the spread here.
        let step = 2_f64.powi(-20);
        let values: Vec<f64> = (0..200_000).map(|at| 1e8 / 3.0 + if at % 2 == 0 { 0.0 } else { step }).collect();
        let spread = values[1] - values[0];
        let Moments { mean, sd } = moments(&values);
        assert!((mean - values[0] - spread / 2.0).abs() <= spread / 50.0, "{mean}");
        assert!((sd / (spread / 2.0) - 1.0).abs() < 1e-5, "{sd}");
    }

    #[test]
    fn a_normal_tail_is_never_impossible() {
        assert!((two_sided_normal(-1.959_963_984_540_054) - 0.05).abs() < 1e-15);
        assert_eq!(two_sided_normal(0.0).to_bits(), 1_f64.to_bits());
        assert!(two_sided_normal(1e6) > 0.0);
    }
}
