//! Wilcoxon's signed-rank test: did more people change one way than the other, and by more?

mod approximate;
mod exact;
mod ranks;

use crate::{
    change::{Difference, Pair, differences},
    limits::MAX_EXACT_PAIRS,
    method::Method,
    no_answer::NoAnswer,
    numbers::real,
};
use ranks::Ranks;
use serde::Serialize;

/// What Wilcoxon's signed-rank test finds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Wilcoxon {
    /// How many pairs there are.
    pub n_pairs: usize,
    /// How many of them changed.
    pub n_nonzero: usize,
    /// The sum of the ranks of those that rose.
    pub t_plus: f64,
    /// The sum of the ranks of those that fell.
    pub t_minus: f64,
    /// The two-sided probability, in (0, 1], of sums at least as uneven if every sign were a fair coin. One too small
    /// to be stored is given as the smallest normal number, about 2.2e-308.
    pub p: f64,
    /// How `p` was found.
    pub method: Method,
    /// (T+ - T-) / (T+ + T-), from -1 (all fell) to 1 (all rose): Kerby 2014, "The simple difference formula",
    /// Comprehensive Psychology 3.
    pub rank_biserial: f64,
}

/// Returns Wilcoxon's signed-rank test for pairs.
///
/// Pairs that did not change are dropped, and the sizes of the other changes are ranked, ties sharing the mean of their
/// ranks (Wilcoxon 1945, "Individual comparisons by ranking methods", Biometrics Bulletin 1). T+ and T- are the sums of
/// the ranks of rises and falls. Given the ranks, p is 2 P(T <= min(T+, T-)), at most 1, over all 2^n signs: exact with
/// ties too. Above [`MAX_EXACT_PAIRS`] changes it is approximated, and `method` says so.
///
/// Changes that differ by less than rounding are ties: 0.3 - 0.1 and 0.7 - 0.5 are the same change.
///
/// # Errors
/// [`NoAnswer::TooFewPairs`] for none, [`NoAnswer::NothingChanged`] if no pair changed, [`NoAnswer::NotFinite`] for a
/// value that is no number, and [`NoAnswer::TooLarge`] if a change can't be stored.
pub fn wilcoxon(pairs: &[Pair]) -> Result<Wilcoxon, NoAnswer> {
    if pairs.is_empty() {
        return Err(NoAnswer::TooFewPairs { has: 0, needs: 1 });
    }
    let mut changed: Vec<Difference> = differences(pairs)?.into_iter().filter(|change| !change.is_zero()).collect();
    if changed.is_empty() {
        return Err(NoAnswer::NothingChanged { pairs: pairs.len() });
    }
    let ranks = Ranks::of(&mut changed);
    let (doubled_plus, doubled_minus) = sums(&changed, &ranks);
    let smaller = doubled_plus.min(doubled_minus);
    let (p, method) = if changed.len() <= MAX_EXACT_PAIRS {
        (exact::two_sided(&ranks.doubled, smaller), Method::Exact)
    } else {
        (approximate::two_sided(&ranks, smaller), Method::NormalApproximation)
    };
    let (t_plus, t_minus) = (real(doubled_plus) / 2.0, real(doubled_minus) / 2.0);
    Ok(Wilcoxon {
        n_pairs: pairs.len(),
        n_nonzero: changed.len(),
        t_plus,
        t_minus,
        p,
        method,
        rank_biserial: (t_plus - t_minus) / (t_plus + t_minus),
    })
}

/// Twice the sums of the ranks of rises and of falls.
fn sums(changed: &[Difference], ranks: &Ranks) -> (usize, usize) {
    changed.iter().zip(&ranks.doubled).fold((0, 0), |(plus, minus), (difference, rank)| {
        if difference.change > 0.0 { (plus + rank, minus) } else { (plus, minus + rank) }
    })
}

#[cfg(test)]
mod tests;
