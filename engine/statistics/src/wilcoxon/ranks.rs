//! The ranks of changes by size, doubled so that a tie's mean rank is a whole number.

use crate::change::Difference;

/// The ranks of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranks {
    /// Twice the rank of each change, ascending; ties have twice the mean of theirs.
    pub doubled: Vec<usize>,
    /// How many share each rank that more than one has.
    pub ties: Vec<usize>,
}

impl Ranks {
    /// Sorts changes by size and ranks them.
    ///
    /// Neighbours whose sizes differ by no more than what may be rounding in either are tied.
    pub(super) fn of(changes: &mut [Difference]) -> Self {
        let size = |difference: &Difference| difference.change.abs();
        changes.sort_by(|a, b| size(a).total_cmp(&size(b)).then(a.slack.total_cmp(&b.slack)));
        let mut ranks = Self { doubled: Vec::with_capacity(changes.len()), ties: Vec::new() };
        for tied in changes.chunk_by(|a, b| size(b) - size(a) <= a.slack.max(b.slack)) {
            let before = ranks.doubled.len();
            // The ranks before + 1 to before + tied have the mean before + (tied + 1) / 2.
            ranks.doubled.extend(std::iter::repeat_n(2 * before + tied.len() + 1, tied.len()));
            if tied.len() > 1 {
                ranks.ties.push(tied.len());
            }
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_the_mean_of_their_ranks() {
        for (changes, doubled, ties) in [
            (vec![3.0, -1.0, 2.0], vec![2, 4, 6], vec![]),
            (vec![1.0, -1.0, 2.0], vec![3, 3, 6], vec![2]),
            (vec![-1.0, 1.0, 1.0, 1.0], vec![5; 4], vec![4]),
            (vec![0.2, 0.3 - 0.1, 0.7 - 0.5, 0.21], vec![4, 4, 4, 8], vec![3]),
        ] {
            let mut all: Vec<Difference> = changes.iter().map(|c| Difference { change: *c, slack: 1e-12 }).collect();
            assert_eq!(Ranks::of(&mut all), Ranks { doubled, ties }, "{changes:?}");
        }
    }
}
