//! Random surveys and answers: no panic, and what must hold of every outcome.

use form_logic::{Answers, Form, Survey};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: [&str; 11] =
    ["single", "multiple", "likert", "text", "integer", "decimal", "date", "note", "group", "ranking", "calculate"];

/// Expressions that are meaningful for answers of any kind, with places for two answers.
const EXPRESSIONS: [&str; 8] = [
    "",
    "",
    "string-length(A) > 1",
    "if(A = '', 1, B)",
    "concat(A, '-', B)",
    "A = B",
    "once(coalesce(A, B))",
    "number(concat(A, B)) > 2",
];

/// An expression, as numbers to draw its form and the two answers from.
type Draw = (usize, u8, u8);

fn draw() -> impl Strategy<Value = Draw> {
    (0..EXPRESSIONS.len(), any::<u8>(), any::<u8>())
}

fn expression((form, a, b): Draw, earlier: &[String], all: &[String]) -> String {
    // Mostly earlier questions, so that few surveys go in circles; some do, and are refused.
    let name = |draw: u8| {
        let names = if draw < 250 { earlier } else { all };
        names.get(usize::from(draw) % names.len().max(1)).map(|name| format!("${{{name}}}"))
    };
    match (name(a), name(b)) {
        (Some(a), Some(b)) => EXPRESSIONS[form].replace('A', &a).replace('B', &b),
        _ => String::new(),
    }
}

fn questions() -> impl Strategy<Value = Vec<Value>> {
    let question = (0..KINDS.len(), draw(), draw(), draw(), any::<bool>());
    prop::collection::vec(question, 1..8).prop_map(|questions| {
        let without = |kind: &str| matches!(kind, "note" | "group");
        let all: Vec<String> =
            (0..questions.len()).filter(|n| !without(KINDS[questions[*n].0])).map(|n| format!("q{n}")).collect();
        let mut earlier = Vec::new();
        let mut list: Vec<Value> = Vec::new();
        for (n, (kind, relevant, constraint, calculation, inside)) in questions.into_iter().enumerate() {
            let (kind, name) = (KINDS[kind], format!("q{n}"));
            let mut question = json!({
                "name": name, "type": kind, "relevant": expression(relevant, &earlier, &all), "questions": [],
                "label": earlier.last().map(|last| format!("After ${{{last}}}")),
                "choices": [{ "name": "a" }, { "name": "b" }, { "name": "1" }],
            });
            if !without(kind) {
                question["required"] = json!(true);
                question["constraint"] = json!(expression(constraint, &earlier, &all));
                earlier.push(name);
            }
            if kind == "calculate" {
                let calculation = expression(calculation, &earlier[..earlier.len() - 1], &all);
                question["calculation"] = json!(if calculation.is_empty() { "today() + 1" } else { &calculation });
            }
            match list.last_mut() {
                Some(group) if inside && group["type"] == "group" => {
                    group["questions"].as_array_mut().expect("a list").push(question);
                }
                _ => list.push(question),
            }
        }
        list
    })
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
        // Were too many refused, proptest would fail.
        let form = Form::new(&survey);
        prop_assume!(form.is_ok());
        let form = form.expect("as assumed");
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
