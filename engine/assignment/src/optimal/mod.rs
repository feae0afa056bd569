//! The greatest total, with as many pairs as possible.

mod alternative;
mod layout;
mod network;
mod reduce;
mod residual;
mod search;
mod shades;

use crate::{
    problem::Problem,
    validate::{self, AssignmentError},
};
pub use alternative::Alternative;
use layout::Layout;
use network::Network;

/// An optimum, with all that is needed to ask what else would have been possible.
#[derive(Debug, Clone)]
pub struct Optimum {
    pairs: Vec<(usize, usize)>,
    /// Pinned pairs with their scores in millionths.
    pins: Vec<((usize, usize), u32)>,
    total: u64,
    layout: Layout,
    network: Network,
}

/// Finds the pairs with the greatest total score among those that are as many as vetoes and places leave possible.
///
/// The number of pairs comes first: no total makes up for somebody who stays alone. Pins are kept and count in both.
/// Shortest augmenting paths after a reduction (Jonker and Volgenant, 1987), with places on both sides and integer
/// prices: O(n^3) in the worst case and far less for most. The matrix is copied once, 4 bytes a cell.
///
/// # Errors
/// When the problem is none: see [`AssignmentError`].
pub fn optimal(problem: &Problem<'_>) -> Result<Optimum, AssignmentError> {
    validate::check(problem)?;
    let layout = Layout::of(problem);
    let mut network = layout.network(problem);
    let guess = reduce::guess(&network);
    let guessed = guess.is_some_and(|prices| {
        network.column_prices = prices;
        pair(&mut network);
        !(0..network.rows).any(|row| network.has_empty_place(row))
    });
    if !guessed {
        network.clear();
        pair(&mut network);
    }
    network.price_the_absent();
    let mut pairs = problem.pins.to_vec();
    for (row, columns) in network.partners[0].iter().enumerate() {
        pairs.extend(columns.iter().map(|column| layout.pair((row, network::node(*column)))));
    }
    pairs.sort_unstable();
    let total = pairs.iter().filter_map(|(mentor, mentee)| problem.scores.at(*mentor, *mentee)).map(u64::from).sum();
    let pins = problem.pins.iter().filter_map(|pin| Some((*pin, problem.scores.at(pin.0, pin.1)?))).collect();
    Ok(Optimum { pairs, pins, total, layout, network })
}

/// Fills every place that can be filled, beginning with the column prices that are there.
fn pair(network: &mut Network) {
    let mut shades = shades::Shades::of(network);
    let rest = reduce::reduce(network, &mut shades);
    let mut search = search::Search::new(network);
    for row in rest {
        search.fill(network, &mut shades, row);
    }
}

impl Optimum {
    /// The pairs, by mentor and mentee.
    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.pairs
    }

    /// The pairs alone, without what alternatives need.
    pub fn into_pairs(self) -> Vec<(usize, usize)> {
        self.pairs
    }

    /// The sum of the pairs' scores, in millionths.
    pub fn total_millionths(&self) -> u64 {
        self.total
    }

    /// Tells whether prices prove the pairs to be an optimum, in one look at every score. It is always so, and here for
    /// whoever wants to see it.
    pub fn is_proven(&self) -> bool {
        self.network.is_optimal()
    }
}
