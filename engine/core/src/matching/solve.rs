//! Solvers: from scores to pairs of rows (mentors) and columns (mentees).

use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};
use std::collections::VecDeque;

/// Scores become whole numbers of millionths, so that totals are exact and no machine differs.
const UNITS: f64 = 1e6;

/// The price of a vetoed pair: no number of good pairs makes up for one.
const VETO: i64 = -1_000_000_000_000;

/// The pairs with the greatest total score, as many as vetoes leave possible. Kuhn-Munkres, O(n^3).
pub(super) fn optimal(
    mentors: usize,
    mentees: usize,
    score: impl Fn(usize, usize) -> Option<f64>,
) -> Vec<(usize, usize)> {
    if mentors == 0 || mentees == 0 {
        return Vec::new();
    }
    // The algorithm wants no more rows than columns.
    let turned = mentors > mentees;
    let (rows, columns) = if turned { (mentees, mentors) } else { (mentors, mentees) };
    let at = |row: usize, column: usize| if turned { score(column, row) } else { score(row, column) };
    #[allow(clippy::cast_possible_truncation)] // a score from 0 to 1 in millionths
    let weight = |row, column| at(row, column).map_or(VETO, |score| (score * UNITS).round() as i64);
    let weights = Matrix::from_fn(rows, columns, |(row, column)| weight(row, column));
    let (_, assigned) = kuhn_munkres(&weights);
    let pairs = assigned.into_iter().enumerate().filter(|(row, column)| at(*row, *column).is_some());
    pairs.map(|(row, column)| if turned { (column, row) } else { (row, column) }).collect()
}

/// Mentees' ranked choices: each asks down their list, a mentor keeps the mentee with the best score, and who is
/// turned away asks on. Who is left over at the end of their list is placed by `optimal` among what is free.
pub(super) fn elected(
    ballots: &[Vec<usize>],
    mentors: usize,
    score: impl Fn(usize, usize) -> Option<f64>,
) -> Vec<(usize, usize)> {
    let mut holds: Vec<Option<usize>> = vec![None; mentors];
    let mut next = vec![0; ballots.len()];
    let mut asking: VecDeque<usize> = (0..ballots.len()).collect();
    while let Some(mentee) = asking.pop_front() {
        let Some(&mentor) = ballots[mentee].get(next[mentee]) else { continue };
        next[mentee] += 1;
        let Some(offer) = score(mentor, mentee) else {
            asking.push_front(mentee);
            continue;
        };
        match holds[mentor] {
            None => holds[mentor] = Some(mentee),
            Some(held) => {
                let kept = score(mentor, held).unwrap_or(0.0);
                if offer > kept {
                    holds[mentor] = Some(mentee);
                    asking.push_front(held);
                } else {
                    asking.push_front(mentee);
                }
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        holds.iter().enumerate().filter_map(|(mentor, held)| Some((mentor, (*held)?))).collect();
    let free_mentors: Vec<usize> = (0..mentors).filter(|mentor| holds[*mentor].is_none()).collect();
    let free_mentees: Vec<usize> = (0..ballots.len()).filter(|n| !pairs.iter().any(|(_, held)| held == n)).collect();
    let rest = optimal(free_mentors.len(), free_mentees.len(), |m, n| score(free_mentors[m], free_mentees[n]));
    pairs.extend(rest.into_iter().map(|(m, n)| (free_mentors[m], free_mentees[n])));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scores: &[&[Option<f64>]], expect: &[(usize, usize)]) {
        let mut pairs = optimal(scores.len(), scores[0].len(), |m, n| scores[m][n]);
        pairs.sort_unstable();
        assert_eq!(pairs, expect);
    }

    #[test]
    fn the_greatest_total_wins_over_the_best_single_pair() {
        check(&[&[Some(1.0), Some(0.9)], &[Some(0.9), Some(0.1)]], &[(0, 1), (1, 0)]);
    }

    #[test]
    fn a_veto_is_never_broken_even_if_someone_stays_alone() {
        check(&[&[None, Some(0.2)], &[None, Some(0.9)]], &[(1, 1)]);
        check(&[&[None], &[Some(0.0)], &[Some(0.5)]], &[(2, 0)]);
    }

    #[test]
    fn ranked_choices_cascade_to_the_next() {
        // Both mentees want mentor 0, who scores better with mentee 1; mentee 0 falls to their second choice.
        let ballots = vec![vec![0, 1], vec![0]];
        let mut pairs = elected(&ballots, 2, |_, mentee| Some(if mentee == 1 { 0.9 } else { 0.5 }));
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 1), (1, 0)]);
    }

    #[test]
    fn who_ranked_nobody_still_finds_a_place() {
        let mut pairs = elected(&[vec![], vec![1]], 2, |_, _| Some(0.5));
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 0), (1, 1)]);
    }
}
