//! A journey: one thread of a run's script.

use crate::replay::Memory;
use smol_str::SmolStr;
use turnabout_model::{JourneyCause, JourneyId, Problem, Value};

/// How far a journey has come.
#[derive(Debug, Clone, PartialEq)]
pub enum JourneyStatus {
    /// It runs, or rather waits.
    Active,
    /// It can't go on and waits for a person.
    Parked(Box<Problem>),
    /// It is to end and waits for its children.
    Cancelling,
    /// It has ended early.
    Cancelled,
    /// Its function returned.
    Finished(Value),
}

/// One thread of a run's script.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Which one.
    pub id: JourneyId,
    /// The script function.
    pub function: SmolStr,
    /// Its arguments.
    pub arguments: Vec<Value>,
    /// Why it exists.
    pub cause: JourneyCause,
    /// How far it has come.
    pub status: JourneyStatus,
    /// Its part of the journal.
    pub memory: Memory,
}

impl Journey {
    /// Tells whether it has ended, one way or the other.
    pub fn ended(&self) -> bool {
        matches!(self.status, JourneyStatus::Finished(_) | JourneyStatus::Cancelled)
    }

    /// Tells whether it may be woken.
    pub fn active(&self) -> bool {
        self.status == JourneyStatus::Active
    }

    /// The steps that wait, in no particular order.
    pub(crate) fn waiting_steps(&self) -> Vec<turnabout_model::StepKey> {
        self.memory.waiting().map(|(step, ..)| step).collect()
    }

    /// The problem for which it is parked.
    pub fn problem(&self) -> Option<&Problem> {
        match &self.status {
            JourneyStatus::Parked(problem) => Some(problem),
            _ => None,
        }
    }
}
