//! Lots that break ties: drawn from a seed and a person's key, so that no place in the input matters.

use crate::{problem::Seat, validate::Side};

/// A person's lot: below another's means before them. No two keys of one side have one lot, because the mixing is a
/// permutation of all 64-bit numbers.
pub(crate) fn lot(seed: u64, side: Side, key: u64) -> u64 {
    let side = match side {
        Side::Mentor => 0x6d65_6e74_6f72,
        Side::Mentee => 0x6d65_6e74_6565,
    };
    mix(mix(seed ^ side) ^ key)
}

/// Everyone's place in the input, by their lots.
pub(crate) fn order(seed: u64, side: Side, seats: &[Seat]) -> Vec<usize> {
    let mut places: Vec<(u64, usize)> =
        seats.iter().enumerate().map(|(place, seat)| (lot(seed, side, seat.key), place)).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

/// The step of `SplitMix64`. Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lots_never_change() {
        // The first numbers of SplitMix64 from the state 0; a change would change pairs that were published.
        assert_eq!(mix(0), 0xe220_a839_7b1d_cdaf);
        assert_ne!(lot(1, Side::Mentor, 7), lot(1, Side::Mentee, 7));
        assert_ne!(lot(1, Side::Mentor, 7), lot(2, Side::Mentor, 7));
    }
}
