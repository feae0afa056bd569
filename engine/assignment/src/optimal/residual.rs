//! What could change hands from an optimum on: the shortest way through it, in either direction.

use super::network::{FAR, Network};

/// A stop on a way. Whatever starts or ends without a partner goes through `Nobody`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Row(usize),
    Column(usize),
    Nobody,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// From the origin to every stop.
    From,
    /// From every stop to the origin.
    To,
}

/// The shortest ways between one stop and all others, by Dijkstra's algorithm. O((rows + columns)^2).
///
/// A step from a row to a column makes their pair, a step from a column to a row takes their pair back, and what steps
/// cost beyond the prices of the optimum is never negative.
pub(super) struct Residual<'a> {
    network: &'a Network,
    origin: Stop,
    direction: Direction,
    /// A pair that no step makes or takes back.
    barred: Option<(usize, usize)>,
    /// By stop; -1 or less when it is closed: the distance is -1 minus the entry.
    distances: Vec<i64>,
    before: Vec<Stop>,
}

impl<'a> Residual<'a> {
    /// Walks from or to an origin, until `target` is reached or there is no further stop.
    pub(super) fn walk(
        network: &'a Network,
        origin: Stop,
        direction: Direction,
        target: Option<Stop>,
        barred: Option<(usize, usize)>,
    ) -> Self {
        let stops = network.rows + network.columns + 1;
        let (distances, before) = (vec![FAR; stops], vec![origin; stops]);
        let mut residual = Self { network, origin, direction, barred, distances, before };
        let start = residual.number(origin);
        residual.distances[start] = 0;
        while let Some((distance, stop)) = residual.nearest() {
            let closed = residual.number(stop);
            residual.distances[closed] = -1 - distance;
            if Some(stop) == target {
                break;
            }
            residual.look_around(stop, distance);
        }
        residual
    }

    /// The stops between the origin and a stop, both included, in the order of travel; nothing when there is no way.
    pub(super) fn way(&self, stop: Stop) -> Option<Vec<Stop>> {
        if self.distances[self.number(stop)] >= 0 {
            return None;
        }
        let mut way = vec![stop];
        let mut last = stop;
        while last != self.origin {
            last = self.before[self.number(last)];
            way.push(last);
        }
        if self.direction == Direction::From {
            way.reverse();
        }
        Some(way)
    }

    fn nearest(&self) -> Option<(i64, Stop)> {
        let mut least = (FAR, 0);
        for (number, distance) in self.distances.iter().enumerate() {
            if *distance >= 0 && *distance < least.0 {
                least = (*distance, number);
            }
        }
        (least.0 < FAR).then(|| (least.0, self.stop(least.1)))
    }

    fn look_around(&mut self, stop: Stop, distance: i64) {
        if stop != Stop::Nobody {
            self.look_at(stop, distance, Stop::Nobody);
        }
        if !matches!(stop, Stop::Row(_)) {
            (0..self.network.rows).for_each(|row| self.look_at(stop, distance, Stop::Row(row)));
        }
        if !matches!(stop, Stop::Column(_)) {
            (0..self.network.columns).for_each(|column| self.look_at(stop, distance, Stop::Column(column)));
        }
    }

    fn look_at(&mut self, stop: Stop, distance: i64, other: Stop) {
        let cost = match self.direction {
            Direction::From => self.step(stop, other),
            Direction::To => self.step(other, stop),
        };
        let number = self.number(other);
        if let Some(cost) = cost.filter(|cost| distance + cost < self.distances[number]) {
            self.distances[number] = distance + cost;
            self.before[number] = stop;
        }
    }

    /// What a step costs beyond prices, or nothing when it cannot be made.
    fn step(&self, from: Stop, to: Stop) -> Option<i64> {
        let network = self.network;
        match (from, to) {
            (Stop::Row(row), Stop::Column(column)) => {
                let possible = !network.is_made(row, column) && self.barred != Some((row, column));
                possible.then(|| network.reduced(row, column)).flatten()
            }
            (Stop::Column(column), Stop::Row(row)) => {
                let possible = network.is_made(row, column) && self.barred != Some((row, column));
                possible.then(|| network.reduced(row, column)).flatten().map(|reduced| -reduced)
            }
            // A partner's place is left empty. The origin has one in hand, which may be that of a pin.
            (Stop::Row(row), Stop::Nobody) => {
                let possible = !network.partners[0][row].is_empty() || self.barred.is_some_and(|pair| pair.0 == row);
                possible.then(|| network.alone - network.row_prices[row])
            }
            (Stop::Nobody, Stop::Row(row)) => network.has_empty_place(row).then_some(0),
            (Stop::Column(column), Stop::Nobody) => (!network.is_full(column)).then_some(0),
            (Stop::Nobody, Stop::Column(column)) => {
                let held = &network.partners[1][column];
                let possible = !held.is_empty() || self.barred.is_some_and(|pair| pair.1 == column);
                possible.then(|| -network.column_prices[column])
            }
            (Stop::Row(_), Stop::Row(_)) | (Stop::Column(_), Stop::Column(_)) | (Stop::Nobody, Stop::Nobody) => None,
        }
    }

    fn number(&self, stop: Stop) -> usize {
        match stop {
            Stop::Row(row) => row,
            Stop::Column(column) => self.network.rows + column,
            Stop::Nobody => self.network.rows + self.network.columns,
        }
    }

    fn stop(&self, number: usize) -> Stop {
        if number < self.network.rows {
            Stop::Row(number)
        } else if number < self.network.rows + self.network.columns {
            Stop::Column(number - self.network.rows)
        } else {
            Stop::Nobody
        }
    }
}
