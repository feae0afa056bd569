//! The logic as the contract's component.

use crate::{Answers, FUNCTIONS, Form, Outcome, Problem, Survey};
use turnabout_plugin_sdk::{Logic, LogicDescription, LogicFailure};

/// The standard survey logic.
#[derive(Debug, Clone, Copy)]
pub struct FormLogic;

impl Logic for FormLogic {
    type Survey = Survey;
    type Answers = Answers;
    type Outcome = Outcome;
    type Problem = Problem;

    const DESCRIPTION: LogicDescription =
        LogicDescription { id: "form-logic", version: env!("CARGO_PKG_VERSION"), functions: FUNCTIONS };

    fn check(survey: &Survey) -> Vec<Problem> {
        Form::new(survey).err().unwrap_or_default()
    }

    fn evaluate(survey: &Survey, answers: &Answers) -> Result<Outcome, LogicFailure> {
        let form = Form::new(survey).map_err(|problems| refuse(&problems))?;
        form.evaluate(answers).map_err(|failure| LogicFailure::new(failure.to_string()).about(failure.question))
    }
}

/// The first of the problems, and how many there are.
fn refuse(problems: &[Problem]) -> LogicFailure {
    let Some(first) = problems.first() else {
        return LogicFailure::new("the survey can't be used");
    };
    let more = match problems.len() {
        0 | 1 => String::new(),
        many => format!(" (and {} more)", many - 1),
    };
    LogicFailure::new(format!("{first}{more}")).about(first.question.as_str())
}

turnabout_plugin_sdk::export_logic!(FormLogic);
