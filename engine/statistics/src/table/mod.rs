//! Before and after as CSV: what somebody keeps in a spreadsheet, read whole or not at all.
//!
//! One row a person, with a column `pre` and a column `post` among whatever others, which are ignored. An empty cell is
//! a missing value.

mod cell;
mod columns;
mod problem;
mod quotes;
mod read;

pub use problem::Problem;
pub use read::{BeforeAfter, read_csv};
