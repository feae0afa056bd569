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
//!
//! # Why a solver of our own
//!
//! Seconds for n mentors with n mentees on one core (release build, the matrices of `benches/samples.rs`, each a copy of
//! the matrix included for ours; totals were equal throughout):
//!
//! | n = 1,000             | equal | grid | random | vetoed | topics | coarse | additive | product |
//! | --------------------- | ----- | ---- | ------ | ------ | ------ | ------ | -------- | ------- |
//! | this crate            | 0.004 | 0.003 | 0.009 | 0.016  | 0.015  | 0.10   | 0.002    | 0.51    |
//! | `SciPy` 1.17.1        | 0.008 | 0.007 | 0.037 | 0.034  | 0.042  | 0.18   | 0.30     | 0.39    |
//! | lapjv 0.3.0           | 0.009 | 0.006 | 0.014 | 0.013  |        |        |          | 0.73    |
//! | lsap 1.0.2            | 0.006 | 0.006 | 0.047 | 0.040  |        |        |          | 0.49    |
//! | pathfinding 4.16.0    | 0.72  | 0.75  | 0.067 | 0.061  |        |        |          | 1.2     |
//! | mcmf 2.0.0            |       |       | 0.84  |        |        |        |          |         |
//!
//! | n = 5,000             | equal | grid | random | vetoed | topics | coarse | additive | product |
//! | --------------------- | ----- | ---- | ------ | ------ | ------ | ------ | -------- | ------- |
//! | this crate            | 0.12  | 0.12 | 0.52   | 0.63   | 1.5    | 13     | 0.13     | 95      |
//! | `SciPy` 1.17.1        | 0.28  | 0.29 | 3.0    | 2.7    | 3.9    | 30     | 19       |         |
//! | lapjv 0.3.0           | 0.81  | 0.43 | 0.91   | 0.91   |        |        |          | 69      |
//! | lsap 1.0.2            | 0.21  | 0.22 | 2.9    | 3.0    |        |        |          | 84      |
//! | pathfinding 4.16.0    |       |      | 6.1    |        |        |        |          |         |
//!
//! An empty cell was not measured. lapjv is fast enough, but square only, without places, and like lsap and pathfinding
//! it keeps its dual values to itself, without which each alternative is another solution from scratch. mcmf has places,
//! but is slow with dense costs and has no duals either. rustworkx-core solves general graphs with a node and edge for
//! everything and was not measured. 5,000 by 5,000 takes 200 MB at the peak, half of it the caller's matrix.
//!
//! **What stays slow.** Where everybody agrees on who is best and scores are products of two persons' merits (product;
//! coarse on a grid) every search looks at every row, O(n^3), with `SciPy` and lapjv as well. Where scores are mere sums
//! of two persons' merits (additive) only as many mentors as mentees with one place each are quick: 4,900 with 5,000
//! takes 11 s, while random takes 0.26 s and topics 0.84 s.
//!
//! ```
//! use turnabout_assignment::{Matrix, Problem, Seat, optimal};
//!
//! // Both mentees would do best with the first mentor; together they do best so.
//! let scores = Matrix::from_f32(2, 2, &[0.9, 0.8, 0.7, 0.1], &[0; 4])?;
//! let people = [Seat::one(1), Seat::one(2)];
//! let problem = Problem { scores: &scores, mentors: &people, mentees: &people, pins: &[], forbidden: &[], seed: 7 };
//! assert_eq!(optimal(&problem)?.pairs(), [(0, 1), (1, 0)]);
//! # Ok::<_, turnabout_assignment::AssignmentError>(())
//! ```

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
