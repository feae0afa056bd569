//! Composite verbs: `together`, `race`, `repeat_until`, `every`. Structured concurrency without threads.

use super::{Answer, Asked, Found, Mode, Replay, StepState, key::branch_scope};
use jiff::Timestamp;
use turnabout_model::{Position, StepKey, Value};

/// An open composite step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Composite {
    /// Its key.
    pub step: StepKey,
    /// When it opened.
    pub began: Timestamp,
    /// When it ends by itself.
    pub ends: Option<Timestamp>,
    /// It has its value already and is only looked at: a full replay.
    closed: bool,
}

/// What opening a composite says to the script.
#[derive(Debug, Clone, PartialEq)]
pub enum Opened {
    /// It has its value.
    Done(Value),
    /// Run its branches.
    Open(Composite),
    /// The evaluation is over.
    Stop,
    /// An enclosing composite is complete, and this one was never reached: the branch waits.
    Suspend,
}

/// What entering a branch says to the script.
#[derive(Debug, Clone, PartialEq)]
pub enum Branch {
    /// It has its value.
    Done(Value),
    /// Run it, then leave it.
    Run,
}

/// A branch came to its end.
const BRANCH_RETURNED: (&str, &Found) = ("the branch returned", &Found::Returned);

impl Replay {
    /// Opens a composite verb, which ends by itself at `ends` if that is given.
    pub fn open(&mut self, verb: &str, label: &str, ends: Option<Timestamp>, position: &Position) -> Opened {
        let place = self.visit.place(verb, label);
        match self.recorded(place.step, verb, label, position) {
            Some(Answer::Stop) => return Opened::Stop,
            Some(Answer::Value(value)) if self.mode == Mode::Quick => return Opened::Done(value),
            Some(_) => {
                let record = self.memory.step(place.step).expect("invariant: it was just found");
                let closed = !matches!(record.state, StepState::Waiting(_));
                let (began, ends) = record.span.unwrap_or((self.now, ends));
                return Opened::Open(Composite { step: place.step, began, ends, closed });
            }
            None => {}
        }
        if self.visit.in_closed() {
            return Opened::Suspend;
        }
        let address = self.visit.address(verb, label, place.nth);
        if !self.may_ask(&address, position) {
            return Opened::Stop;
        }
        self.asked.push(Asked::Open { step: place.step, address, ends });
        Opened::Open(Composite { step: place.step, began: self.now, ends, closed: false })
    }

    /// Goes into a branch, unless it has its value.
    pub fn enter(&mut self, composite: Composite, branch: u32) -> Branch {
        if self.mode == Mode::Quick
            && let Some(value) = self.branch_value(composite, branch)
        {
            return Branch::Done(value.clone());
        }
        let done = self.branch_value(composite, branch).is_some();
        self.visit.enter(composite.step, branch, composite.closed || done);
        Branch::Run
    }

    /// Comes out of a branch: with what it returned, or with nothing if it waits or failed. Gives the branch's value.
    pub fn leave(
        &mut self,
        composite: Composite,
        branch: u32,
        returned: Option<Value>,
        position: &Position,
    ) -> Option<Value> {
        let scope = self.visit.leave();
        if self.problem.is_some() {
            return None;
        }
        let recorded = self.branch_value(composite, branch).cloned();
        let value = match (returned, recorded) {
            (None, None) => return None,
            // A full replay of a branch that was complete: what it returns now must not replace what was recorded.
            (_, Some(recorded)) => recorded,
            (Some(value), None) => {
                if !self.nothing_left(scope, BRANCH_RETURNED, position) {
                    return None;
                }
                if !composite.closed && !self.visit.in_closed() {
                    if self.asks_too_much(position) {
                        return None;
                    }
                    self.asked.push(Asked::BranchDone { step: composite.step, branch, value: value.clone() });
                }
                return Some(value);
            }
        };
        self.nothing_left(scope, BRANCH_RETURNED, position).then_some(value)
    }

    /// Gives a composite its value; in a full replay, the value it had.
    pub fn close(&mut self, composite: Composite, value: Value) -> Value {
        if let Some(StepState::Done(recorded)) = self.memory.state(composite.step) {
            return recorded.clone();
        }
        if !self.visit.in_closed() {
            self.asked.push(Asked::Close { step: composite.step, value: value.clone() });
        }
        value
    }

    /// Says how a composite that was complete ended, once a full replay has looked at its branches.
    pub fn closed_value(&self, composite: Composite) -> Option<Opened> {
        match self.memory.state(composite.step) {
            Some(StepState::Done(value)) => Some(Opened::Done(value.clone())),
            Some(StepState::Dropped) => Some(Opened::Suspend),
            _ => None,
        }
    }

    /// The first iteration to look at: all of them in a full replay, else the first without a value.
    pub fn first_iteration(&self, composite: Composite) -> u32 {
        match self.mode {
            Mode::Full => 0,
            Mode::Quick => self.iterations(composite),
        }
    }

    /// Tells whether a loop's iteration has left any trace: an iteration that has not is not looked at once the loop
    /// is complete.
    pub fn has_iteration(&self, composite: Composite, branch: u32) -> bool {
        self.branch_value(composite, branch).is_some()
            || !self.memory.recorded_in(branch_scope(composite.step, branch)).is_empty()
    }

    /// Tells whether a round of a loop is passed over, without a step: the next one was due before this one began.
    pub fn is_skipped(&self, composite: Composite, branch: u32, next_due: Timestamp) -> bool {
        let untouched = self.memory.recorded_in(branch_scope(composite.step, branch)).is_empty();
        untouched && (self.branch_is_done(composite, branch) || next_due <= self.now)
    }

    /// Tells whether a branch has its value.
    pub fn branch_is_done(&self, composite: Composite, branch: u32) -> bool {
        self.branch_value(composite, branch).is_some()
    }

    /// How many iterations of a loop are complete.
    fn iterations(&self, composite: Composite) -> u32 {
        let count = self.memory.step(composite.step).map_or(0, |record| record.branches.len());
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn branch_value(&self, composite: Composite, branch: u32) -> Option<&Value> {
        self.memory.step(composite.step).and_then(|record| record.branches.get(&branch))
    }
}
