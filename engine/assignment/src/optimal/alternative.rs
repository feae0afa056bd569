//! What else would have been possible: the best total with a pair, or without it.

use super::{
    Optimum,
    residual::{Direction, Residual, Stop},
};
use crate::validate::{AssignmentError, Side};

/// The best that is left when a pair is forced or forbidden, as a change of the optimum. Pins are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alternative {
    /// How many pairs there would be.
    pub pairs: usize,
    /// What they would score together, in millionths.
    pub total_millionths: u64,
    /// How many pairs fewer than in the optimum. Below 0 only when a pin is lifted that stood in the way.
    pub pairs_lost: i64,
    /// How much total would be lost, in millionths. Below 0 only when pairs are lost too, or a pin is lifted.
    pub cost_millionths: i64,
    /// The pairs that would be new, by mentor and mentee.
    pub added: Vec<(usize, usize)>,
    /// The pairs that would no longer be, by mentor and mentee.
    pub removed: Vec<(usize, usize)>,
}

impl Optimum {
    /// The best result that has a pair: the optimum itself if it has it, nothing if a veto, a forbidden pair, places or
    /// pins rule it out. One shortest path, O(n^2).
    ///
    /// # Errors
    /// When there is no such pair.
    pub fn with(&self, mentor: usize, mentee: usize) -> Result<Option<Alternative>, AssignmentError> {
        let (row, column) = self.node(mentor, mentee)?;
        if self.has(mentor, mentee) {
            return Ok(Some(self.unchanged()));
        }
        if self.network.cost(row, column).is_none() {
            return Ok(None);
        }
        let target = Stop::Row(row);
        let residual = Residual::walk(&self.network, Stop::Column(column), Direction::From, Some(target), None);
        Ok(residual.way(target).map(|way| self.changed(&way, Some((mentor, mentee)), None)))
    }

    /// The best result that lacks a pair: the optimum itself if it lacks it. A pin is lifted for it. One shortest path,
    /// O(n^2).
    ///
    /// # Errors
    /// When there is no such pair.
    pub fn without(&self, mentor: usize, mentee: usize) -> Result<Alternative, AssignmentError> {
        let (row, column) = self.node(mentor, mentee)?;
        if !self.has(mentor, mentee) {
            return Ok(self.unchanged());
        }
        let (from, target) = (Stop::Row(row), Stop::Column(column));
        let residual = Residual::walk(&self.network, from, Direction::From, Some(target), Some((row, column)));
        let way = residual.way(target).expect("invariant: both can stay alone");
        Ok(self.changed(&way, None, Some((mentor, mentee))))
    }

    /// The next best to what the optimum says about a pair: without it if it is made, with it if not. Nothing when the
    /// pair cannot be.
    ///
    /// # Errors
    /// When there is no such pair.
    pub fn next_best(&self, mentor: usize, mentee: usize) -> Result<Option<Alternative>, AssignmentError> {
        if self.has(mentor, mentee) { self.without(mentor, mentee).map(Some) } else { self.with(mentor, mentee) }
    }

    /// The best results that have a person's pair with each of the other side, in the order of the input. One walk over
    /// everything, O(n^2): about a second with 5,000 a side.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn with_each(&self, side: Side, person: usize) -> Result<Vec<Option<Alternative>>, AssignmentError> {
        let pair = |other: usize| if side == Side::Mentor { (person, other) } else { (other, person) };
        let others = self.layout.people(side.other());
        if person >= self.layout.people(side) {
            let (mentor, mentee) = pair(0);
            return Err(AssignmentError::NoSuchPair { mentor, mentee });
        }
        if others == 0 {
            return Ok(Vec::new());
        }
        let (row, column) = self.layout.node(pair(0));
        let (origin, direction) = if self.layout.is_row(side) {
            (Stop::Row(row), Direction::To)
        } else {
            (Stop::Column(column), Direction::From)
        };
        let residual = Residual::walk(&self.network, origin, direction, None, None);
        let each = (0..others).map(|other| {
            let (mentor, mentee) = pair(other);
            if self.has(mentor, mentee) {
                return Some(self.unchanged());
            }
            let (row, column) = self.layout.node((mentor, mentee));
            self.network.cost(row, column)?;
            let end = if direction == Direction::To { Stop::Column(column) } else { Stop::Row(row) };
            residual.way(end).map(|way| self.changed(&way, Some((mentor, mentee)), None))
        });
        Ok(each.collect())
    }

    fn has(&self, mentor: usize, mentee: usize) -> bool {
        self.pairs.binary_search(&(mentor, mentee)).is_ok()
    }

    fn node(&self, mentor: usize, mentee: usize) -> Result<(usize, usize), AssignmentError> {
        let inside = mentor < self.layout.people(Side::Mentor) && mentee < self.layout.people(Side::Mentee);
        if inside {
            Ok(self.layout.node((mentor, mentee)))
        } else {
            Err(AssignmentError::NoSuchPair { mentor, mentee })
        }
    }

    fn unchanged(&self) -> Alternative {
        Alternative { pairs: self.pairs.len(), total_millionths: self.total, ..Alternative::default() }
    }

    fn changed(&self, way: &[Stop], with: Option<(usize, usize)>, without: Option<(usize, usize)>) -> Alternative {
        let (mut added, mut removed) = (Vec::from_iter(with), Vec::from_iter(without));
        for step in way.windows(2) {
            match *step {
                [Stop::Row(row), Stop::Column(column)] => added.push(self.layout.pair((row, column))),
                [Stop::Column(column), Stop::Row(row)] => removed.push(self.layout.pair((row, column))),
                _ => {}
            }
        }
        added.sort_unstable();
        removed.sort_unstable();
        let score = |pairs: &[(usize, usize)]| -> i64 { pairs.iter().map(|pair| self.score(*pair)).sum() };
        let cost_millionths = score(&removed) - score(&added);
        let count = |pairs: &[(usize, usize)]| i64::try_from(pairs.len()).expect("invariant: bounded by people");
        Alternative {
            pairs: self.pairs.len() + added.len() - removed.len(),
            total_millionths: self.total.saturating_add_signed(-cost_millionths),
            pairs_lost: count(&removed) - count(&added),
            cost_millionths,
            added,
            removed,
        }
    }

    /// The score of a pair that may be, in millionths. The network no longer has that of a pin.
    fn score(&self, pair: (usize, usize)) -> i64 {
        let (row, column) = self.layout.node(pair);
        let pin = || self.pins.iter().find(|(pin, _)| *pin == pair).map(|(_, score)| *score);
        let cost = self.network.cost(row, column).map(|cost| i64::from(crate::MILLIONTHS) - cost / 2);
        cost.or_else(|| pin().map(i64::from)).expect("invariant: only pairs that may be change hands")
    }
}
