//! Looking at a script without letting it do anything: where it comes past recorded steps, and what it would have them
//! wait for.

use super::{
    Composite, Replay, StepState,
    key::{ROOT, ScopeKey},
};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use turnabout_model::{Address, Position, Problem, StepKey, Value};

/// What a script did where the journal has another step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It asked for a step that the journal does not have.
    Asked(Address),
    /// It came to this step without it.
    Passed(Address),
    /// Its function or branch returned.
    Returned,
}

/// Where a script no longer matches its journal: the two steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// The key of the step that the journal has.
    pub step: StepKey,
    /// The step that the journal has and the script has not come past.
    pub expected: Address,
    /// What the script did instead.
    pub found: Found,
    /// Where in the script.
    pub position: Position,
}

/// A waiting step as the script has it now.
#[derive(Debug, Clone, PartialEq)]
pub struct Waited {
    /// Its key.
    pub step: StepKey,
    /// What the script passes.
    pub arguments: Vec<Value>,
    /// When it would end by itself, of a loop.
    pub ends: Option<Timestamp>,
}

/// What the code of a branch says, wherever it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchText {
    /// The text without comments and white space: the same for the same code.
    pub code: String,
    /// How it begins, for people.
    pub shown: String,
    /// Where it stands.
    pub position: Position,
}

/// What a branch was given of the variables around it.
#[derive(Debug, Clone, PartialEq)]
pub enum Captured {
    /// Plain data.
    Value(Value),
    /// Another closure or function, by its code; or what can't be kept, such as a range, as it is written.
    Code(String),
}

/// A branch as a script has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Its code, as all branches that were written in the same place share it.
    pub text: Arc<BranchText>,
    /// The variables that it captured, in the order of its code.
    pub captured: Vec<Captured>,
}

/// What was noted on the way of one evaluation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// Where in the script each recorded step stands.
    pub places: FxHashMap<StepKey, Position>,
    /// The waiting steps in the order in which the script came past them.
    pub waited: Vec<Waited>,
    /// The branches of each `together` and `race` that is open, outer ones first.
    pub branches: Vec<(StepKey, Vec<Written>)>,
}

impl Replay {
    /// Notes on the way where recorded steps stand and what waiting ones are passed.
    #[must_use]
    pub fn looking(mut self) -> Self {
        self.look = Some(Box::default());
        self
    }

    /// Tells whether anything is noted.
    pub fn is_looking(&self) -> bool {
        self.look.is_some()
    }

    /// What was noted.
    pub fn take_look(&mut self) -> Look {
        self.look.take().map(|look| *look).unwrap_or_default()
    }

    /// The first step that the journal has and the script, which waits now, has gone past: it would diverge as soon as it
    /// went on. A wake does not look for it, since nothing new is asked for.
    pub fn overlooked(&self) -> Option<Divergence> {
        self.overlooked_in(ROOT, None)
    }

    fn overlooked_in(&self, scope: ScopeKey, around: Option<StepKey>) -> Option<Divergence> {
        let recorded = self.memory.recorded_in(scope);
        let passed = recorded.iter().rev().find(|step| self.visit.has(scope, **step)).copied();
        if let Some(missed) = recorded.iter().find(|step| !self.visit.has(scope, **step)) {
            // Where the script waits instead, or the composite whose branch it no longer has.
            let stands = passed.or(around);
            let found =
                stands.and_then(|step| self.memory.address(step)).cloned().map_or(Found::Returned, Found::Passed);
            let places = self.look.as_ref().map(|look| &look.places);
            let position = stands.and_then(|step| places?.get(&step)).cloned().unwrap_or_default();
            let expected = self.memory.address(*missed).cloned()?;
            return Some(Divergence { step: *missed, expected, found, position });
        }
        let closing = |step: StepKey| {
            self.asked.iter().any(|asked| matches!(asked, super::Asked::Close { step: closed, .. } if *closed == step))
        };
        let open = recorded.iter().filter(|step| self.memory.waits(**step).is_some() && !closing(**step));
        open.flat_map(|step| self.memory.open_branches(*step).into_iter().map(|inner| (*step, inner)))
            .find_map(|(step, inner)| self.overlooked_in(inner, Some(step)))
    }

    /// The two steps, if the script has diverged.
    pub fn divergence(&self) -> Option<&Divergence> {
        self.divergence.as_deref()
    }

    /// Notes when a loop that is open would end by itself, as the script has it now.
    pub fn look_at_end(&mut self, composite: Composite, ends: Timestamp) {
        let waits = matches!(self.memory.state(composite.step), Some(StepState::Waiting(_)));
        if let Some(look) = self.look.as_mut().filter(|_| waits) {
            look.waited.push(Waited { step: composite.step, arguments: Vec::new(), ends: Some(ends) });
        }
    }

    /// Notes the branches of a `together` or `race` that is open. They are read only then.
    pub fn look_at_branches(&mut self, composite: Composite, branches: impl FnOnce() -> Vec<Written>) {
        let waits = matches!(self.memory.state(composite.step), Some(StepState::Waiting(_)));
        if let Some(look) = self.look.as_mut().filter(|_| waits) {
            look.branches.push((composite.step, branches()));
        }
    }

    pub(super) fn look_at_waiting(&mut self, step: StepKey, arguments: impl FnOnce() -> Result<Vec<Value>, Problem>) {
        let waits = matches!(self.memory.state(step), Some(StepState::Waiting(_)));
        if let Some(look) = self.look.as_mut().filter(|_| waits)
            && let Ok(arguments) = arguments()
        {
            look.waited.push(Waited { step, arguments, ends: None });
        }
    }

    pub(super) fn look_at_place(&mut self, step: StepKey, position: &Position) {
        if let Some(look) = &mut self.look {
            look.places.insert(step, position.clone());
        }
    }
}
