//! Finds the cheapest way to fill one more place: a shortest augmenting path.

use super::{
    network::{ABSENT, FAR, Network, index, node},
    shades::Shades,
};
use std::{cmp::Reverse, collections::BinaryHeap};

/// Distances from here on mean that there is no way.
const NO_WAY: i64 = FAR / 2;

/// Dijkstra's algorithm over costs beyond prices, which are never negative. It keeps its memory between searches.
///
/// From a row one comes to every column with which it is not paired; from a full column to the rows that hold it. The
/// way ends at a column with a free place, or at a row that gives a place up and leaves it empty. Then prices move so
/// that the way costs nothing beyond them, and pairs along it change hands.
pub(super) struct Search {
    /// The distance of each column, twice, odd when the column is full; [`FAR`] when it is closed.
    distances: Vec<i64>,
    /// The row before each column.
    before_columns: Vec<u32>,
    row_distances: Vec<i64>,
    /// The column before each row.
    before_rows: Vec<u32>,
    rows: BinaryHeap<Reverse<(i64, u32)>>,
    reached_rows: Vec<u32>,
    closed_rows: Vec<(u32, i64)>,
    closed_columns: Vec<(u32, i64)>,
}

enum End {
    /// At a free place of a column.
    Column(usize),
    /// At a row that leaves a place empty.
    Row(usize),
}

impl Search {
    pub(super) fn new(network: &Network) -> Self {
        Self {
            distances: vec![FAR; network.columns],
            before_columns: vec![0; network.columns],
            row_distances: vec![FAR; network.rows],
            before_rows: vec![0; network.rows],
            rows: BinaryHeap::new(),
            reached_rows: Vec::new(),
            closed_rows: Vec::new(),
            closed_columns: Vec::new(),
        }
    }

    /// Fills one place of a row, or decides which place in its reach had better stay empty.
    pub(super) fn fill(&mut self, network: &mut Network, shades: &mut Shades, start: usize) {
        let (end, distance) = self.find(network, shades, start);
        for (row, reached) in &self.closed_rows {
            network.row_prices[node(*row)] += distance - reached;
        }
        for (column, reached) in &self.closed_columns {
            network.column_prices[node(*column)] -= distance - reached;
            shades.renew(network, node(*column));
        }
        let mut last = match end {
            End::Column(column) => Some(column),
            End::Row(row) => self.give_up(network, start, row),
        };
        while let Some(column) = last {
            let row = node(self.before_columns[column]);
            last = self.give_up(network, start, row);
            network.make(row, column);
            shades.renew(network, column);
        }
    }

    /// Takes the pair through which a row was reached, and returns its column.
    fn give_up(&self, network: &mut Network, start: usize, row: usize) -> Option<usize> {
        let column = (row != start).then(|| node(self.before_rows[row]))?;
        network.unmake(row, column);
        Some(column)
    }

    fn find(&mut self, network: &Network, shades: &mut Shades, start: usize) -> (End, i64) {
        self.forget();
        self.reach(start, 0, 0);
        let mut nearest = Some((FAR, 0));
        let mut exit = (FAR, start);
        let mut reached = 0;
        loop {
            let row = self.rows.peek().map_or((FAR, 0), |Reverse(row)| *row);
            // A row at the distance already reached is next in any case, and its scan finds the nearest column.
            if nearest.is_none() && row.0 > reached {
                nearest = Some(least(&self.distances));
            }
            let column = nearest.unwrap_or((FAR, 0));
            if exit.0 <= column.0.min(row.0) {
                return (End::Row(exit.1), exit.0);
            }
            if column.0 <= row.0 {
                reached = column.0 & !1;
                if column.0 == reached {
                    return (End::Column(column.1), reached);
                }
                self.close_column(network, shades, column.1, reached);
                nearest = None;
                continue;
            }
            self.rows.pop();
            let (distance, row) = (row.0, node(row.1));
            if distance > self.row_distances[row] {
                continue; // it was reached by a shorter way since
            }
            reached = distance;
            self.row_distances[row] = -1; // closed
            self.closed_rows.push((index(row), distance));
            exit = exit.min((distance + network.alone - network.row_prices[row], row));
            let hidden = shades.hide(&network.partners[0][row]);
            let base = distance - network.row_prices[row];
            nearest = Some(self.scan(network.row(row), &shades.values, base, index(row)));
            shades.show(hidden);
        }
    }

    /// Looks from a row at every column, and returns the nearest of all columns that are not closed.
    fn scan(&mut self, costs: &[u32], shades: &[i64], base: i64, row: u32) -> (i64, usize) {
        let (mut least, mut at) = (FAR, 0);
        let columns = self.distances.iter_mut().zip(&mut self.before_columns);
        for (column, ((cost, shade), (known, before))) in costs.iter().zip(shades).zip(columns).enumerate() {
            let cost = if *cost == ABSENT { FAR } else { i64::from(*cost) };
            let distance = base + cost - shade;
            if distance < *known {
                *known = distance;
                *before = row;
            }
            if *known < least {
                (least, at) = (*known, column);
            }
        }
        if least >= NO_WAY { (FAR, 0) } else { (least, at) }
    }

    fn close_column(&mut self, network: &Network, shades: &mut Shades, column: usize, distance: i64) {
        shades.close(column);
        self.distances[column] = FAR;
        self.closed_columns.push((index(column), distance));
        for row in &network.partners[1][column] {
            let reduced = network.reduced(node(*row), column).expect("invariant: a pair that is made may be");
            self.reach(node(*row), distance - reduced, column);
        }
    }

    fn reach(&mut self, row: usize, distance: i64, column: usize) {
        if distance < self.row_distances[row] {
            if self.row_distances[row] == FAR {
                self.reached_rows.push(index(row));
            }
            self.row_distances[row] = distance;
            self.before_rows[row] = index(column);
            self.rows.push(Reverse((distance, index(row))));
        }
    }

    fn forget(&mut self) {
        self.distances.fill(FAR);
        for row in self.reached_rows.drain(..) {
            self.row_distances[node(row)] = FAR;
        }
        self.rows.clear();
        self.closed_rows.clear();
        self.closed_columns.clear();
    }
}

fn least(distances: &[i64]) -> (i64, usize) {
    let least = distances.iter().enumerate().map(|(column, distance)| (*distance, column)).min();
    least.filter(|(distance, _)| *distance < NO_WAY).unwrap_or((FAR, 0))
}
