//! Random numbers for tests: a run of a test has a seed, which is printed when the test fails.

use std::{
    env,
    hash::{BuildHasher, RandomState},
};

/// `SplitMix64` (Steele, Lea and Flood, 2014).
#[derive(Debug)]
pub(super) struct Seeded {
    pub(super) seed: u64,
    state: u64,
}

impl Seeded {
    /// Takes the seed from `TURNABOUT_SEED`, or a new one each time, and prints it: a test that fails shows what it
    /// printed.
    pub(super) fn new(test: &str) -> Self {
        let given = env::var("TURNABOUT_SEED").ok().map(|text| text.parse().expect("TURNABOUT_SEED is a number"));
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one(test) >> 1);
        println!("{test}: TURNABOUT_SEED={seed}");
        Self { seed, state: seed }
    }

    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("it is below a usize")
    }
}
