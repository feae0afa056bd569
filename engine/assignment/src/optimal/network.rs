//! Rows, columns, what each pair of them costs, who is paired with whom, and the prices that prove it.

/// The cost of a pair that may not be.
pub(super) const ABSENT: u32 = u32::MAX;

/// A distance that nothing reaches. Twice of it is still a number.
pub(super) const FAR: i64 = i64::MAX / 4;

/// A transport network with dense costs: every place of a row goes to a column or stays empty at the cost `alone`.
///
/// All costs and prices are even numbers of half millionths, which leaves one bit to the search; `alone` is more than
/// all pairs together can cost, so that the cheapest flow has as many pairs as possible.
///
/// Prices are the dual values of the linear programme. With row price u, column price v and cost c:
/// - a pair that is not made has c >= u + v, one that is made c <= u + v;
/// - u <= alone, and u = alone when a place of the row is empty;
/// - v <= 0, and v = 0 when a place of the column is empty.
///
/// Whatever satisfies these three is an optimum (complementary slackness; Ahuja, Magnanti and Orlin, "Network Flows",
/// 1993, section 9.4).
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) alone: i64,
    /// How many partners each may have besides pins: rows, columns.
    pub(super) places: [Vec<usize>; 2],
    /// Each row's columns, and each column's rows.
    pub(super) partners: [Vec<Vec<u32>>; 2],
    pub(super) row_prices: Vec<i64>,
    pub(super) column_prices: Vec<i64>,
    costs: Vec<u32>,
}

impl Network {
    pub(super) fn new(rows: usize, columns: usize, costs: Vec<u32>, places: [Vec<usize>; 2]) -> Self {
        let most_pairs = places[0].iter().sum::<usize>().min(places[1].iter().sum());
        let most_pairs = i64::try_from(most_pairs).expect("invariant: no more pairs than cells");
        Self {
            rows,
            columns,
            // One more for a sure majority, and one for a pin that an alternative lifts.
            alone: 2 * (most_pairs + 2) * i64::from(crate::matrix::MILLIONTHS),
            places,
            partners: [vec![Vec::new(); rows], vec![Vec::new(); columns]],
            row_prices: vec![0; rows],
            column_prices: vec![0; columns],
            costs,
        }
    }

    /// Takes all pairs and prices back.
    pub(super) fn clear(&mut self) {
        self.partners.iter_mut().flatten().for_each(Vec::clear);
        self.row_prices.fill(0);
        self.column_prices.fill(0);
    }

    /// A row's costs.
    pub(super) fn row(&self, row: usize) -> &[u32] {
        &self.costs[row * self.columns..][..self.columns]
    }

    /// The cost of a pair, or nothing when it may not be.
    pub(super) fn cost(&self, row: usize, column: usize) -> Option<i64> {
        let cost = self.costs[row * self.columns + column];
        (cost != ABSENT).then_some(i64::from(cost))
    }

    /// What a pair costs beyond its prices: at least 0 unless it is made, at most 0 if it is.
    pub(super) fn reduced(&self, row: usize, column: usize) -> Option<i64> {
        Some(self.cost(row, column)? - self.row_prices[row] - self.column_prices[column])
    }

    /// Tells whether a column has no place left.
    pub(super) fn is_full(&self, column: usize) -> bool {
        self.partners[1][column].len() >= self.places[1][column]
    }

    /// Tells whether a row has a place without a partner.
    pub(super) fn has_empty_place(&self, row: usize) -> bool {
        self.partners[0][row].len() < self.places[0][row]
    }

    /// Tells whether a pair is made.
    pub(super) fn is_made(&self, row: usize, column: usize) -> bool {
        self.partners[0][row].contains(&index(column))
    }

    /// Makes a pair.
    pub(super) fn make(&mut self, row: usize, column: usize) {
        self.partners[0][row].push(index(column));
        self.partners[1][column].push(index(row));
    }

    /// Takes a pair back.
    pub(super) fn unmake(&mut self, row: usize, column: usize) {
        self.partners[0][row].retain(|partner| *partner != index(column));
        self.partners[1][column].retain(|partner| *partner != index(row));
    }

    /// Gives prices to those who have no place at all, whom the search never looks at.
    pub(super) fn price_the_absent(&mut self) {
        for column in (0..self.columns).filter(|column| self.places[1][*column] == 0).collect::<Vec<_>>() {
            let beyond = (0..self.rows).filter_map(|row| self.reduced(row, column)).min().unwrap_or(0);
            self.column_prices[column] += beyond.min(0);
        }
        for row in (0..self.rows).filter(|row| self.places[0][*row] == 0).collect::<Vec<_>>() {
            let beyond = (0..self.columns).filter_map(|column| self.reduced(row, column)).min();
            self.row_prices[row] = beyond.map_or(self.alone, |beyond| (self.row_prices[row] + beyond).min(self.alone));
        }
    }

    /// Checks the three conditions under which the pairs are an optimum, in one look at every cost.
    pub(super) fn is_optimal(&self) -> bool {
        let pairs = (0..self.rows).all(|row| {
            let made = &self.partners[0][row];
            let price = self.row_prices[row];
            let mut columns = self.row(row).iter().zip(&self.column_prices).enumerate();
            columns.all(|(column, (cost, column_price))| {
                let reduced = i64::from(*cost) - price - column_price;
                let is_made = made.contains(&index(column));
                if *cost == ABSENT {
                    !is_made
                } else if is_made {
                    reduced <= 0
                } else {
                    reduced >= 0
                }
            })
        });
        let rows = (0..self.rows).all(|row| {
            let (made, places, price) = (self.partners[0][row].len(), self.places[0][row], self.row_prices[row]);
            made <= places && price <= self.alone && (made == places || price == self.alone)
        });
        let columns = (0..self.columns).all(|column| {
            let (made, places, price) =
                (self.partners[1][column].len(), self.places[1][column], self.column_prices[column]);
            made <= places && price <= 0 && (made == places || price == 0)
        });
        pairs && rows && columns
    }
}

/// A row or column as it is kept in memory.
pub(super) fn index(node: usize) -> u32 {
    u32::try_from(node).expect("invariant: limits::PEOPLE_A_SIDE fits")
}

/// A row or column as it was kept.
pub(super) fn node(index: u32) -> usize {
    usize::try_from(index).expect("invariant: it was a usize")
}
