//! Mentees choose, choices cascade, and who is left over is placed by score.

use crate::{
    ballots::{Ballot, Ranking, lots},
    deferred::{Wanted, deferred},
    matrix::MILLIONTHS,
    optimal::optimal,
    problem::{Problem, Seat, places},
    validate::{self, AssignmentError, Side},
};
use std::collections::BTreeSet;

/// Pairs by how they came to be. Together they are all pairs; each list is by mentor and mentee.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elected {
    /// Pinned pairs.
    pub pinned: Vec<(usize, usize)>,
    /// Pairs that the mentee chose.
    pub chosen: Vec<(usize, usize)>,
    /// Pairs of those who were left over.
    pub placed: Vec<(usize, usize)>,
}

impl Elected {
    /// All pairs, by mentor and mentee.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = [&self.pinned[..], &self.chosen, &self.placed].concat();
        pairs.sort_unstable();
        pairs
    }
}

/// Each mentee asks down their list until their places are filled; a mentor keeps those whom they ranked best, then,
/// among those whom they did not rank, the best scores, and lots decide what is still equal. Whoever is turned away asks
/// on. Places that are left after that are filled by [`optimal`].
///
/// `mentor_ballots` may be empty: then scores alone decide whom a mentor keeps. A mentor who ranks only some does not
/// refuse the others. Vetoed, forbidden and pinned pairs are struck from the lists.
///
/// # Errors
/// When the problem is none: see [`AssignmentError`].
pub fn elected(
    problem: &Problem<'_>,
    mentee_ballots: &[Ballot],
    mentor_ballots: &[Ballot],
) -> Result<Elected, AssignmentError> {
    validate::check(problem)?;
    let (mentors, mentees) = (problem.mentors.len(), problem.mentees.len());
    let choices = Ranking::new(Side::Mentee, mentee_ballots, mentees, mentors)?;
    let none = vec![Ballot::default(); if mentor_ballots.is_empty() { mentors } else { 0 }];
    let ranked = if mentor_ballots.is_empty() { &none } else { mentor_ballots };
    let ranked = Ranking::new(Side::Mentor, ranked, mentors, mentees)?;
    let mut taken: BTreeSet<(usize, usize)> = problem.pins.iter().chain(problem.forbidden).copied().collect();
    let mut mentor_seats = seats_left(problem.mentors, mentees, problem.pins.iter().map(|pin| pin.0));
    let mut mentee_seats = seats_left(problem.mentees, mentors, problem.pins.iter().map(|pin| pin.1));
    let mentor_lots = lots(problem.seed, Side::Mentor, problem.mentors);
    let mentee_lots = lots(problem.seed, Side::Mentee, problem.mentees);
    let lists: Vec<Vec<usize>> = (0..mentees).map(|mentee| choices.named(mentee, &mentor_lots)).collect();
    let wanted = |mentor: usize, mentee: usize| -> Option<Wanted> {
        let score = problem.scores.at(mentor, mentee).filter(|_| !taken.contains(&(mentor, mentee)))?;
        let lot = mentee_lots[mentee];
        let by_rank = |group| (group, 0, lot);
        Some(ranked.group(mentor, mentee).map_or((usize::MAX, MILLIONTHS - score, lot), by_rank))
    };
    let asked = deferred(&lists, &places(&mentee_seats, mentors), &places(&mentor_seats, mentees), wanted);
    let mut chosen: Vec<(usize, usize)> = asked.into_iter().map(|(mentee, mentor)| (mentor, mentee)).collect();
    chosen.sort_unstable();
    for (mentor, mentee) in &chosen {
        mentor_seats[*mentor].capacity -= 1;
        mentee_seats[*mentee].capacity -= 1;
    }
    taken.extend(&chosen);
    let placed = fill(problem, &mentor_seats, &mentee_seats, &taken)?;
    let mut pinned = problem.pins.to_vec();
    pinned.sort_unstable();
    Ok(Elected { pinned, chosen, placed })
}

/// Fills the places that are left, by score.
fn fill(
    problem: &Problem<'_>,
    mentors: &[Seat],
    mentees: &[Seat],
    taken: &BTreeSet<(usize, usize)>,
) -> Result<Vec<(usize, usize)>, AssignmentError> {
    let forbidden: Vec<(usize, usize)> = taken.iter().copied().collect();
    let rest = Problem { mentors, mentees, pins: &[], forbidden: &forbidden, ..*problem };
    Ok(optimal(&rest)?.into_pairs())
}

/// Seats without the places that pins take.
fn seats_left(seats: &[Seat], most: usize, pinned: impl Iterator<Item = usize>) -> Vec<Seat> {
    let most = u32::try_from(most).expect("invariant: limits::PEOPLE_A_SIDE fits");
    let mut left: Vec<Seat> = seats.iter().map(|seat| Seat { capacity: seat.capacity.min(most), ..*seat }).collect();
    for person in pinned {
        left[person].capacity -= 1;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::Matrix;

    fn check(scores: &[[f64; 2]; 2], mentees: &[Ballot], mentors: &[Ballot], expect: &Elected) {
        let seats = [Seat::one(10), Seat::one(11)];
        let scores = Matrix::from_fn(2, 2, |mentor, mentee| Some(scores[mentor][mentee])).unwrap();
        let problem = Problem { scores: &scores, mentors: &seats, mentees: &seats, pins: &[], forbidden: &[], seed: 0 };
        assert_eq!(&elected(&problem, mentees, mentors).unwrap(), expect);
    }

    #[test]
    fn ranked_choices_cascade_to_the_next() {
        // Both mentees want mentor 0, who scores better with mentee 1; mentee 0 falls to their second choice.
        let ballots = [Ballot::strict([0, 1]), Ballot::strict([0])];
        let expect = Elected { chosen: vec![(0, 1), (1, 0)], ..Elected::default() };
        check(&[[0.5, 0.9], [0.5, 0.9]], &ballots, &[], &expect);
    }

    #[test]
    fn what_a_mentor_ranked_counts_before_the_score() {
        let mentees = [Ballot::strict([0]), Ballot::strict([0])];
        let mentors = [Ballot::strict([0]), Ballot::default()];
        let expect = Elected { chosen: vec![(0, 0)], placed: vec![(1, 1)], ..Elected::default() };
        check(&[[0.5, 0.9], [0.5, 0.9]], &mentees, &mentors, &expect);
    }

    #[test]
    fn who_ranked_nobody_still_finds_a_place() {
        let ballots = [Ballot::default(), Ballot::strict([1])];
        let expect = Elected { chosen: vec![(1, 1)], placed: vec![(0, 0)], ..Elected::default() };
        check(&[[0.5, 0.5], [0.5, 0.5]], &ballots, &[], &expect);
    }
}
