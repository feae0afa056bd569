//! Gives most rows their column before any search: augmenting row reduction.
//!
//! R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
//! Computing 38, 1987. A row takes the column that costs it least and lowers the column's price until the second best
//! is as good, so that others look elsewhere; whoever is turned out looks again. The column reduction of the paper comes
//! first only as a guess: it gives a price to columns that may stay empty, which is no optimum unless all are taken.

use super::{
    network::{ABSENT, FAR, Network, index, node},
    shades::Shades,
};
use crate::limits::REDUCTION_SCANS_A_ROW;

/// Makes pairs and returns the rows of places that are still to be searched for, one entry a place.
///
/// It works only where nobody has several places; else every place is returned. A column has one price for all who hold
/// it, and a row one for all that it holds, so that neither can lose one of several without a look at the others.
pub(super) fn reduce(network: &mut Network, shades: &mut Shades) -> Vec<usize> {
    let mut waiting: Vec<usize> =
        (0..network.rows).flat_map(|row| std::iter::repeat_n(row, network.places[0][row])).collect();
    if network.places.iter().flatten().any(|places| *places > 1) {
        return waiting;
    }
    let mut scans = REDUCTION_SCANS_A_ROW * waiting.len();
    for _ in 0..2 {
        let mut later = Vec::new();
        for row in waiting {
            let mut next = Some(row);
            while let Some(row) = next.take() {
                if scans == 0 {
                    later.push(row);
                    continue;
                }
                scans -= 1;
                match bid(network, shades, row) {
                    Bid::Placed => {}
                    Bid::TurnedOut(other) => next = Some(other),
                    Bid::Tie(other) => later.push(other),
                }
            }
        }
        waiting = later;
    }
    waiting
}

/// Prices to begin with: what each column costs the row that it costs least, which is Jonker and Volgenant's column
/// reduction, less the same for all, so that none is above 0.
///
/// A column that stays empty has to have the price 0. So there is a guess only where there are as many rows as columns
/// with one place each, and it was worth nothing if anybody is left over in the end.
pub(super) fn guess(network: &Network) -> Option<Vec<i64>> {
    let one_each = network.places.iter().flatten().all(|places| *places == 1);
    if !one_each || network.rows != network.columns {
        return None;
    }
    let mut least = vec![ABSENT; network.columns];
    for row in 0..network.rows {
        for (least, cost) in least.iter_mut().zip(network.row(row)) {
            *least = (*cost).min(*least);
        }
    }
    // A column that nobody may have stays empty.
    let highest = least.iter().copied().max().filter(|highest| *highest != ABSENT)?;
    Some(least.into_iter().map(|least| i64::from(least) - i64::from(highest)).collect())
}

enum Bid {
    /// The place is filled, or stays empty for good.
    Placed,
    /// It is, and another row has to look again.
    TurnedOut(usize),
    /// It is, and it was no better for it than for the row that was turned out: looking again would not end.
    Tie(usize),
}

fn bid(network: &mut Network, shades: &mut Shades, row: usize) -> Bid {
    let hidden = shades.hide(&network.partners[0][row]);
    let (first, column, second) = two_nearest(network.row(row), &shades.values);
    shades.show(hidden);
    // The lowest bit only says that a column is full.
    let (best, second) = (first & !1, (second & !1).min(network.alone));
    if best >= network.alone {
        network.row_prices[row] = network.alone;
        return Bid::Placed;
    }
    network.row_prices[row] = second;
    network.column_prices[column] -= second - best;
    let other = network.partners[1][column].first().copied().map(node);
    if let Some(other) = other {
        network.unmake(other, column);
    }
    network.make(row, column);
    shades.renew(network, column);
    match other {
        None => Bid::Placed,
        Some(other) if second > best => Bid::TurnedOut(other),
        Some(other) => Bid::Tie(other),
    }
}

/// The least cost beyond the column's price, its column, and the second least.
fn two_nearest(costs: &[u32], shades: &[i64]) -> (i64, usize, i64) {
    let (mut first, mut second, mut at) = (FAR, FAR, 0);
    for (column, (cost, shade)) in costs.iter().zip(shades).enumerate() {
        let beyond = if *cost == ABSENT { FAR } else { i64::from(*cost) - shade };
        if beyond < second {
            if beyond < first {
                (second, first, at) = (first, beyond, index(column));
            } else {
                second = beyond;
            }
        }
    }
    (first, node(at), second)
}
