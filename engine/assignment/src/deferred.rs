//! Deferred acceptance: one side asks, the other keeps the best who asked so far.
//!
//! D. Gale and L. S. Shapley, "College admissions and the stability of marriage", 1962.

use std::collections::BinaryHeap;

/// How much somebody wants whoever asks: the least is the most wanted. Group, what is missing to the best score, lot.
pub(crate) type Wanted = (usize, u32, u64);

/// Lets one side ask down their lists and returns (asking, asked) pairs.
///
/// `lists` say whom everyone asks, best first; `places` how many partners they may have. `wanted` says how much the
/// asked wants the asking, and nothing when not at all; no two may be wanted alike. The result does not depend on who
/// asks first (Gale and Shapley, theorem 2).
pub(crate) fn deferred(
    lists: &[Vec<usize>],
    places: &[usize],
    asked_places: &[usize],
    wanted: impl Fn(usize, usize) -> Option<Wanted>,
) -> Vec<(usize, usize)> {
    let mut held: Vec<BinaryHeap<(Wanted, usize)>> = vec![BinaryHeap::new(); asked_places.len()];
    let mut next = vec![0; lists.len()];
    let mut asking: Vec<usize> = (0..lists.len()).rev().flat_map(|who| std::iter::repeat_n(who, places[who])).collect();
    while let Some(who) = asking.pop() {
        // A list that has come to its end leaves a place empty.
        let Some(asked) = lists[who].get(next[who]).copied() else { continue };
        next[who] += 1;
        let Some(wanted) = wanted(asked, who) else {
            asking.push(who);
            continue;
        };
        held[asked].push((wanted, who));
        if held[asked].len() > asked_places[asked] {
            asking.extend(held[asked].pop().map(|(_, worst)| worst));
        }
    }
    let pairs = held.into_iter().enumerate();
    pairs.flat_map(|(asked, held)| held.into_iter().map(move |(_, who)| (who, asked))).collect()
}
