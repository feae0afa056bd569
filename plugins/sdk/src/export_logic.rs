//! From the contract's calls to a [`Logic`] and back.

use crate::logic_bindings::exports::turnabout::plugin::logic as wit;
use crate::{Logic, LogicFailure, json, log};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// A logic behind the contract's functions. `export_logic!` makes a component of it.
#[derive(Debug)]
pub struct ExportedLogic<L>(PhantomData<L>);

impl<L: Logic> wit::Guest for ExportedLogic<L> {
    fn describe() -> String {
        log::report_panics();
        // A description holds texts and lists of texts.
        json::write(&L::DESCRIPTION).unwrap_or_default()
    }

    fn check(survey: String) -> Result<String, wit::Failure> {
        log::report_panics();
        Ok(write(&L::check(&read("survey", &survey)?))?)
    }

    fn evaluate(survey: String, answers: String) -> Result<String, wit::Failure> {
        log::report_panics();
        Ok(write(&L::evaluate(&read("survey", &survey)?, &read("answers", &answers)?)?)?)
    }
}

fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, LogicFailure> {
    json::read_long(text).map_err(|error| LogicFailure::new(["the ", what, " can't be read: ", &error.0].concat()))
}

fn write<T: Serialize>(value: &T) -> Result<String, LogicFailure> {
    json::write(value).map_err(|error| LogicFailure::new(["the result can't be written: ", &error.0].concat()))
}

impl From<LogicFailure> for wit::Failure {
    fn from(failure: LogicFailure) -> Self {
        Self { message: failure.message, question: failure.question }
    }
}
