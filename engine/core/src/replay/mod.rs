//! Replay: what a script may see of its journal, and what it asks for next.
//!
//! A journey is evaluated from the top on every wake. [`Memory`] is the journey's part of the journal, indexed by
//! address; [`Replay`] is one evaluation over it. A step that has its value returns it; one that waits suspends its
//! branch; a new one is collected as [`Asked`] and decided after the evaluation, so that a wake commits whole or not
//! at all.
//!
//! A completed branch is a checkpoint: its captured variables came by value and its result is recorded, so nothing
//! outside it can tell whether it ran again. A [`Mode::Quick`] replay therefore skips it and costs as much as the open
//! steps, however old the journey is; a [`Mode::Full`] replay runs everything, which is how amendments are checked.

mod amend;
mod composite;
mod key;
mod look;
mod memory;
mod scope;

pub use amend::Moves;
pub use composite::{Branch, Composite, Opened};
pub use key::{ROOT, ScopeKey, branch_scope, step_key};
pub use look::{BranchText, Captured, Divergence, Found, Look, Waited, Written};
pub use memory::{Memory, Retention, StepState};

use crate::limits::Limits;
use jiff::Timestamp;
use scope::Visit;
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Address, Position, Problem, StepKey, Value};

/// How much of the past a replay runs again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only what is still open: for a wake.
    Quick,
    /// Everything, completed branches too: for a check. Needs a memory with [`Retention::All`].
    Full,
}

/// The function came to its end.
const RETURNED: (&str, &Found) = ("the function returned", &Found::Returned);

/// Something new that a script asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// A verb that has its value at once.
    Take {
        /// Its key.
        step: StepKey,
        /// Its address.
        address: Address,
        /// Its arguments.
        arguments: Vec<Value>,
        /// Its value.
        value: Value,
        /// Where in the script.
        position: Position,
    },
    /// A verb whose value may have to be waited for.
    Wait {
        /// Its key.
        step: StepKey,
        /// Its address.
        address: Address,
        /// Its arguments.
        arguments: Vec<Value>,
        /// Where in the script.
        position: Position,
    },
    /// A composite verb opened.
    Open {
        /// Its key.
        step: StepKey,
        /// Its address.
        address: Address,
        /// When it ends by itself.
        ends: Option<Timestamp>,
    },
    /// A branch returned.
    BranchDone {
        /// The composite's key.
        step: StepKey,
        /// The branch.
        branch: u32,
        /// What it returned.
        value: Value,
    },
    /// A composite verb has its value; whatever waits inside it no longer does.
    Close {
        /// Its key.
        step: StepKey,
        /// Its value.
        value: Value,
    },
}

/// What a step says to the script.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Go on with this value.
    Value(Value),
    /// This branch waits.
    Suspend,
    /// The evaluation is over; [`Replay::problem`] says why.
    Stop,
}

/// One evaluation of a journey over its memory.
#[derive(Debug)]
pub struct Replay {
    memory: Memory,
    mode: Mode,
    now: Timestamp,
    /// The moment by which things are due.
    clock: Timestamp,
    /// Mixed into `random()`.
    seed: u64,
    limits: Limits,
    visit: Visit,
    asked: Vec<Asked>,
    problem: Option<Problem>,
    divergence: Option<Box<Divergence>>,
    /// What is noted beside, when somebody only looks.
    look: Option<Box<Look>>,
}

impl Replay {
    /// Begins an evaluation at `now`; `seed` differs by run and journey.
    pub fn new(memory: Memory, mode: Mode, now: Timestamp, seed: u64, limits: Limits) -> Self {
        Self {
            memory,
            mode,
            now,
            clock: now,
            seed,
            limits,
            visit: Visit::default(),
            asked: Vec::new(),
            problem: None,
            divergence: None,
            look: None,
        }
    }

    /// The moment of this wake. Scripts reach it only through the journaled verb `now`.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Lets the run's clock stand at a moment, as in a pause: a loop that ends later has not come to its end.
    #[must_use]
    pub fn with_clock(mut self, at: Timestamp) -> Self {
        self.clock = at;
        self
    }

    /// Tells whether a moment has come by the run's clock, which stands still in a pause.
    pub fn has_come(&self, at: Timestamp) -> bool {
        at <= self.clock
    }

    /// What went wrong, if the evaluation was stopped.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// Asks for a verb that has its value at once: `value` now, or what the journal has. The arguments are looked at
    /// only if the step is new.
    pub fn take(
        &mut self,
        verb: &str,
        label: &str,
        arguments: impl FnOnce() -> Result<Vec<Value>, Problem>,
        value: Value,
        position: &Position,
    ) -> Answer {
        let (step, address, arguments) = match self.new_step(verb, label, arguments, position) {
            Ok(new) => new,
            Err(answer) => return answer,
        };
        self.asked.push(Asked::Take { step, address, arguments, value: value.clone(), position: position.clone() });
        Answer::Value(value)
    }

    /// Asks for a verb whose value may have to be waited for. The arguments are looked at only if the step is new.
    pub fn wait(
        &mut self,
        verb: &str,
        label: &str,
        arguments: impl FnOnce() -> Result<Vec<Value>, Problem>,
        position: &Position,
    ) -> Answer {
        let (step, address, arguments) = match self.new_step(verb, label, arguments, position) {
            Ok(new) => new,
            Err(answer) => return answer,
        };
        self.asked.push(Asked::Wait { step, address, arguments, position: position.clone() });
        Answer::Suspend
    }

    /// The key, address and arguments of a step that the journal does not have, or the answer to one that it has.
    fn new_step(
        &mut self,
        verb: &str,
        label: &str,
        arguments: impl FnOnce() -> Result<Vec<Value>, Problem>,
        position: &Position,
    ) -> Result<(StepKey, Address, Vec<Value>), Answer> {
        let place = self.visit.place(verb, label);
        if let Some(answer) = self.recorded(place.step, verb, label, position) {
            self.look_at_waiting(place.step, arguments);
            return Err(answer);
        }
        if self.visit.in_closed() {
            return Err(Answer::Suspend);
        }
        let address = self.visit.address(verb, label, place.nth);
        if !self.may_ask(&address, position) {
            return Err(Answer::Stop);
        }
        match arguments() {
            Ok(arguments) => Ok((place.step, address, arguments)),
            Err(problem) => Err(self.fail(problem)),
        }
    }

    /// A number from 0 up to but not including 1 that depends on the run's seed and the address alone: the one that it had before
    /// an amendment put its branch elsewhere.
    pub fn random(&mut self) -> f64 {
        let place = self.visit.place("random", "");
        let origin = self.memory.origins.get(&self.visit.scope());
        let step = origin.map_or(place.step, |origin| step_key(*origin, "random", "", place.nth));
        key::unit_interval(self.seed, step)
    }

    /// Ends the evaluation: checks that the function did not return without a step that the journal has.
    pub fn finish(&mut self, position: &Position) -> Answer {
        if self.problem.is_some() || !self.nothing_left(ROOT, RETURNED, position) {
            return Answer::Stop;
        }
        Answer::Value(Value::Null)
    }

    /// Stops the evaluation with a problem of the script's own making.
    pub fn fail(&mut self, problem: Problem) -> Answer {
        self.problem.get_or_insert(problem);
        Answer::Stop
    }

    /// Gives back the memory, what was asked in order, and the problem if there was one.
    pub fn into_parts(self) -> (Memory, Vec<Asked>, Option<Problem>) {
        (self.memory, self.asked, self.problem)
    }

    /// Looks a step up: its value, its waiting, or nothing when it is new.
    fn recorded(&mut self, step: StepKey, verb: &str, label: &str, position: &Position) -> Option<Answer> {
        if self.problem.is_some() {
            return Some(Answer::Stop);
        }
        let record = self.memory.step(step)?;
        if record.address.verb != verb || record.address.label != label {
            let message = format!("two steps share one key: {} and {verb}({label})", record.address);
            return Some(self.fail(Problem {
                code: "script::key_collision".into(),
                message,
                position: Some(position.clone()),
                help: Some("Change one of the two labels.".into()),
            }));
        }
        let answer = match &record.state {
            StepState::Done(value) => Answer::Value(value.clone()),
            StepState::Waiting(_) | StepState::Dropped => Answer::Suspend,
        };
        self.visit.matched(step);
        self.look_at_place(step, position);
        Some(answer)
    }

    /// Tells whether a new step may be asked for here; if not, the evaluation stops with the reason.
    fn may_ask(&mut self, address: &Address, position: &Position) -> bool {
        if self.asks_too_much(position) {
            return false;
        }
        let scope = self.visit.scope();
        let what = format_smolstr!("the script asks for {address}, which the journal does not have");
        self.nothing_left(scope, (&what, &Found::Asked(address.clone())), position)
    }

    /// Tells whether this wake has asked for all that one may, and stops the evaluation if so.
    fn asks_too_much(&mut self, position: &Position) -> bool {
        let most = self.limits.asked_per_wake;
        if self.asked.len() < most {
            return false;
        }
        self.fail(Problem {
            code: "script::runaway".into(),
            message: format!("the script asked for more than {most} steps without waiting"),
            position: Some(position.clone()),
            help: Some("Look for a loop whose body never waits.".into()),
        });
        true
    }

    /// Tells whether the script has come past every step that the journal has in a scope; if not, it has diverged.
    fn nothing_left(&mut self, scope: ScopeKey, (words, found): (&str, &Found), position: &Position) -> bool {
        let recorded = self.memory.recorded_in(scope);
        if recorded.len() == self.visit.count(scope) {
            return true;
        }
        let missed = recorded.iter().find(|step| !self.visit.has(scope, **step)).copied();
        let missed = missed.and_then(|step| Some((step, self.memory.step(step)?)));
        self.divergence = missed.map(|(step, record)| {
            let (expected, found, position) = ((*record.address).clone(), found.clone(), position.clone());
            Box::new(Divergence { step, expected, found, position })
        });
        let expected = missed
            .map(|(_, record)| record)
            .map_or_else(|| SmolStr::new_static("a step"), |step| format_smolstr!("{}", step.address));
        self.fail(Problem {
            code: "script::divergence".into(),
            message: format!("{words}, but the journal has {expected}, which the script has not come past"),
            position: Some(position.clone()),
            help: Some(
                "The script no longer matches what has happened in this run. Nothing was written. Put the step back, \
                 or amend the run with a mapping for it."
                    .into(),
            ),
        });
        false
    }
}
