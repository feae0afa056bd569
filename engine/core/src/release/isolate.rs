//! Whether any sum or difference of sets of people tells about too few.

use rustc_hash::FxHashMap;

/// Different sets of people, each by its number, and what was found out about them. Most questions of a survey are
/// answered by the same people, so that the same is asked over and over.
#[derive(Debug, Default)]
pub(super) struct Isolation {
    sets: Vec<Vec<u32>>,
    numbers: FxHashMap<Vec<u32>, usize>,
    found: FxHashMap<(usize, usize, Vec<usize>), bool>,
}

impl Isolation {
    /// The number of a set of people, who are in ascending order.
    pub(super) fn set(&mut self, people: Vec<u32>) -> usize {
        let next = self.sets.len();
        let number = *self.numbers.entry(people.clone()).or_insert(next);
        if number == next {
            self.sets.push(people);
        }
        number
    }

    /// Tells whether any sum or difference of a set with others is about 1 to `least` - 1 people.
    pub(super) fn isolates(&mut self, least: usize, set: usize, beside: &[usize]) -> bool {
        let asked = (least, set, beside.to_vec());
        if let Some(found) = self.found.get(&asked) {
            return *found;
        }
        let others: Vec<&[u32]> = beside.iter().map(|number| self.sets[*number].as_slice()).collect();
        let found = isolates(least, &self.sets[set], &others);
        self.found.insert(asked, found);
        found
    }
}

/// Tries every way to add, leave out or take away each of the other sets.
fn isolates(least: usize, set: &[u32], others: &[&[u32]]) -> bool {
    let alike = alike(set, others);
    let all = (1_u32 << others.len()) - 1;
    (0..=all).any(|added| {
        let free = all & !added;
        // Walks through the subsets of `free`.
        let mut taken = free;
        loop {
            if (1..least).contains(&told_apart(&alike, added, taken, least)) {
                return true;
            }
            if taken == 0 {
                return false;
            }
            taken = (taken - 1) & free;
        }
    })
}

/// People who are in the same sets can't be told apart: whether they are in the set, in which of the others, and how many
/// they are. The most come first.
fn alike(set: &[u32], others: &[&[u32]]) -> Vec<(bool, u32, usize)> {
    let mut among: FxHashMap<u32, (bool, u32)> = FxHashMap::default();
    for person in set {
        among.entry(*person).or_default().0 = true;
    }
    for (index, other) in others.iter().enumerate() {
        for person in *other {
            among.entry(*person).or_default().1 |= 1 << index;
        }
    }
    let mut counts: FxHashMap<(bool, u32), usize> = FxHashMap::default();
    for sets in among.into_values() {
        *counts.entry(sets).or_default() += 1;
    }
    let mut alike: Vec<_> = counts.into_iter().map(|((inside, among), count)| (inside, among, count)).collect();
    alike.sort_unstable_by_key(|(inside, among, count)| (usize::MAX - count, *inside, *among));
    alike
}

/// How many people have any weight left when the set is combined with others; counts no further than `enough`.
fn told_apart(alike: &[(bool, u32, usize)], added: u32, taken: u32, enough: usize) -> usize {
    let mut apart = 0;
    for (inside, among, count) in alike {
        if u32::from(*inside) + (among & added).count_ones() != (among & taken).count_ones() {
            apart += count;
            if apart >= enough {
                break;
            }
        }
    }
    apart
}
