//! Random surveys and answers: no panic, and what must hold of every outcome.

use form_logic::{Answers, Form, Survey};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: [&str; 11] =
    ["single", "multiple", "likert", "text", "integer", "decimal", "date", "note", "group", "ranking", "calculate"];

/// Expressions over q0 to q7, which may be missing, hidden or of any kind.
fn expressions() -> impl Strategy<Value = String> {
    let answer = || (0..8u8).prop_map(|n| format!("${{q{n}}}"));
    prop_oneof![
        3 => Just(String::new()),
        2 => (answer(), "[<>=]", "[0-9]").prop_map(|(a, sign, b)| format!("{a} {sign} {b}")),
        1 => (answer(), answer()).prop_map(|(a, b)| format!("if({a} = '', 1, {b})")),
        1 => (answer(), answer()).prop_map(|(a, b)| format!("concat({a}, '-', {b})")),
        1 => answer().prop_map(|a| format!("selected({a}, 'a') or count-selected({a}) > 1")),
        1 => answer().prop_map(|a| format!("once({a})")),
    ]
}

fn questions() -> impl Strategy<Value = Vec<Value>> {
    let question = (0..KINDS.len(), expressions(), expressions(), expressions(), any::<bool>());
    prop::collection::vec(question, 1..8).prop_map(|questions| {
        let mut list: Vec<Value> = Vec::new();
        for (n, (kind, relevant, constraint, calculation, inside)) in questions.into_iter().enumerate() {
            let kind = KINDS[kind];
            let question = json!({
                "name": format!("q{n}"), "type": kind, "label": "${q0}", "relevant": relevant, "required": true,
                "constraint": constraint, "calculation": if kind == "calculate" { calculation } else { String::new() },
                "choices": [{ "name": "a" }, { "name": "b" }, { "name": "1" }], "questions": [],
            });
            match list.last_mut() {
                Some(group) if inside && group["type"] == "group" => {
                    group["questions"].as_array_mut().expect("a list").push(question);
                }
                _ => list.push(question),
            }
        }
        for question in &mut list {
            trim(question);
        }
        list
    })
}

/// Takes away what its kind must not have.
fn trim(question: &mut Value) {
    if matches!(question["type"].as_str(), Some("note" | "group")) {
        question["required"] = json!(false);
        question["constraint"] = json!("");
    }
    for inner in question["questions"].as_array_mut().expect("a list") {
        trim(inner);
    }
}

fn answers() -> impl Strategy<Value = Value> {
    let answer = prop_oneof![
        Just(Value::Null),
        any::<i32>().prop_map(Value::from),
        (-10.0..10.0f64).prop_map(Value::from),
        prop::sample::select(vec!["a", "b", "1", "a b", "2026-01-31", "", " ", "ü"]).prop_map(Value::from),
        prop::collection::vec("[ab1c]", 0..3).prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    prop::collection::btree_map("q[0-9]", answer, 0..9).prop_map(|answers| json!(answers))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn every_outcome_is_sound(questions in questions(), answers in answers()) {
        let survey: Survey = serde_json::from_value(json!({ "questions": questions })).expect("a survey");
        let Ok(form) = Form::new(&survey) else { return Ok(()) };
        let read = |answers: &Value| -> Answers {
            let context = json!({ "today": "2026-01-31" });
            serde_json::from_value(json!({ "answers": answers, "context": context })).expect("answers")
        };
        let outcome = form.evaluate(&read(&answers)).expect("no pattern that could fail");
        for name in outcome.required.iter().chain(outcome.wrong.iter().map(|wrong| &wrong.name)) {
            let computed = outcome.computed.contains_key(name);
            prop_assert!(computed || outcome.visible.contains(name), "{} is hidden and asked for", name);
        }
        for name in outcome.answers.keys() {
            let computed = outcome.computed.contains_key(name);
            prop_assert!(computed || outcome.visible.contains(name), "{} is hidden and kept", name);
        }
        // What was cleaned is clean: a second time nothing moves, and only what could not be read is no longer wrong.
        let again = form.evaluate(&read(&json!(outcome.answers))).expect("as before");
        prop_assert_eq!(&again.answers, &outcome.answers);
        prop_assert_eq!(&again.visible, &outcome.visible);
        prop_assert_eq!(&again.labels, &outcome.labels);
    }
}
