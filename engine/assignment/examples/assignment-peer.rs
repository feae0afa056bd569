//! Times `optimal` on the matrices of tests/peers/assignment.py: `peer SIZE KIND...` prints a line of JSON a kind.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)] // it measures, and it is for programs

#[path = "../benches/samples.rs"]
mod samples;

use std::time::Instant;
use turnabout_assignment::{Problem, optimal};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let size: usize = arguments.next().and_then(|size| size.parse().ok()).unwrap_or(1_000);
    let kinds: Vec<String> = arguments.collect();
    let kinds = if kinds.is_empty() { samples::KINDS.map(String::from).to_vec() } else { kinds };
    let people = samples::seats(size, 1);
    for kind in kinds {
        let scores = samples::matrix(&kind, size, size);
        let problem =
            Problem { scores: &scores, mentors: &people, mentees: &people, pins: &[], forbidden: &[], seed: 1 };
        let began = Instant::now();
        let optimum = optimal(&problem).unwrap();
        let seconds = began.elapsed().as_secs_f64();
        assert!(optimum.is_proven());
        let (pairs, total) = (optimum.pairs().len(), optimum.total_millionths());
        println!(
            r#"{{"kind": "{kind}", "size": {size}, "seconds": {seconds:.4}, "pairs": {pairs}, "total": {total}}}"#
        );
    }
}
