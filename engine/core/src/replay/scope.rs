//! One evaluation's way through the scopes of a journey: where it is, and what it has come past.

use super::key::{ROOT, ScopeKey, branch_scope, step_key};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use turnabout_model::{Address, StepKey, Within};

/// Where a step stands in this evaluation.
pub(super) struct Place {
    pub(super) step: StepKey,
    pub(super) nth: u32,
}

/// A scope that the evaluation is in.
#[derive(Debug)]
struct Frame {
    scope: ScopeKey,
    within: Within,
    /// The composite is complete, so the branch is only looked at.
    closed: bool,
}

/// What the evaluation has come past in one scope.
#[derive(Debug, Default)]
struct Passed {
    matched: Vec<StepKey>,
    /// How often each verb and label has been asked for, by the key of its first occurrence.
    occurrences: FxHashMap<StepKey, u32>,
}

/// The way of one evaluation.
#[derive(Debug, Default)]
pub(super) struct Visit {
    frames: Vec<Frame>,
    passed: FxHashMap<ScopeKey, Passed>,
}

impl Visit {
    /// The scope the evaluation is in.
    pub(super) fn scope(&self) -> ScopeKey {
        self.frames.last().map_or(ROOT, |frame| frame.scope)
    }

    /// Tells whether any enclosing composite is complete.
    pub(super) fn in_closed(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.closed)
    }

    /// Gives the next occurrence of a verb and label its key.
    pub(super) fn place(&mut self, verb: &str, label: &str) -> Place {
        let scope = self.scope();
        let first = step_key(scope, verb, label, 0);
        let count = self.passed.entry(scope).or_default().occurrences.entry(first).or_insert(0);
        let nth = *count;
        *count += 1;
        Place { step: if nth == 0 { first } else { step_key(scope, verb, label, nth) }, nth }
    }

    /// Notes that a recorded step was come past.
    pub(super) fn matched(&mut self, step: StepKey) {
        let scope = self.scope();
        self.passed.entry(scope).or_default().matched.push(step);
    }

    /// How many recorded steps of a scope were come past.
    pub(super) fn count(&self, scope: ScopeKey) -> usize {
        self.passed.get(&scope).map_or(0, |passed| passed.matched.len())
    }

    /// Tells whether a recorded step was come past.
    pub(super) fn has(&self, scope: ScopeKey, step: StepKey) -> bool {
        self.passed.get(&scope).is_some_and(|passed| passed.matched.contains(&step))
    }

    /// Goes into a branch.
    pub(super) fn enter(&mut self, step: StepKey, branch: u32, closed: bool) {
        let closed = closed || self.in_closed();
        self.frames.push(Frame { scope: branch_scope(step, branch), within: Within { step, branch }, closed });
    }

    /// Comes out of a branch and says which it was.
    pub(super) fn leave(&mut self) -> ScopeKey {
        self.frames.pop().map_or(ROOT, |frame| frame.scope)
    }

    /// Writes the full address of a step in the current scope.
    pub(super) fn address(&self, verb: &str, label: &str, nth: u32) -> Address {
        let within = self.frames.last().map(|frame| frame.within);
        Address { within, verb: SmolStr::new(verb), label: SmolStr::new(label), nth }
    }
}
