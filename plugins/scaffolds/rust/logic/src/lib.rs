//! Asks for a reason where a score is low: change this into your own logic.
//!
//! The survey comes as JSON with its `questions`; the result names what is visible, required and wrong. Questions are
//! matched by name: a question `NAME_why` is asked if the number `NAME` is at most 2.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use turnabout_plugin_sdk::{Logic, LogicDescription, LogicFailure};

/// The end of a follow-up question's name.
const WHY: &str = "_why";
/// From this answer downwards a reason is asked for.
const LOW: f64 = 2.0;

/// What the logic needs to know of a survey; other members are ignored.
#[derive(Debug, Deserialize)]
pub struct Survey {
    questions: Vec<Question>,
}

#[derive(Debug, Deserialize)]
struct Question {
    name: String,
}

/// The answers so far.
#[derive(Debug, Deserialize)]
pub struct Given {
    answers: Map<String, Value>,
}

/// What follows from them.
#[derive(Debug, Default, Serialize)]
pub struct Outcome {
    visible: Vec<String>,
    required: Vec<String>,
    wrong: Vec<Wrong>,
    computed: Map<String, Value>,
    labels: Map<String, Value>,
    answers: Map<String, Value>,
    scores: Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct Wrong {
    name: String,
    code: String,
    message: String,
}

/// Something wrong with a survey.
#[derive(Debug, Serialize)]
pub struct Problem {
    question: String,
    column: String,
    code: String,
    message: String,
}

/// The logic.
#[derive(Debug)]
pub struct MyPlugin;

impl Logic for MyPlugin {
    type Survey = Survey;
    type Answers = Given;
    type Outcome = Outcome;
    type Problem = Problem;

    const DESCRIPTION: LogicDescription =
        LogicDescription { id: "my-plugin", version: env!("CARGO_PKG_VERSION"), functions: &[] };

    fn check(survey: &Survey) -> Vec<Problem> {
        let orphan = |question: &&Question| {
            let about = question.name.strip_suffix(WHY);
            about.is_some_and(|about| !survey.questions.iter().any(|other| other.name == about))
        };
        let problem = |question: &Question| Problem {
            question: question.name.clone(),
            column: "name".into(),
            code: "orphan".into(),
            message: "it asks why, and there is no question that it is about".into(),
        };
        survey.questions.iter().filter(orphan).map(problem).collect()
    }

    fn evaluate(survey: &Survey, given: &Given) -> Result<Outcome, LogicFailure> {
        let mut outcome = Outcome::default();
        for Question { name } in &survey.questions {
            let asks_why = name.strip_suffix(WHY);
            let low = |about: &str| given.answers.get(about).and_then(Value::as_f64).is_some_and(|score| score <= LOW);
            if asks_why.is_some_and(|about| !low(about)) {
                continue;
            }
            outcome.visible.push(name.clone());
            if let Some(answer) = given.answers.get(name) {
                outcome.answers.insert(name.clone(), answer.clone());
            } else if asks_why.is_some() {
                outcome.required.push(name.clone());
                outcome.wrong.push(Wrong {
                    name: name.clone(),
                    code: "required".into(),
                    message: "Please say why.".into(),
                });
            }
        }
        Ok(outcome)
    }
}

turnabout_plugin_sdk::export_logic!(MyPlugin);
