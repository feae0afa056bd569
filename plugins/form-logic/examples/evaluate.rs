//! Evaluates expressions and forms, JSON lines in and JSON lines out: for comparing with others (`tests/peers`).
//!
//! A line is `{"expression", "answers", "this", "today", "now"}` and becomes `{"kind", "text", "truth", "number"}` (a number that
//! is NaN or infinite is a string) or `{"error"}`; or it is `{"survey", "answers"}` and becomes an outcome or
//! `{"problems"}`.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use form_logic::expression::{Answers, Scope};
use form_logic::{Expression, Form, Survey, Value};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::BufRead;

#[derive(Deserialize)]
struct Line {
    expression: String,
    #[serde(default)]
    answers: BTreeMap<String, String>,
    #[serde(default)]
    this: String,
    #[serde(default)]
    today: String,
    #[serde(default)]
    now: String,
}

impl Answers for Line {
    fn answer(&self, question: &str) -> &str {
        self.answers.get(question).map_or("", String::as_str)
    }

    fn choice_label(&self, _: &str, _: &str) -> Option<String> {
        None
    }
}

fn expression(line: &Line) -> Json {
    let expression: Expression = match line.expression.parse() {
        Ok(expression) => expression,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let scope = Scope { answers: line, this: &line.this, today: &line.today, now: &line.now };
    match expression.evaluate(scope) {
        Ok(value) => {
            let number = value.number(0);
            let number = if number.is_finite() { json!(number) } else { json!(number.to_string()) };
            let kind = match &value {
                Value::Text(_) => "text",
                Value::Number(_) => "number",
                Value::Truth(_) => "truth",
                Value::Date(_) => "date",
            };
            json!({ "kind": kind, "truth": value.truth(), "number": number, "text": value.into_text() })
        }
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn form(line: &Json) -> Result<Json, Box<dyn Error>> {
    let survey: Survey = serde_json::from_value(line["survey"].clone())?;
    let answers = serde_json::from_value(json!({ "answers": line["answers"], "context": line["context"] }))?;
    Ok(match Form::new(&survey) {
        Ok(form) => json!(form.evaluate(&answers)?),
        Err(problems) => json!({ "problems": problems }),
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    for line in std::io::stdin().lock().lines() {
        let mut line: Json = serde_json::from_str(&line?)?;
        let result = if line.get("expression").is_some() {
            expression(&serde_json::from_value(line)?)
        } else {
            if line["context"].is_null() {
                line["context"] = json!({});
            }
            form(&line)?
        };
        println!("{result}");
    }
    Ok(())
}
