//! The README says what is so.

use serde_json::{Value, json};

const README: &str = include_str!("../../README.md");

/// The examples in JSON, in order.
fn examples() -> Vec<Value> {
    let blocks = README.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    blocks.map(|block| serde_json::from_str(block).expect("the example is JSON")).collect()
}

#[test]
fn the_example_evaluates() {
    let [survey, answers] = examples().try_into().expect("two examples");
    let outcome = super::outcome_in(survey, answers["answers"].clone(), "de");
    assert_eq!(outcome.labels["again"], "Schon dabei?");
    assert_eq!(super::json(outcome.scores), json!({ "trust": 4.5 }));
    assert!(outcome.wrong.is_empty());
}

#[test]
fn every_function_is_listed() {
    let list = README.split("parentheses; functions:\n\n`").nth(1).and_then(|rest| rest.split('`').next());
    let mut listed: Vec<&str> = list.expect("the list").split_whitespace().collect();
    let mut known = form_logic::FUNCTIONS.to_vec();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, known);
}
