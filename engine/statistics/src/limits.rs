//! Every limit of this crate, in one place.

/// The most pairs with a change for which Wilcoxon's p is exact; above, it is a normal approximation.
///
/// The work grows with the cube of the pairs and the memory with their square: at this bound at most 500 000 sums
/// (twice 4 MB) and well under a second. It is also where the count of all sign patterns, 2^n, still is a number that
/// `f64` holds, and its inverse too.
pub const MAX_EXACT_PAIRS: usize = 1000;
/// The most discordant pairs for which `McNemar`'s p is exact; above, it is a normal approximation.
///
/// The work grows with the square root of the pairs: about a million steps at this bound.
pub const MAX_EXACT_DISCORDANT: usize = 1_000_000_000;
/// The most degrees of freedom for which Student's quantile is solved; above, its expansion is exact to the last
/// digits.
pub const MAX_SOLVED_FREEDOM: usize = 1000;
/// The most points an answer may be given on: 0 to 100.
pub const MAX_POINTS: u32 = 101;
/// The most items a scale may have.
pub const MAX_SCALE_ITEMS: usize = 500;
/// The most bytes a CSV of before and after may have.
pub const MAX_CSV_BYTES: usize = 16 * 1024 * 1024;
/// The most rows one CSV may bring.
pub const MAX_CSV_ROWS: usize = 200_000;
/// The most problems listed for one CSV; how many more there are is said.
pub const MAX_PROBLEMS: usize = 1000;
