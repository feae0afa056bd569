//! Whole surveys through the library, as JSON in and JSON out.

#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "surveys are written in place, and tables are long"
)]

mod documents;
mod evaluating;
mod problems;
mod random;
mod speed;

use form_logic::{Answers, Form, Outcome, Problem, Survey};
use serde_json::{Value, json};

fn survey(survey: Value) -> Survey {
    serde_json::from_value(survey).expect("a survey")
}

/// What a survey makes of answers on 31 January 2026.
fn outcome(of: Value, answers: Value) -> Outcome {
    outcome_in(of, answers, "")
}

fn outcome_in(of: Value, answers: Value, language: &str) -> Outcome {
    let survey = survey(of);
    let context = json!({ "today": "2026-01-31", "now": "2026-01-31T09:30:00.000+01:00", "language": language });
    let answers: Answers = serde_json::from_value(json!({ "answers": answers, "context": context })).expect("answers");
    let form = Form::new(&survey).unwrap_or_else(|problems| panic!("{problems:?}"));
    form.evaluate(&answers).unwrap_or_else(|failure| panic!("{failure}"))
}

fn problems(of: Value) -> Vec<Problem> {
    Form::new(&survey(of)).err().unwrap_or_default()
}

fn json<T: serde::Serialize>(value: T) -> Value {
    serde_json::to_value(value).expect("JSON")
}
