mod errors;
mod properties;
mod values;

use super::{Answers, Expression, Scope};
use std::collections::BTreeMap;

/// Answers for tests; choices' labels are `Label of NAME`.
#[derive(Default)]
struct Given(BTreeMap<String, String>);

impl Answers for Given {
    fn answer(&self, question: &str) -> &str {
        self.0.get(question).map_or("", String::as_str)
    }

    fn choice_label(&self, _: &str, choice: &str) -> Option<String> {
        Some(format!("Label of {choice}"))
    }
}

/// What an expression is worth as text; `.` is `own`.
fn value(expression: &str) -> String {
    let answers = [
        ("age", "42"),
        ("name", "Ana Silva"),
        ("topics", "race faith"),
        ("born", "1990-05-17"),
        ("one", "1"),
        ("zero", "0"),
    ];
    let given = Given(answers.into_iter().map(|(name, answer)| (name.into(), answer.into())).collect());
    let scope = Scope { answers: &given, this: "own", today: "2026-01-31", now: "2026-01-31T12:00:00.000+01:00" };
    let expression: Expression = expression.parse().unwrap_or_else(|error| panic!("{expression}: {error}"));
    match expression.evaluate(scope) {
        Ok(value) => value.into_text(),
        Err(error) => error.to_string(),
    }
}
