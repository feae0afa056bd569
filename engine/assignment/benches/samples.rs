//! Seeded matrices that benches, tests and the script that times `SciPy` build alike: `tests/peers/assignment.py`.

use turnabout_assignment::{MILLIONTHS, Matrix, Seat, VETO};

/// The kinds of matrices, from easy to hard.
pub(crate) const KINDS: [&str; 8] = ["equal", "grid", "random", "vetoed", "topics", "coarse", "additive", "product"];

const SEED: u64 = 7;

/// The number at a place of the stream of `SplitMix64`.
pub(crate) fn draw(seed: u64, place: u64) -> u64 {
    let mut mixed = seed.wrapping_add(place.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The score of a cell in millionths.
fn cell(kind: &str, rows: u64, columns: u64, row: u64, column: u64) -> u64 {
    let drawn = draw(SEED, row * columns + column);
    let whole = u64::from(MILLIONTHS);
    match kind {
        "equal" => whole / 2,
        "grid" => drawn % 21 * (whole / 20),
        // Nine of ten are vetoed.
        "vetoed" if !(drawn >> 40).is_multiple_of(10) => u64::from(VETO),
        "random" | "vetoed" => drawn % (whole + 1),
        // Everyone has four of 16 topics (or fewer, when drawn twice) and a grade from 0 to 7: whole rows are alike.
        "topics" => {
            let shared = u64::from((topics(1, row) & topics(2, column)).count_ones());
            let apart = (draw(3, row) % 8).abs_diff(draw(4, column) % 8);
            shared * 150_000 + apart * 50_000
        }
        // As the product below, on a grid of 0.05.
        "coarse" => (row + 1) * (column + 1) * 20 / (rows * columns) * (whole / 20),
        // Scores of persons rather than of pairs: whatever the pairs, the total is the same.
        "additive" => (draw(3, row) % 1_000 + draw(4, column) % 1_000) * 500,
        // Machol and Wien's hard instances: everybody agrees on who is best.
        "product" => (row + 1) * (column + 1) * whole / (rows * columns),
        _ => panic!("there is no kind {kind}"),
    }
}

fn topics(seed: u64, person: u64) -> u16 {
    let drawn = draw(seed, person);
    (0..4).fold(0, |topics, place| topics | 1 << (drawn >> (4 * place) & 15))
}

/// A matrix of a kind.
pub(crate) fn matrix(kind: &str, rows: usize, columns: usize) -> Matrix {
    let (r, c) = (rows as u64, columns as u64);
    let cells = (0..r * c).map(|place| u32::try_from(cell(kind, r, c, place / c, place % c)).unwrap()).collect();
    Matrix::from_millionths(rows, columns, cells).unwrap()
}

/// People with as many places each.
pub(crate) fn seats(people: usize, capacity: u32) -> Vec<Seat> {
    (0..people as u64).map(|key| Seat { key, capacity }).collect()
}
