//! What the solvers promise, on random problems, against exhaustive search.

#![allow(clippy::unwrap_used)] // a test that cannot build its problem has to fail

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_assignment::{
    Ballot, BallotProblem, Matrix, Optimum, Problem, Seat, Side, VETO, blocking_pairs, elected, optimal, stable,
};

type Pair = (usize, usize);

/// A solver by its name.
type Solver<'a> = (&'static str, &'a dyn Fn(&Sample) -> Vec<Pair>);

/// A problem that owns what it is made of.
#[derive(Debug, Clone)]
struct Sample {
    cells: Vec<u32>,
    mentors: Vec<Seat>,
    mentees: Vec<Seat>,
    pins: Vec<Pair>,
    forbidden: Vec<Pair>,
    seed: u64,
}

impl Sample {
    fn matrix(&self) -> Matrix {
        Matrix::from_millionths(self.mentors.len(), self.mentees.len(), self.cells.clone()).unwrap()
    }

    fn with<T>(&self, ask: impl FnOnce(&Problem<'_>) -> T) -> T {
        let scores = self.matrix();
        ask(&Problem {
            scores: &scores,
            mentors: &self.mentors,
            mentees: &self.mentees,
            pins: &self.pins,
            forbidden: &self.forbidden,
            seed: self.seed,
        })
    }

    fn optimum(&self) -> Optimum {
        self.with(|problem| optimal(problem).unwrap())
    }

    /// The same people and scores in another order, with the place of each in it.
    fn shuffled(&self, by: u64) -> (Self, [Vec<usize>; 2]) {
        let order = |people: &[Seat], by: u64| {
            let mut order: Vec<usize> = (0..people.len()).collect();
            order.sort_by_key(|place| (*place as u64 + 1).wrapping_mul(by | 1).rotate_left(17).wrapping_mul(by | 1));
            order
        };
        let (rows, columns) = (order(&self.mentors, by), order(&self.mentees, by.rotate_left(9)));
        let place = |order: &[usize]| -> Vec<usize> {
            (0..order.len()).map(|old| order.iter().position(|at| *at == old).unwrap()).collect()
        };
        let places = [place(&rows), place(&columns)];
        let wide = self.mentees.len();
        let moved = |pairs: &[Pair]| pairs.iter().rev().map(|(m, n)| (places[0][*m], places[1][*n])).collect();
        let sample = Self {
            cells: rows.iter().flat_map(|m| columns.iter().map(move |n| self.cells[m * wide + n])).collect(),
            mentors: rows.iter().map(|m| self.mentors[*m]).collect(),
            mentees: columns.iter().map(|n| self.mentees[*n]).collect(),
            pins: moved(&self.pins),
            forbidden: moved(&self.forbidden),
            seed: self.seed,
        };
        (sample, places)
    }

    /// As many mentors as mentees, a place each, no pins: the case with a shorter way to the optimum.
    fn squared(&self) -> Self {
        let size = self.mentors.len().min(self.mentees.len());
        let ones = |seats: &[Seat]| seats[..size].iter().map(|seat| Seat::one(seat.key)).collect();
        let rows = self.cells.chunks(self.mentees.len().max(1)).take(size);
        Self {
            cells: rows.flat_map(|row| row[..size].to_vec()).collect(),
            mentors: ones(&self.mentors),
            mentees: ones(&self.mentees),
            pins: vec![],
            forbidden: vec![],
            seed: self.seed,
        }
    }

    /// The greatest number of pairs and then total, by trying everything: for each mentor every set of mentees, over
    /// every number of places that are left.
    fn exhausted(&self) -> Option<(usize, u64)> {
        let wide = self.mentees.len();
        let mut best: BTreeMap<Vec<u32>, (usize, u64)> = BTreeMap::new();
        best.insert(self.mentees.iter().map(|seat| seat.capacity).collect(), (0, 0));
        for (mentor, seat) in self.mentors.iter().enumerate() {
            let mut next: BTreeMap<Vec<u32>, (usize, u64)> = BTreeMap::new();
            for set in (0_u32..1 << wide).filter(|set| set.count_ones() <= seat.capacity) {
                let has = |mentee: usize| set >> mentee & 1 == 1;
                let allowed = |mentee| self.cells[mentor * wide + mentee] != VETO;
                let struck = self.forbidden.iter().any(|(m, n)| *m == mentor && has(*n));
                let pinned = self.pins.iter().all(|(m, n)| *m != mentor || has(*n));
                if struck || !pinned || !(0..wide).all(|mentee| !has(mentee) || allowed(mentee)) {
                    continue;
                }
                let chosen: Vec<usize> = (0..wide).filter(|mentee| has(*mentee)).collect();
                let scored: u64 = chosen.iter().map(|n| u64::from(self.cells[mentor * wide + n])).sum();
                for (left, (pairs, total)) in &best {
                    if chosen.iter().all(|mentee| left[*mentee] > 0) {
                        let mut left = left.clone();
                        for mentee in &chosen {
                            left[*mentee] -= 1;
                        }
                        let found = (pairs + chosen.len(), total + scored);
                        let known = next.entry(left).or_insert(found);
                        *known = (*known).max(found);
                    }
                }
            }
            best = next;
        }
        best.into_values().max()
    }
}

/// What every solver keeps to.
fn assert_sound(sample: &Sample, pairs: &[Pair]) {
    assert_eq!(pairs.iter().collect::<BTreeSet<_>>().len(), pairs.len(), "a pair is made once");
    for (mentor, mentee) in pairs {
        assert_ne!(sample.cells[mentor * sample.mentees.len() + mentee], VETO, "a veto is kept");
        assert!(!sample.forbidden.contains(&(*mentor, *mentee)), "a forbidden pair is not made");
    }
    for (mentor, seat) in sample.mentors.iter().enumerate() {
        assert!(pairs.iter().filter(|pair| pair.0 == mentor).count() <= seat.capacity as usize);
    }
    for (mentee, seat) in sample.mentees.iter().enumerate() {
        assert!(pairs.iter().filter(|pair| pair.1 == mentee).count() <= seat.capacity as usize);
    }
    assert!(sample.pins.iter().all(|pin| pairs.contains(pin)), "pins are kept");
}

fn moved(pairs: &[Pair], places: &[Vec<usize>; 2]) -> Vec<Pair> {
    let mut moved: Vec<Pair> = pairs.iter().map(|(m, n)| (places[0][*m], places[1][*n])).collect();
    moved.sort_unstable();
    moved
}

/// Problems with up to `people` a side and up to `capacity` places each. Few different scores, so that ties abound, or
/// many; few vetoes or many.
fn samples(people: usize, capacity: u32) -> impl Strategy<Value = Sample> {
    let sizes = (0..=people, 0..=people, prop_oneof![Just(2_u32), Just(1_000_000)], 0_u32..=9);
    sizes.prop_flat_map(move |(mentors, mentees, steps, vetoes)| {
        let cell = (0..=steps, 0_u32..10).prop_map(
            move |(score, veto)| {
                if veto < vetoes { VETO } else { score * (1_000_000 / steps) }
            },
        );
        let seats = |count| prop::collection::vec(prop_oneof![4 => Just(1), 3 => 0..=capacity], count);
        let pair = (0..mentors.max(1), 0..mentees.max(1));
        let parts = (
            prop::collection::vec(cell, mentors * mentees),
            seats(mentors),
            seats(mentees),
            prop::collection::vec(pair, 0..6),
            any::<u64>(),
        );
        parts.prop_map(move |(cells, rows, columns, marked, seed)| {
            let seat = |side: u64| {
                move |(place, capacity): (usize, u32)| Seat {
                    key: (place as u64 + 1).wrapping_mul(0x9e37_79b9 + side),
                    capacity,
                }
            };
            let mut sample = Sample {
                cells,
                mentors: rows.into_iter().enumerate().map(seat(2)).collect(),
                mentees: columns.into_iter().enumerate().map(seat(4)).collect(),
                pins: vec![],
                forbidden: vec![],
                seed,
            };
            for (place, (m, n)) in marked.into_iter().filter(|_| mentors * mentees > 0).enumerate() {
                let free = |pins: &[Pair]| {
                    pins.iter().filter(|pin| pin.0 == m).count() < sample.mentors[m].capacity as usize
                        && pins.iter().filter(|pin| pin.1 == n).count() < sample.mentees[n].capacity as usize
                };
                let known = sample.pins.contains(&(m, n)) || sample.forbidden.contains(&(m, n));
                if place % 2 == 0 && !known && sample.cells[m * mentees + n] != VETO && free(&sample.pins) {
                    sample.pins.push((m, n));
                } else if !known {
                    sample.forbidden.push((m, n));
                }
            }
            sample
        })
    })
}

/// Samples that exhaustive search can still do: eight a side with one place each, or five with up to three.
fn small() -> impl Strategy<Value = Sample> {
    prop_oneof![samples(8, 1), samples(8, 1).prop_map(|sample| sample.squared()), samples(5, 3)]
}

/// Ballots of both sides with ties, for the people of a sample.
fn ballots() -> impl Strategy<Value = (Sample, Vec<Ballot>, Vec<Ballot>)> {
    samples(9, 3).prop_flat_map(|mut sample| {
        (sample.pins, sample.forbidden) = (vec![], vec![]);
        let side = |people: usize, others: usize| {
            let ballot = prop::collection::vec((0..others.max(1), any::<bool>()), 0..=others);
            prop::collection::vec(ballot.prop_map(move |named| ballot_of(&named, others)), people)
        };
        let (mentors, mentees) = (sample.mentors.len(), sample.mentees.len());
        (Just(sample), side(mentors, mentees), side(mentees, mentors))
    })
}

fn ballot_of(named: &[(usize, bool)], others: usize) -> Ballot {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (name, tied) in named.iter().filter(|(name, _)| *name < others) {
        if groups.concat().contains(name) {
            continue;
        }
        match groups.last_mut().filter(|_| *tied) {
            Some(group) => group.push(*name),
            None => groups.push(vec![*name]),
        }
    }
    Ballot { groups }
}

/// Ballots of people in another order, about people in another order.
fn moved_ballots(ballots: &[Ballot], own: &[usize], others: &[usize]) -> Vec<Ballot> {
    let mut moved = vec![Ballot::default(); ballots.len()];
    for (person, ballot) in ballots.iter().enumerate() {
        let group = |group: &Vec<usize>| group.iter().rev().map(|other| others[*other]).collect();
        moved[own[person]] = Ballot { groups: ballot.groups.iter().map(group).collect() };
    }
    moved
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn optimal_is_sound_proven_and_what_exhaustive_search_finds(sample in small()) {
        let optimum = sample.optimum();
        assert_sound(&sample, optimum.pairs());
        prop_assert!(optimum.is_proven());
        prop_assert_eq!(Some((optimum.pairs().len(), optimum.total_millionths())), sample.exhausted());
    }

    #[test]
    fn a_larger_optimum_is_proven(sample in samples(40, 4)) {
        let optimum = sample.optimum();
        assert_sound(&sample, optimum.pairs());
        prop_assert!(optimum.is_proven());
    }

    #[test]
    fn a_square_optimum_is_proven_and_depends_on_no_order(sample in samples(40, 1), by in any::<u64>()) {
        let sample = sample.squared();
        let optimum = sample.optimum();
        assert_sound(&sample, optimum.pairs());
        prop_assert!(optimum.is_proven());
        let (shuffled, places) = sample.shuffled(by);
        prop_assert_eq!(moved(optimum.pairs(), &places), shuffled.optimum().into_pairs());
    }

    #[test]
    fn an_optimum_depends_on_no_order(sample in samples(12, 3), by in any::<u64>()) {
        let (shuffled, places) = sample.shuffled(by);
        let (one, other) = (sample.optimum(), shuffled.optimum());
        prop_assert_eq!(moved(one.pairs(), &places), other.pairs());
        prop_assert_eq!(one.pairs(), sample.optimum().into_pairs());
    }

    #[test]
    fn another_seed_changes_ties_only(mut sample in samples(12, 3), seed in any::<u64>()) {
        let one = sample.optimum();
        sample.seed = seed;
        let other = sample.optimum();
        prop_assert_eq!(one.total_millionths(), other.total_millionths());
        prop_assert_eq!(one.pairs().len(), other.pairs().len());
    }

    #[test]
    fn alternatives_are_what_solving_again_finds(sample in samples(7, 3), m in 0_usize..7, n in 0_usize..7) {
        let (mentors, mentees) = (sample.mentors.len(), sample.mentees.len());
        if mentors == 0 || mentees == 0 {
            return Ok(());
        }
        let pair = (m % mentors, n % mentees);
        let optimum = sample.optimum();
        let solved = |sample: &Sample| {
            sample.with(|problem| optimal(problem).ok()).map(|found| (found.pairs().len(), found.total_millionths()))
        };
        let mut forbidding = sample.clone();
        forbidding.pins.retain(|pin| *pin != pair);
        forbidding.forbidden.push(pair);
        let without = optimum.without(pair.0, pair.1).unwrap();
        prop_assert_eq!(Some((without.pairs, without.total_millionths)), solved(&forbidding));
        let mut forcing = sample.clone();
        if !forcing.pins.contains(&pair) {
            forcing.pins.push(pair);
        }
        let with = optimum.with(pair.0, pair.1).unwrap();
        prop_assert_eq!(with.as_ref().map(|with| (with.pairs, with.total_millionths)), solved(&forcing));
        let before_lifting = forcing.pins.len();
        // The pairs that change are a result like any other.
        for (alternative, sample) in [(Some(&without), &forbidding), (with.as_ref(), &forcing)] {
            let Some(alternative) = alternative else { continue };
            let mut pairs: BTreeSet<Pair> = optimum.pairs().iter().copied().collect();
            prop_assert!(alternative.removed.iter().all(|pair| pairs.remove(pair)));
            prop_assert!(alternative.added.iter().all(|pair| pairs.insert(*pair)));
            let pairs: Vec<Pair> = pairs.into_iter().collect();
            assert_sound(sample, &pairs);
            prop_assert_eq!(pairs.len(), alternative.pairs);
            let total: u64 = pairs.iter().map(|(m, n)| u64::from(sample.cells[m * mentees + n])).sum();
            prop_assert_eq!(total, alternative.total_millionths);
            let lost = i64::try_from(optimum.pairs().len()).unwrap() - i64::try_from(pairs.len()).unwrap();
            prop_assert_eq!(lost, alternative.pairs_lost);
            prop_assert!(lost >= 0 || sample.pins.len() < before_lifting);
            let before = i64::try_from(optimum.total_millionths()).unwrap();
            prop_assert_eq!(before - alternative.cost_millionths, i64::try_from(total).unwrap());
        }
    }

    #[test]
    fn all_alternatives_of_a_person_are_those_of_each_pair(sample in samples(7, 3)) {
        let optimum = sample.optimum();
        let sum = |found: &Option<turnabout_assignment::Alternative>| {
            found.as_ref().map(|found| (found.pairs, found.total_millionths))
        };
        let (mentors, mentees) = (sample.mentors.len(), sample.mentees.len());
        for mentor in 0..mentors {
            let each = optimum.with_each(Side::Mentor, mentor).unwrap();
            let one_by_one: Vec<_> = (0..mentees).map(|mentee| sum(&optimum.with(mentor, mentee).unwrap())).collect();
            prop_assert_eq!(each.iter().map(sum).collect::<Vec<_>>(), one_by_one);
        }
        for mentee in 0..mentees {
            let each = optimum.with_each(Side::Mentee, mentee).unwrap();
            let one_by_one: Vec<_> = (0..mentors).map(|mentor| sum(&optimum.with(mentor, mentee).unwrap())).collect();
            prop_assert_eq!(each.iter().map(sum).collect::<Vec<_>>(), one_by_one);
        }
    }

    #[test]
    fn stable_has_no_blocking_pair_and_depends_on_no_order((sample, mentors, mentees) in ballots(), by in any::<u64>()) {
        let scores = sample.matrix();
        let (shuffled, places) = sample.shuffled(by);
        let moved_scores = shuffled.matrix();
        let moved_mentors = moved_ballots(&mentors, &places[0], &places[1]);
        let moved_mentees = moved_ballots(&mentees, &places[1], &places[0]);
        for proposing in [Side::Mentor, Side::Mentee] {
            let problem = BallotProblem {
                mentors: &sample.mentors,
                mentees: &sample.mentees,
                mentor_ballots: &mentors,
                mentee_ballots: &mentees,
                vetoes: Some(&scores),
                proposing,
                seed: sample.seed,
            };
            let pairs = stable(&problem).unwrap();
            assert_sound(&sample, &pairs);
            prop_assert_eq!(blocking_pairs(&problem, &pairs).unwrap(), vec![]);
            for (m, n) in &pairs {
                prop_assert!(mentors[*m].groups.concat().contains(n) && mentees[*n].groups.concat().contains(m));
                // Whoever leaves a partner whom both named is missed.
                let fewer: Vec<Pair> = pairs.iter().copied().filter(|pair| pair != &(*m, *n)).collect();
                prop_assert!(blocking_pairs(&problem, &fewer).unwrap().contains(&(*m, *n)));
            }
            let again = BallotProblem {
                mentors: &shuffled.mentors,
                mentees: &shuffled.mentees,
                mentor_ballots: &moved_mentors,
                mentee_ballots: &moved_mentees,
                vetoes: Some(&moved_scores),
                ..problem
            };
            prop_assert_eq!(moved(&pairs, &places), stable(&again).unwrap());
        }
    }

    #[test]
    fn elected_is_sound_and_depends_on_no_order(
        (sample, mentors, mentees) in ballots(),
        marks in prop::collection::vec((0_usize..9, 0_usize..9), 0..4),
        ranked in any::<bool>(),
        by in any::<u64>(),
    ) {
        let mut sample = sample;
        let wide = sample.mentees.len();
        for (m, n) in marks {
            let named = m < sample.mentors.len() && n < wide && sample.cells[m * wide + n] != VETO;
            let apart = sample.pins.iter().all(|pin| pin.0 != m && pin.1 != n);
            if named && apart && sample.mentors[m].capacity > 0 && sample.mentees[n].capacity > 0 {
                sample.pins.push((m, n));
            }
        }
        let mentors = if ranked { mentors } else { vec![] };
        let found = sample.with(|problem| elected(problem, &mentees, &mentors).unwrap());
        assert_sound(&sample, &found.pairs());
        prop_assert!(found.chosen.iter().all(|(m, n)| mentees[*n].groups.concat().contains(m)));
        let (shuffled, places) = sample.shuffled(by);
        let moved_mentors = moved_ballots(&mentors, &places[0], &places[1]);
        let moved_mentees = moved_ballots(&mentees, &places[1], &places[0]);
        let again = shuffled.with(|problem| elected(problem, &moved_mentees, &moved_mentors).unwrap());
        prop_assert_eq!(moved(&found.chosen, &places), again.chosen);
        prop_assert_eq!(moved(&found.placed, &places), again.placed);
    }
}

#[test]
fn whoever_is_equal_to_everybody_is_paired_by_lot_and_by_the_same_lot_twice() {
    let seats = |from: u64| (from..from + 6).map(Seat::one).collect::<Vec<_>>();
    let sample = |seed| Sample {
        cells: vec![500_000; 36],
        mentors: seats(1),
        mentees: seats(101),
        pins: vec![],
        forbidden: vec![],
        seed,
    };
    let tied = vec![Ballot { groups: vec![(0..6).collect()] }; 6];
    let by_scores = |sample: &Sample| sample.optimum().pairs().to_vec();
    let by_ballots = |sample: &Sample| {
        let ballots = BallotProblem {
            mentors: &sample.mentors,
            mentees: &sample.mentees,
            mentor_ballots: &tied,
            mentee_ballots: &tied,
            vetoes: None,
            proposing: Side::Mentee,
            seed: sample.seed,
        };
        stable(&ballots).unwrap()
    };
    let by_election = |sample: &Sample| sample.with(|problem| elected(problem, &tied, &tied).unwrap().pairs());
    let solvers: [Solver<'_>; 3] = [("optimal", &by_scores), ("stable", &by_ballots), ("elected", &by_election)];
    for (name, solve) in solvers {
        let found: Vec<Vec<Pair>> = (0..50).map(|seed| solve(&sample(seed))).collect();
        assert!(found.iter().all(|pairs| pairs.len() == 6), "{name}");
        assert!(found.iter().collect::<BTreeSet<_>>().len() > 25, "{name}: the seed decides");
        assert_eq!(found, (0..50).map(|seed| solve(&sample(seed))).collect::<Vec<_>>(), "{name}: and nothing else");
    }
}
