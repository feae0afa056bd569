//! The exact probability: in how many of all signs is the sum as small?

use crate::numbers::probability;

/// Returns 2 P(T <= smaller), at most 1, for ranks in ascending order and a sum, both doubled.
///
/// `counts[s]` is in how many ways some of the ranks seen so far add up to s; a rank r adds to it `counts[s - r]` (the
/// shift algorithm of Streitberg and Roehmel 1986, "Exact distributions for permutation and rank tests", Statistical
/// Software Newsletter 12). Sums above the smaller one are not needed: the distribution is symmetric. Up to 53 ranks
/// every count is exact; above, nothing is subtracted, so that the relative error stays near 1e-14.
pub(super) fn two_sided(ranks: &[usize], smaller: usize) -> f64 {
    let mut counts = vec![0.0; smaller + 1];
    let mut before = counts.clone();
    counts[0] = 1.0;
    let mut reach = 0;
    for &rank in ranks {
        if rank > smaller {
            break; // nor is any that follows part of so small a sum
        }
        reach = (reach + rank).min(smaller);
        std::mem::swap(&mut counts, &mut before);
        counts[..rank].copy_from_slice(&before[..rank]);
        for ((count, without), with) in counts[rank..=reach].iter_mut().zip(&before[rank..]).zip(&before) {
            *count = without + with;
        }
    }
    let ways: f64 = counts.iter().sum();
    // Halving is exact.
    probability(ranks.iter().fold(2.0 * ways, |p, _| p / 2.0))
}
