//! What a problem may not be, each with the row or column that is at fault.

use crate::{limits, problem::Problem, problem::Seat};
use std::{collections::BTreeSet, fmt};

/// Which side of a pair somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Rows.
    Mentor,
    /// Columns.
    Mentee,
}

impl Side {
    /// The side that this one is paired with.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Mentor => Self::Mentee,
            Self::Mentee => Self::Mentor,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        })
    }
}

/// Why a problem cannot be solved. People are named by their place in the input, from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AssignmentError {
    /// A matrix has more or fewer cells than pairs.
    #[error("{mentors} mentors and {mentees} mentees make {} scores, and there are {cells}", mentors * mentees)]
    MatrixSize {
        /// How many rows.
        mentors: usize,
        /// How many columns.
        mentees: usize,
        /// How many cells.
        cells: usize,
    },
    /// A side has more people than the limit.
    #[error("there are {people} {side}s, and {most} people are the most on one side")]
    TooManyPeople {
        /// The side.
        side: Side,
        /// How many people.
        people: usize,
        /// How many are allowed.
        most: usize,
    },
    /// A score is not a number.
    #[error("the score of mentor {mentor} with mentee {mentee} is no number")]
    NotANumber {
        /// The row.
        mentor: usize,
        /// The column.
        mentee: usize,
    },
    /// A score is below 0 or above 1.
    #[error("the score of mentor {mentor} with mentee {mentee} is {score}, which is not from 0 to 1")]
    ScoreOutOfRange {
        /// The row.
        mentor: usize,
        /// The column.
        mentee: usize,
        /// What was given.
        score: f64,
    },
    /// A list of seats is not as long as the matrix.
    #[error("the matrix has {people} {side}s, and {seats} seats were given")]
    SeatCount {
        /// The side.
        side: Side,
        /// How many people the matrix has.
        people: usize,
        /// How many seats were given.
        seats: usize,
    },
    /// Two people of one side have one key, so that a tie between them could not be told apart.
    #[error("{side}s {first} and {second} have the same key {key}")]
    SameKey {
        /// The side.
        side: Side,
        /// One of them.
        first: usize,
        /// The other.
        second: usize,
        /// Their key.
        key: u64,
    },
    /// A pin, a forbidden pair or a question names somebody who is not there.
    #[error("there is no pair of mentor {mentor} and mentee {mentee}")]
    NoSuchPair {
        /// The row.
        mentor: usize,
        /// The column.
        mentee: usize,
    },
    /// A pair is pinned twice.
    #[error("mentor {mentor} is pinned twice to mentee {mentee}")]
    PinnedTwice {
        /// The row.
        mentor: usize,
        /// The column.
        mentee: usize,
    },
    /// A pinned pair is vetoed.
    #[error("mentor {mentor} is pinned to mentee {mentee}, and a veto forbids it")]
    PinVetoed {
        /// The row.
        mentor: usize,
        /// The column.
        mentee: usize,
    },
    /// A pinned pair is also forbidden.
    #[error("mentor {mentor} is pinned to mentee {mentee}, and the same pair is forbidden")]
    PinForbidden {
        /// The row.
        mentor: usize,
        /// The column.
        mentee: usize,
    },
    /// Somebody is pinned to more people than they have places for.
    #[error("{side} {person} is pinned to {pins} people and has places for {capacity}")]
    PinsOverCapacity {
        /// The side.
        side: Side,
        /// Who.
        person: usize,
        /// How many partners they may have.
        capacity: u32,
        /// How many pins name them.
        pins: u32,
    },
    /// A side has more or fewer ballots than people.
    #[error("there are {people} {side}s and {ballots} ballots of theirs")]
    BallotCount {
        /// The side.
        side: Side,
        /// How many people.
        people: usize,
        /// How many ballots.
        ballots: usize,
    },
    /// A ballot names somebody who is not there.
    #[error("the ballot of {side} {person} names {} {names}, who is not there", side.other())]
    RankedUnknown {
        /// The side of the ballot.
        side: Side,
        /// Whose ballot.
        person: usize,
        /// Whom it names.
        names: usize,
    },
    /// A ballot names somebody twice.
    #[error("the ballot of {side} {person} names {} {names} twice", side.other())]
    RankedTwice {
        /// The side of the ballot.
        side: Side,
        /// Whose ballot.
        person: usize,
        /// Whom it names.
        names: usize,
    },
}

/// Checks everything that the matrix does not check by itself.
pub(crate) fn check(problem: &Problem<'_>) -> Result<(), AssignmentError> {
    check_seats(Side::Mentor, problem.scores.mentors(), problem.mentors)?;
    check_seats(Side::Mentee, problem.scores.mentees(), problem.mentees)?;
    let forbidden: BTreeSet<(usize, usize)> = problem.forbidden.iter().copied().collect();
    for (mentor, mentee) in problem.pins.iter().chain(problem.forbidden).copied() {
        check_pair(problem, mentor, mentee)?;
    }
    let mut pinned = BTreeSet::new();
    let mut used = [vec![0_u32; problem.mentors.len()], vec![0_u32; problem.mentees.len()]];
    for (mentor, mentee) in problem.pins.iter().copied() {
        if !pinned.insert((mentor, mentee)) {
            return Err(AssignmentError::PinnedTwice { mentor, mentee });
        }
        if problem.scores.at(mentor, mentee).is_none() {
            return Err(AssignmentError::PinVetoed { mentor, mentee });
        }
        if forbidden.contains(&(mentor, mentee)) {
            return Err(AssignmentError::PinForbidden { mentor, mentee });
        }
        used[0][mentor] += 1;
        used[1][mentee] += 1;
    }
    let sides = [(Side::Mentor, problem.mentors), (Side::Mentee, problem.mentees)];
    for ((side, seats), used) in sides.into_iter().zip(used) {
        for (person, (seat, pins)) in seats.iter().zip(used).enumerate() {
            if pins > seat.capacity {
                return Err(AssignmentError::PinsOverCapacity { side, person, capacity: seat.capacity, pins });
            }
        }
    }
    Ok(())
}

/// Checks that a pair is in the matrix.
pub(crate) fn check_pair(problem: &Problem<'_>, mentor: usize, mentee: usize) -> Result<(), AssignmentError> {
    let inside = mentor < problem.scores.mentors() && mentee < problem.scores.mentees();
    if inside { Ok(()) } else { Err(AssignmentError::NoSuchPair { mentor, mentee }) }
}

/// Checks that there is a seat for everybody, within the limit, each with a key of its own.
pub(crate) fn check_seats(side: Side, people: usize, seats: &[Seat]) -> Result<(), AssignmentError> {
    if seats.len() != people {
        return Err(AssignmentError::SeatCount { side, people, seats: seats.len() });
    }
    if people > limits::PEOPLE_A_SIDE {
        return Err(AssignmentError::TooManyPeople { side, people, most: limits::PEOPLE_A_SIDE });
    }
    let mut keys: Vec<(u64, usize)> = seats.iter().enumerate().map(|(place, seat)| (seat.key, place)).collect();
    keys.sort_unstable();
    match keys.windows(2).find(|two| two[0].0 == two[1].0) {
        Some(two) => Err(AssignmentError::SameKey { side, first: two[0].1, second: two[1].1, key: two[0].0 }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::{Matrix, VETO};

    #[test]
    fn a_bad_problem_is_refused_and_says_where() {
        let scores = Matrix::from_millionths(2, 2, vec![0, 0, 0, VETO]).unwrap();
        let seat = |key, capacity| Seat { key, capacity };
        let good = [seat(1, 1), seat(2, 1)];
        let check = |mentees: &[Seat], pins: &[(usize, usize)], forbidden: &[(usize, usize)], expect: &str| {
            let problem = Problem { scores: &scores, mentors: &good, mentees, pins, forbidden, seed: 0 };
            assert_eq!(crate::optimal(&problem).unwrap_err().to_string(), expect);
        };
        check(&good[..1], &[], &[], "the matrix has 2 mentees, and 1 seats were given");
        check(&[seat(5, 1), seat(5, 1)], &[], &[], "mentees 0 and 1 have the same key 5");
        check(&good, &[(2, 0)], &[], "there is no pair of mentor 2 and mentee 0");
        check(&good, &[], &[(0, 9)], "there is no pair of mentor 0 and mentee 9");
        check(&good, &[(1, 0), (1, 0)], &[], "mentor 1 is pinned twice to mentee 0");
        check(&good, &[(1, 1)], &[], "mentor 1 is pinned to mentee 1, and a veto forbids it");
        check(&good, &[(1, 0)], &[(1, 0)], "mentor 1 is pinned to mentee 0, and the same pair is forbidden");
        check(&good, &[(0, 0), (0, 1)], &[], "mentor 0 is pinned to 2 people and has places for 1");
        check(&[seat(1, 0), seat(2, 1)], &[(0, 0)], &[], "mentee 0 is pinned to 1 people and has places for 0");
    }
}
