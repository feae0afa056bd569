//! Column prices as the inner loops see them.

use super::network::{FAR, Network, node};

/// What a column out of question shows: further than [`FAR`] from any row, whatever the row's price.
const CLOSED: i64 = -2 * FAR;

/// A column's price, one less when the column is full, and so low that nothing comes near when it is out of question.
///
/// Prices are even, so that the odd bit makes a full column dearer than a free one at the same price and in no other
/// comparison: among equals a search ends at once instead of wandering through those who are taken.
#[derive(Debug, Clone)]
pub(super) struct Shades {
    pub(super) values: Vec<i64>,
}

/// Columns that were hidden, with what they showed.
pub(super) type Hidden = Vec<(u32, i64)>;

impl Shades {
    pub(super) fn of(network: &Network) -> Self {
        let mut shades = Self { values: vec![0; network.columns] };
        for column in 0..network.columns {
            shades.renew(network, column);
        }
        shades
    }

    /// Shows a column as it is now.
    pub(super) fn renew(&mut self, network: &Network, column: usize) {
        self.values[column] = if network.places[1][column] == 0 {
            CLOSED
        } else {
            network.column_prices[column] - i64::from(network.is_full(column))
        };
    }

    /// Puts columns out of question: a pair is made once.
    pub(super) fn hide(&mut self, columns: &[u32]) -> Hidden {
        columns.iter().map(|column| (*column, self.close(node(*column)))).collect()
    }

    /// Puts one column out of question, and returns what it showed.
    pub(super) fn close(&mut self, column: usize) -> i64 {
        std::mem::replace(&mut self.values[column], CLOSED)
    }

    /// Brings hidden columns back.
    pub(super) fn show(&mut self, hidden: Hidden) {
        for (column, value) in hidden {
            self.values[node(column)] = value;
        }
    }
}
