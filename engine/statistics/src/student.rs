//! Student's quantile for an interval of 95 %.

use crate::{limits::MAX_SOLVED_FREEDOM, numbers::real};
use std::f64::consts::FRAC_2_PI;

/// The standard normal value that leaves 2.5 % above it.
pub(crate) const Z_975: f64 = 1.959_963_984_540_054;
/// How much of the distribution lies within an interval of 95 %.
const WITHIN: f64 = 0.95;
/// More steps than Newton's method ever took; it has settled after about ten.
const MOST_STEPS: usize = 100;

/// Returns the t for which |T| < t with a probability of 0.95, at `freedom` (at least 1) degrees of freedom.
///
/// With t = sqrt(freedom) tan(a), the probability is a finite sum of powers of cos a (Abramowitz and Stegun 1964,
/// 26.7.3 and 26.7.4). It is concave in a, so that Newton's method from 0 climbs to the solution and never passes it.
/// Above [`MAX_SOLVED_FREEDOM`] the expansion of Fisher and Cornish (26.7.5) has an error below 1e-14.
pub(crate) fn t_975(freedom: usize) -> f64 {
    if freedom > MAX_SOLVED_FREEDOM {
        return expanded(real(freedom));
    }
    let mut angle = 0.0;
    for _ in 0..MOST_STEPS {
        let (probability, slope) = central(angle, freedom);
        let next = angle + (WITHIN - probability) / slope;
        if next <= angle {
            break;
        }
        angle = next;
    }
    real(freedom).sqrt() * libm::tan(angle)
}

/// The probability that |T| < sqrt(freedom) tan(angle), and its derivative by the angle.
fn central(angle: f64, freedom: usize) -> (f64, f64) {
    let (sine, cosine) = libm::sincos(angle);
    let square = cosine * cosine;
    // Odd and even degrees have sums of the same form; the powers of the cosine begin at 1 or at 0.
    let odd = freedom % 2 == 1;
    let begins = if odd { 1.0 } else { 0.0 };
    let mut term = if odd { cosine } else { 1.0 };
    let (mut sum, mut slope) = (0.0, if odd { FRAC_2_PI } else { cosine });
    let terms = if odd { (freedom - 1) / 2 } else { freedom / 2 };
    for index in 1..=terms {
        sum += term;
        let even = 2.0 * real(index);
        term *= square * (even - 1.0 + begins) / (even + begins);
        if odd {
            slope *= square * even / (even - 1.0);
        } else if index < terms {
            slope *= square * (even + 1.0) / even;
        }
    }
    let probability = if odd { FRAC_2_PI * (angle + sine * sum) } else { sine * sum };
    (probability, slope)
}

/// The expansion in powers of 1 / freedom.
fn expanded(freedom: f64) -> f64 {
    let z = Z_975;
    let powers = |coefficients: [f64; 5]| coefficients.iter().rev().fold(0.0, |sum, c| sum * z * z + c) * z;
    let terms = [
        powers([1.0, 1.0, 0.0, 0.0, 0.0]) / 4.0,
        powers([3.0, 16.0, 5.0, 0.0, 0.0]) / 96.0,
        powers([-15.0, 17.0, 19.0, 3.0, 0.0]) / 384.0,
        powers([-945.0, -1920.0, 1482.0, 776.0, 79.0]) / 92160.0,
    ];
    terms.iter().rev().fold(0.0, |sum, term| (sum + term) / freedom) + z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_is_that_of_the_tables() {
        // scipy.stats.t.ppf(0.975, freedom), SciPy 1.17.1.
        for (freedom, expect) in [
            (1, 12.706_204_736_174_694),
            (2, 4.302_652_729_749_462),
            (3, 3.182_446_305_283_707_8),
            (4, 2.776_445_105_197_793_4),
            (5, 2.570_581_835_636_314_6),
            (7, 2.364_624_251_592_784),
            (9, 2.262_157_162_798_205),
            (11, 2.200_985_160_091_639),
            (20, 2.085_963_447_265_864),
            (37, 2.026_192_463_029_109_3),
            (99, 1.984_216_951_586_417_4),
            (100, 1.983_971_518_523_551_8),
            (500, 1.964_719_837_467_367_6),
            (999, 1.962_341_461_133_449_3),
            (1000, 1.962_339_080_826_408_3),
            (1001, 1.962_336_705_280_879_8),
            (10_000, 1.960_201_239_890_626),
            (100_000, 1.959_987_707_534_609_5),
            (1_000_000, 1.959_966_356_814_107),
        ] {
            let found = t_975(freedom);
            assert!((found / expect - 1.0).abs() < 1e-13, "{freedom}: {found} is not {expect}");
        }
    }

    #[test]
    fn solution_and_expansion_meet() {
        let (solved, expanded) = (t_975(MAX_SOLVED_FREEDOM), expanded(real(MAX_SOLVED_FREEDOM)));
        assert!((solved / expanded - 1.0).abs() < 1e-13, "{solved} and {expanded}");
    }

    #[test]
    fn the_quantile_falls_as_freedom_grows() {
        let all: Vec<f64> = (1..3000).map(t_975).collect();
        assert!(all.windows(2).all(|two| two[0] > two[1]));
        assert!(t_975(usize::MAX) >= Z_975);
    }
}
