//! From scores or ballots to pairs of mentors and mentees. Numbers in, pairs out: it knows nothing of programmes.
//!
//! ```text
//! optimal   as many pairs as possible, then the greatest total      optimal/
//!   Layout    people by lot; the side with fewer places as rows       layout.rs
//!   Network   costs, pairs, prices that prove the optimum             network.rs, shades.rs
//!   reduce    most rows get their column without a search             reduce.rs
//!   Search    the others by shortest augmenting paths                 search.rs
//!   Optimum   what else would have been possible                      alternative.rs, residual.rs
//! stable    nobody would leave for somebody who would have them     stable.rs, ballots.rs, deferred.rs
//! elected   mentees choose, choices cascade, `optimal` for the rest elected.rs
//! ```
//!
//! **Invariant.** A result depends on keys, scores, ballots and seed alone: not on the machine, because all arithmetic
//! is on integers, and not on the order in which people are passed, because the solvers see them in the order of lots
//! drawn from their keys.

mod ballots;
mod deferred;
mod elected;
pub mod limits;
mod lots;
mod matrix;
mod optimal;
mod problem;
mod stable;
mod validate;

pub use ballots::Ballot;
pub use elected::{Elected, elected};
pub use matrix::{MILLIONTHS, Matrix, VETO};
pub use optimal::{Alternative, Optimum, optimal};
pub use problem::{Problem, Seat};
pub use stable::{BallotProblem, blocking_pairs, stable};
pub use validate::{AssignmentError, Side};
