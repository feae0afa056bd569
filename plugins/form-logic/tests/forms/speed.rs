//! Work is bounded by the survey's size, however its expressions depend on each other.

use super::outcome;
use serde_json::{Value, json};

#[test]
fn doubling_texts_end_with_a_failure_rather_than_with_all_memory() {
    let question = |n: usize| {
        let calculation = if n == 0 { "'0123456789'".into() } else { format!("concat(${{q{0}}}, ${{q{0}}})", n - 1) };
        json!({ "name": format!("q{n}"), "type": "calculate", "calculation": calculation })
    };
    let survey = |count| json!({ "questions": (0..count).map(question).collect::<Vec<_>>() });
    assert_eq!(outcome(survey(5), json!({})).computed.len(), 5);
    // An answer that is too long is none, computed or not, and the next starts from nothing.
    let long = outcome(survey(60), json!({}));
    assert_eq!(long.wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["length"]);
    assert_eq!(serde_json::to_value(&long.computed["q59"]).expect("JSON"), Value::Null);
}
