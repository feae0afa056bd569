//! What is to be solved: scores, people, pins.

use crate::matrix::Matrix;

/// A person as a solver sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Tells the person from everyone else of their side, and stays the same wherever they stand in the input.
    pub key: u64,
    /// How many partners they may have; 0 leaves them out.
    pub capacity: u32,
}

impl Seat {
    /// Somebody who may have one partner.
    pub fn one(key: u64) -> Self {
        Self { key, capacity: 1 }
    }

    /// How many partners they may have among `most` people: a pair is made once.
    pub(crate) fn places(&self, most: usize) -> usize {
        usize::try_from(self.capacity).map_or(most, |capacity| capacity.min(most))
    }
}

/// Mentors, mentees and what speaks for each pair. Pairs are places in the input: (mentor, mentee).
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// The score of every pair, or its veto.
    pub scores: &'a Matrix,
    /// The rows of the matrix.
    pub mentors: &'a [Seat],
    /// The columns of the matrix.
    pub mentees: &'a [Seat],
    /// Pairs that must be. They take places of both.
    pub pins: &'a [(usize, usize)],
    /// Pairs that must not be, as if they were vetoed.
    pub forbidden: &'a [(usize, usize)],
    /// Breaks ties: the same seed, the same pairs.
    pub seed: u64,
}

/// How many partners everyone may have among `most` people.
pub(crate) fn places(seats: &[Seat], most: usize) -> Vec<usize> {
    seats.iter().map(|seat| seat.places(most)).collect()
}
