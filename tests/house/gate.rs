//! Figures about people have one way out, and answers one way in to them.

use crate::{
    manifests::crates,
    source::{code, names, relative, shipped},
};

/// Where answers are read: kept and taken back, asked for a pair at risk, brought into memory as ballots, and evaluated.
const READS_ANSWERS: [&str; 4] = [
    "engine/live/src/act.rs",
    "engine/live/src/evaluation.rs",
    "engine/live/src/loaded.rs",
    "engine/live/src/risks.rs",
];

/// The one place where verdicts are asked for, for all figures of a run at once.
const RELEASES: &str = "engine/core/src/results/report.rs";

#[test]
fn figures_are_released_in_one_place() {
    let mut found = Vec::new();
    for name in crates() {
        for source in shipped(&name) {
            let code = code(source.before_tests());
            if code.contains("release(&") && !code.contains("pub fn release(") {
                found.push(relative(&source.path));
            }
        }
    }
    assert_eq!(found, [RELEASES]);
}

#[test]
fn answers_are_read_where_they_are_kept_and_evaluated_and_nowhere_else() {
    let mut found = Vec::new();
    for name in crates().iter().filter(|name| *name != "core") {
        for source in shipped(name) {
            if code(source.before_tests()).contains("StoreTable::Responses") {
                found.push(relative(&source.path));
            }
        }
    }
    found.sort();
    assert_eq!(found, READS_ANSWERS);
}

#[test]
fn no_letter_has_a_figure() {
    let letters = shipped("render").into_iter().filter(|source| relative(&source.path).contains("/messages/"));
    let mut seen = 0;
    for source in letters {
        seen += 1;
        let code = code(source.before_tests());
        assert!(!names(&code, "results") && !names(&code, "Evaluation"), "{}", relative(&source.path));
    }
    assert!(seen > 5, "the letters' rooms were not found");
}
