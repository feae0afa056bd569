//! Flags a pair at risk from its check-ins: by codes and numbers, never by text.
//!
//! What people write is not looked at: a text counts only if the settings name it as a choice's code, and nothing of an
//! answer is in the result.

mod flags;
mod json;
#[cfg(test)]
mod tests;

pub use flags::{Flag, Outcome};
pub use json::{CheckIn, CheckIns, Context, Given, Problem, Settings, Signal};

use turnabout_plugin_sdk::{Logic, LogicDescription, LogicFailure};

/// The logic.
#[derive(Debug, Clone, Copy)]
pub struct PulseRisk;

impl Logic for PulseRisk {
    type Survey = Settings;
    type Answers = CheckIns;
    type Outcome = Outcome;
    type Problem = Problem;

    const DESCRIPTION: LogicDescription =
        LogicDescription { id: "pulse-risk", version: env!("CARGO_PKG_VERSION"), functions: &[] };

    fn check(settings: &Settings) -> Vec<Problem> {
        json::check(settings)
    }

    fn evaluate(settings: &Settings, check_ins: &CheckIns) -> Result<Outcome, LogicFailure> {
        match json::check(settings).first() {
            Some(problem) => Err(LogicFailure::new(problem.message.as_str()).about(problem.question.as_str())),
            None => flags::flags(settings, check_ins).map_err(LogicFailure::new),
        }
    }
}

turnabout_plugin_sdk::export_logic!(PulseRisk);
