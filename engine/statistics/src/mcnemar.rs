//! `McNemar`'s test: did more people turn from no to yes than from yes to no?

use crate::{
    limits::MAX_EXACT_DISCORDANT,
    method::Method,
    no_answer::NoAnswer,
    numbers::{probability, real, two_sided_normal},
};
use serde::Serialize;

/// What `McNemar`'s test finds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct McNemar {
    /// How many turned from yes to no.
    pub b: usize,
    /// How many turned from no to yes.
    pub c: usize,
    /// The two-sided probability, in (0, 1], of numbers at least as uneven if both ways were equally likely. One too
    /// small to be stored is given as the smallest normal number, about 2.2e-308.
    pub p: f64,
    /// How `p` was found.
    pub method: Method,
}

/// Returns the exact test of `McNemar` for people who answered yes or no twice: `b` turned from yes to no, `c` from no
/// to yes. Those who said the same twice do not count.
///
/// p is 2 P(X <= min(b, c)), at most 1, for a binomial X of b + c fair coins (`McNemar` 1947, "Note on the sampling
/// error of the difference between correlated proportions or percentages", Psychometrika 12; exact as in Mosteller
/// 1952, Biometrics 8). Above [`MAX_EXACT_DISCORDANT`] it is the normal tail of (|b - c| - 1) / sqrt(b + c) (Edwards
/// 1948, Psychometrika 13), and `method` says so.
///
/// # Errors
/// [`NoAnswer::NobodySwitched`] if b and c are 0, [`NoAnswer::TooLarge`] if their sum can't be stored.
pub fn mcnemar(b: usize, c: usize) -> Result<McNemar, NoAnswer> {
    let n = b.checked_add(c).ok_or(NoAnswer::TooLarge)?;
    if n == 0 {
        return Err(NoAnswer::NobodySwitched);
    }
    let (p, method) = if n <= MAX_EXACT_DISCORDANT {
        (exact(n, b.min(c)), Method::Exact)
    } else {
        let distance = (real(b.abs_diff(c)) - 1.0).max(0.0);
        (two_sided_normal(distance / real(n).sqrt()), Method::NormalApproximation)
    };
    Ok(McNemar { b, c, p, method })
}

/// 2 P(X <= smaller) of n fair coins, at most 1.
///
/// Goes down from the middle, whose weight is 1, by w(k - 1) = w(k) k / (n - k + 1), and divides the weights of the
/// tail by those of all: nothing overflows, and nothing is subtracted.
fn exact(n: usize, smaller: usize) -> f64 {
    let middle = n / 2;
    let (mut below, mut tail, mut weight) = (0.0, 0.0, 1.0);
    for k in (0..=middle).rev() {
        below += weight;
        if k <= smaller {
            tail += weight;
        }
        weight *= real(k) / real(n - k + 1);
        if weight < f64::MIN_POSITIVE {
            break; // too small to be told from nothing, as are all that follow
        }
    }
    // The upper half mirrors the lower; an even n has one middle for both.
    let all = if n.is_multiple_of(2) { 2.0 * below - 1.0 } else { 2.0 * below };
    probability(2.0 * tail / all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_no_answer_says_why() {
        assert_eq!(mcnemar(0, 0), Err(NoAnswer::NobodySwitched));
        assert_eq!(mcnemar(usize::MAX, 1), Err(NoAnswer::TooLarge));
    }

    #[test]
    fn the_probability_is_that_of_fair_coins() {
        for (b, c, expect) in [
            (0, 1, 1.0),
            (0, 6, 0.03125),
            (2, 9, 0.065_429_687_5),
            (5, 5, 1.0),
            (5, 6, 1.0),
            // From Python's whole numbers, and scipy.stats.binomtest for the last.
            (480, 520, 0.217_448_293_204_140_94),
            (4_900, 5_100, 0.046_585_527_704_947_39),
            (499_000, 501_000, 0.045_608_299_865_389_6),
        ] {
            let found = mcnemar(b, c).unwrap();
            assert!((found.p / expect - 1.0).abs() < 1e-9, "{b} and {c}: {} is not {expect}", found.p);
            assert_eq!(found.method, Method::Exact);
        }
    }

    #[test]
    fn the_approximation_takes_over_without_a_jump() {
        let half = MAX_EXACT_DISCORDANT / 2;
        let counted = mcnemar(half - 20_000, half + 20_000).unwrap();
        let approximated = mcnemar(half - 20_000, half + 20_002).unwrap();
        assert_eq!((counted.method, approximated.method), (Method::Exact, Method::NormalApproximation));
        assert!((counted.p / approximated.p - 1.0).abs() < 0.001, "{counted:?} {approximated:?}");
    }

    #[test]
    fn the_approximation_is_corrected_for_continuity() {
        // math.erfc(99999 / math.sqrt(2000100000) / math.sqrt(2)), Python 3.11.
        let found = mcnemar(1_000_000_000, 1_000_100_000).unwrap();
        assert!((found.p / 0.025_352_444_695_955_958 - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_probability_too_small_to_store_is_not_nothing() {
        for (b, c) in [(0, 5_000), (0, MAX_EXACT_DISCORDANT), (3, 3 * MAX_EXACT_DISCORDANT)] {
            assert!(mcnemar(b, c).unwrap().p > 0.0, "{b} and {c}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_count_alike_and_few_switches_equal_brute_force(b in 0_usize..14, c in 0_usize..14) {
            prop_assume!(b + c > 0);
            let found = mcnemar(b, c).unwrap();
            prop_assert_eq!(found.p.to_bits(), mcnemar(c, b).unwrap().p.to_bits());
            let (n, apart) = (b + c, b.abs_diff(c));
            if n <= 14 {
                let as_far = (0..1_usize << n).filter(|coins| {
                    let heads = coins.count_ones() as usize;
                    heads.abs_diff(n - heads) >= apart
                });
                prop_assert!((found.p - real(as_far.count()) / real(1 << n)).abs() < 1e-14);
            }
        }
    }
}
