//! The normal approximation for more pairs than can be counted out.

use super::ranks::Ranks;
use crate::numbers::{real, two_sided_normal};

/// Returns 2 P(T <= smaller) as a normal tail, for a doubled sum.
///
/// T has the mean n (n + 1) / 4 and, with ties of t each, the variance n (n + 1) (2 n + 1) / 24 - sum(t^3 - t) / 48;
/// the distance is shortened by 1/2 for continuity (Hollander, Wolfe and Chicken 2014, "Nonparametric statistical
/// methods", 3.1).
pub(super) fn two_sided(ranks: &Ranks, smaller: usize) -> f64 {
    let n = real(ranks.doubled.len());
    let tied: f64 = ranks.ties.iter().map(|tie| real(*tie)).map(|tie| tie * (tie * tie - 1.0)).sum();
    let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - tied / 48.0;
    let distance = (n * (n + 1.0) / 4.0 - real(smaller) / 2.0 - 0.5).max(0.0);
    two_sided_normal(distance / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Difference;

    #[test]
    fn ties_and_continuity_are_corrected_for() {
        // scipy.stats.wilcoxon(changes, method="approx", correction=True), SciPy 1.17.1.
        let sizes = [(1.0, 17), (2.0, 10), (3.0, 1), (4.0, 1), (5.0, 1)];
        let mut changes: Vec<Difference> = sizes
            .iter()
            .flat_map(|(change, times)| std::iter::repeat_n(Difference { change: *change, slack: 0.0 }, *times))
            .collect();
        let found = two_sided(&Ranks::of(&mut changes), 283);
        assert!((found - 0.055_917_057_650_765_48).abs() < 1e-14, "{found}");
        assert!((two_sided(&Ranks::of(&mut changes), 465) - 1.0).abs() < 1e-15);
    }
}
