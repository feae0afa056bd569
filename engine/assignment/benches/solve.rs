//! How long the solvers take, from easy matrices to hard ones: `cargo bench -p turnabout-assignment`.
//!
//! With 1,000 people a side; 5,000 where a sample is short enough. `tests/peers/assignment.py` times `SciPy` on the same.

#![allow(clippy::unwrap_used)] // a bench that cannot build its problem has to fail

mod samples;

use divan::Bencher;
use samples::{draw, matrix, seats};
use turnabout_assignment::{Ballot, BallotProblem, Matrix, Problem, Seat, Side, elected, optimal, stable};

fn main() {
    divan::main();
}

fn problem<'a>(scores: &'a Matrix, mentors: &'a [Seat], mentees: &'a [Seat]) -> Problem<'a> {
    Problem { scores, mentors, mentees, pins: &[], forbidden: &[], seed: 1 }
}

fn bench(bencher: Bencher<'_, '_>, kind: &str, mentors: &[Seat], mentees: &[Seat]) {
    let scores = matrix(kind, mentors.len(), mentees.len());
    bencher.bench_local(|| optimal(&problem(&scores, mentors, mentees)).unwrap());
}

#[divan::bench(args = samples::KINDS, sample_count = 5, sample_size = 1)]
fn optimal_1000(bencher: Bencher<'_, '_>, kind: &str) {
    bench(bencher, kind, &seats(1_000, 1), &seats(1_000, 1));
}

/// The hardest takes more than a minute and is left out.
#[divan::bench(args = samples::KINDS.iter().filter(|kind| **kind != "product"), sample_count = 1, sample_size = 1)]
fn optimal_5000(bencher: Bencher<'_, '_>, kind: &str) {
    bench(bencher, kind, &seats(5_000, 1), &seats(5_000, 1));
}

/// Fewer mentors than mentees, with three places each: a place more than there are mentees.
#[divan::bench(args = samples::KINDS, sample_count = 3, sample_size = 1)]
fn optimal_500_by_three_with_1499(bencher: Bencher<'_, '_>, kind: &str) {
    bench(bencher, kind, &seats(500, 3), &seats(1_499, 1));
}

/// Two places on both sides.
#[divan::bench(args = samples::KINDS, sample_count = 3, sample_size = 1)]
fn optimal_1000_by_two_with_1000_by_two(bencher: Bencher<'_, '_>, kind: &str) {
    bench(bencher, kind, &seats(1_000, 2), &seats(1_000, 2));
}

/// Many more mentees than mentors, and the other way round.
#[divan::bench(args = [(1_000, 3_000), (3_000, 1_000)], sample_count = 3, sample_size = 1)]
fn optimal_topics_rectangular(bencher: Bencher<'_, '_>, (mentors, mentees): (usize, usize)) {
    bench(bencher, "topics", &seats(mentors, 1), &seats(mentees, 1));
}

#[divan::bench(args = [1_000, 5_000], sample_count = 3, sample_size = 1)]
fn all_alternatives_of_a_mentor(bencher: Bencher<'_, '_>, people: usize) {
    let (scores, seats) = (matrix("topics", people, people), seats(people, 1));
    let optimum = optimal(&problem(&scores, &seats, &seats)).unwrap();
    bencher.bench_local(|| optimum.with_each(Side::Mentor, 0).unwrap());
}

/// Without a pair that is made: one shortest path, which often ends early.
#[divan::bench(args = [1_000, 5_000], sample_count = 3, sample_size = 1)]
fn one_alternative(bencher: Bencher<'_, '_>, people: usize) {
    let (scores, seats) = (matrix("topics", people, people), seats(people, 1));
    let optimum = optimal(&problem(&scores, &seats, &seats)).unwrap();
    let (mentor, mentee) = optimum.pairs()[0];
    bencher.bench_local(|| optimum.without(mentor, mentee).unwrap());
}

/// Ballots with as many names as asked for, in groups of two.
fn ballots(seed: u64, people: usize, others: usize, names: usize) -> Vec<Ballot> {
    let one = |person: usize| {
        // A step that has no factor in common with a round number of people names nobody twice.
        let first = usize::try_from(draw(seed, person as u64) % others as u64).unwrap();
        let ranked: Vec<usize> = (0..names).map(|place| (first + place * 7_919) % others).collect();
        Ballot { groups: ranked.chunks(2).map(<[usize]>::to_vec).collect() }
    };
    (0..people).map(one).collect()
}

#[divan::bench(args = [10, 1_000], sample_count = 3, sample_size = 1)]
fn stable_1000(bencher: Bencher<'_, '_>, names: usize) {
    let seats = seats(1_000, 1);
    let (mentors, mentees) = (ballots(1, 1_000, 1_000, 1_000), ballots(2, 1_000, 1_000, names));
    let problem = BallotProblem {
        mentors: &seats,
        mentees: &seats,
        mentor_ballots: &mentors,
        mentee_ballots: &mentees,
        vetoes: None,
        proposing: Side::Mentee,
        seed: 1,
    };
    bencher.bench_local(|| stable(&problem).unwrap());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn elected_1000_with_5_choices(bencher: Bencher<'_, '_>) {
    let (scores, seats) = (matrix("topics", 1_000, 1_000), seats(1_000, 1));
    let mentees = ballots(2, 1_000, 1_000, 5);
    bencher.bench_local(|| elected(&problem(&scores, &seats, &seats), &mentees, &[]).unwrap());
}
