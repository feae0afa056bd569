//! People as CSV: what a coordinator keeps in a spreadsheet, read whole or not at all, and written back.
//!
//! The columns are `role`, `name`, `email`, `manager`, one for each attribute of the template, and `consent`: the
//! special attributes whose use the person agreed to, separated by `;` as the values of a set are.

mod cell;
mod header;
mod read;
mod write;

pub use read::{Imported, NewPerson, Notice, RowError, read_csv};
pub use write::{guard, write_csv};

/// The columns every list of people has, whatever the template asks.
pub const FIXED_COLUMNS: [&str; 5] = ["role", "name", "email", "manager", "consent"];
