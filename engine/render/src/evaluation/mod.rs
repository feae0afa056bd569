//! What a programme came to, for those who paid for it: a page to read and print, and the figures as a table.
//!
//! [`html`] and [`csv`] show an [`Evaluation`] as it is: what may be shown was decided when it was made, and nothing here
//! computes a figure about people. Where a figure is withheld stands the sentence that says why.

mod changes;
mod csv;
mod drawings;
mod figures;
mod likert;
mod page;
mod say;
#[cfg(test)]
mod tests;
mod waves;

pub use csv::csv;
pub use page::{NamedLists, html};

#[cfg(doc)]
use turnabout_core::results::Evaluation;
