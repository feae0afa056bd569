//! Deciding: an input and a run in, events out.
//!
//! [`decide`] validates the input against the run, emits what it means, and wakes every journey that can go on, until
//! all wait again. Everything one input leads to is one batch of events. A refusal changes nothing.

mod advance;
mod amend;
mod cancel;
mod input;
mod inputs;
mod messages;
mod refusal;
mod satisfied;
mod suppose;

pub(crate) use amend::{Switch, switch};
pub use input::{DECLINED, Input, Renewal, StartRun};
pub(crate) use inputs::effective_settings;
pub use inputs::{LONGEST_PAUSE_WEEKS, may_respond};
pub use messages::{HANDLERS, SENT_BY_THE_ENGINE};
pub use refusal::Refusal;
pub(crate) use suppose::suppose;

use crate::{
    bundle::Bundle,
    limits::Limits,
    ports::Rules,
    run::{Run, WaitKey},
    seen::When,
};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use turnabout_model::{Ballot, Event, JourneyId, ParticipantId, Person, StepKey, Value, WaveId};

/// What the core may read of people and their answers. They are arguments: the journal never holds them.
pub trait Records: Send + Sync {
    /// The person behind an id, unless erased.
    fn person(&self, participant: ParticipantId) -> Option<&Person>;

    /// What a participant said in a wave about whom they would like; empty without an answer.
    fn ballot(&self, wave: WaveId, participant: ParticipantId) -> Ballot;
}

/// Everything a decision may depend on besides the run and the input.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The time.
    pub now: Timestamp,
    /// The bundle that the run pins.
    pub bundle: &'a Bundle,
    /// The matching rules.
    pub rules: &'a dyn Rules,
    /// People and answers.
    pub records: &'a dyn Records,
    /// The limits.
    pub limits: Limits,
}

impl Context<'_> {
    /// When a journey is looked at, and within what limits.
    pub(crate) fn when(&self) -> When {
        When { now: self.now, limits: self.limits }
    }
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("now", &self.now).field("bundle", &self.bundle.hash).finish_non_exhaustive()
    }
}

/// Decides what an input means, folds it into the run and returns the events to be committed.
///
/// On a refusal the run is as it was. If the commit of the events fails, the caller drops this run and loads it again.
pub fn decide(run: &mut Run, input: &Input, context: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let mut deciding =
        Deciding { run, context, events: Vec::new(), runnable: VecDeque::new(), wakes: FxHashMap::default() };
    inputs::take(&mut deciding, input)?;
    deciding.advance();
    deciding.warn_about_length();
    Ok(deciding.events)
}

/// A decision under way: the run, with the events so far folded in.
#[derive(Debug)]
pub struct Deciding<'a> {
    pub(crate) run: &'a mut Run,
    pub(crate) context: Context<'a>,
    events: Vec<Event>,
    runnable: VecDeque<JourneyId>,
    wakes: FxHashMap<JourneyId, u32>,
}

impl<'a> Deciding<'a> {
    /// The run as it stands.
    pub fn run(&self) -> &Run {
        self.run
    }

    /// What the decision may depend on.
    pub fn context(&self) -> Context<'a> {
        self.context
    }

    /// The moment from which a verb counts a period: now, or the end of a pause.
    pub(crate) fn counts_from(&self) -> Timestamp {
        self.run.counts_from(self.context.now)
    }

    /// Adds an event and folds it into the run.
    pub fn emit(&mut self, event: Event) {
        self.run.apply(self.context.now, &event);
        self.events.push(event);
    }

    /// Gives a waiting step its value and lets its journey go on.
    fn complete(&mut self, journey: JourneyId, step: StepKey, value: Value) {
        self.emit(Event::StepCompleted { journey, step, value });
        self.wake_later(journey);
    }

    fn wake_later(&mut self, journey: JourneyId) {
        if !self.runnable.contains(&journey) {
            self.runnable.push_back(journey);
        }
    }

    /// Looks again at every step that waits for something that has just changed.
    pub fn review(&mut self, key: &WaitKey) {
        for (journey, step) in self.run.waits.on(key) {
            self.review_step(journey, step);
        }
    }

    fn warn_about_length(&mut self) {
        if !self.run.warned && self.run.version >= self.context.limits.entries_warning && !self.run.is_over() {
            self.emit(Event::BudgetWarning { entries: self.run.version });
        }
    }
}
