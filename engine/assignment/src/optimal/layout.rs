//! Where people stand inside the solver: by lot, and the side with fewer places as rows.

use super::network::{ABSENT, Network};
use crate::{
    lots,
    matrix::{MILLIONTHS, VETO},
    problem::{Problem, Seat, places},
    validate::Side,
};

/// The way from places in the input to rows and columns of the network, and back.
///
/// Rows and columns stand in the order of their lots, so that whatever the solver prefers among equals depends on keys
/// and seed alone. That is all it takes for the result to be independent of the input's order.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Tells whether rows are mentees.
    turned: bool,
    /// Each row's place in the input, and each column's.
    places: [Vec<usize>; 2],
    /// The row of each place, and the column.
    nodes: [Vec<usize>; 2],
}

impl Layout {
    pub(super) fn of(problem: &Problem<'_>) -> Self {
        let mentors = lots::order(problem.seed, Side::Mentor, problem.mentors);
        let mentees = lots::order(problem.seed, Side::Mentee, problem.mentees);
        // Every place of a row costs a search, which is shorter the more columns are free.
        let sum = |seats: &[Seat], most| places(seats, most).into_iter().sum::<usize>();
        let turned = sum(problem.mentors, mentees.len()) > sum(problem.mentees, mentors.len());
        let places = if turned { [mentees, mentors] } else { [mentors, mentees] };
        let nodes = [inverse(&places[0]), inverse(&places[1])];
        Self { turned, places, nodes }
    }

    /// The row and column of a pair.
    pub(super) fn node(&self, (mentor, mentee): (usize, usize)) -> (usize, usize) {
        let (row, column) = if self.turned { (mentee, mentor) } else { (mentor, mentee) };
        (self.nodes[0][row], self.nodes[1][column])
    }

    /// The pair of a row and a column.
    pub(super) fn pair(&self, (row, column): (usize, usize)) -> (usize, usize) {
        let (row, column) = (self.places[0][row], self.places[1][column]);
        if self.turned { (column, row) } else { (row, column) }
    }

    /// Tells whether rows are of a side.
    pub(super) fn is_row(&self, side: Side) -> bool {
        (side == Side::Mentee) == self.turned
    }

    /// How many people a side has.
    pub(super) fn people(&self, side: Side) -> usize {
        self.places[usize::from(!self.is_row(side))].len()
    }

    /// The costs of a problem as a network without any pair in it. Pins take places and are no longer to be had.
    pub(super) fn network(&self, problem: &Problem<'_>) -> Network {
        let (rows, columns) = (self.places[0].len(), self.places[1].len());
        let mut costs = if self.turned { self.turn(problem) } else { self.copy(problem) };
        for pair in problem.pins.iter().chain(problem.forbidden) {
            let (row, column) = self.node(*pair);
            costs[row * columns + column] = ABSENT;
        }
        let seats = if self.turned { [problem.mentees, problem.mentors] } else { [problem.mentors, problem.mentees] };
        let mut left = [0, 1].map(|side| -> Vec<usize> {
            let most = self.places[1 - side].len();
            self.places[side].iter().map(|place| seats[side][*place].places(most)).collect()
        });
        for pair in problem.pins {
            let (row, column) = self.node(*pair);
            left[0][row] -= 1;
            left[1][column] -= 1;
        }
        Network::new(rows, columns, costs, left)
    }

    fn copy(&self, problem: &Problem<'_>) -> Vec<u32> {
        let mut costs = Vec::with_capacity(self.places[0].len() * self.places[1].len());
        for mentor in &self.places[0] {
            let row = problem.scores.row(*mentor);
            costs.extend(self.places[1].iter().map(|mentee| cost(row[*mentee])));
        }
        costs
    }

    /// Mentees as rows. Blocks of both sides, because a column of a large matrix is in no cache.
    fn turn(&self, problem: &Problem<'_>) -> Vec<u32> {
        const BLOCK: usize = 64;
        let columns = self.places[1].len();
        let mut costs = vec![0; self.places[0].len() * columns];
        for (first_row, mentees) in self.places[0].chunks(BLOCK).enumerate() {
            for (first_column, mentors) in self.places[1].chunks(BLOCK).enumerate() {
                for (column, mentor) in mentors.iter().enumerate() {
                    let scores = problem.scores.row(*mentor);
                    for (row, mentee) in mentees.iter().enumerate() {
                        let at = (first_row * BLOCK + row) * columns + first_column * BLOCK + column;
                        costs[at] = cost(scores[*mentee]);
                    }
                }
            }
        }
        costs
    }
}

/// What a pair costs in half millionths: what is missing to the best score.
fn cost(cell: u32) -> u32 {
    if cell == VETO { ABSENT } else { 2 * (MILLIONTHS - cell) }
}

fn inverse(places: &[usize]) -> Vec<usize> {
    let mut nodes = vec![0; places.len()];
    for (node, place) in places.iter().enumerate() {
        nodes[*place] = node;
    }
    nodes
}
