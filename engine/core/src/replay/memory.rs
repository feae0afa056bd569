//! A journey's part of the journal, indexed for replay.

use super::key::{ROOT, ScopeKey, branch_scope};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use turnabout_model::{Address, StepKey, Value, Wait};

/// How far a step has come.
#[derive(Debug, Clone, PartialEq)]
pub enum StepState {
    /// It waits.
    Waiting(Wait),
    /// It has its value.
    Done(Value),
    /// It no longer waits and never got a value.
    Dropped,
}

/// A step as the journal has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StepRecord {
    pub(super) address: Arc<Address>,
    pub(super) state: StepState,
    /// When it was recorded.
    pub(super) began: Timestamp,
    /// When a composite opened and when it ends by itself.
    pub(super) span: Option<(Timestamp, Option<Timestamp>)>,
    /// The values of a composite's completed branches.
    pub(super) branches: FxHashMap<u32, Value>,
}

/// What a memory keeps of completed composites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Retention {
    /// Only their value: enough for a wake.
    #[default]
    Open,
    /// Everything: needed for a full replay.
    All,
}

/// A journey's part of the journal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    pub(super) retention: Retention,
    pub(super) steps: FxHashMap<StepKey, StepRecord>,
    /// The steps of each scope in the order in which they were recorded.
    pub(super) scopes: FxHashMap<ScopeKey, Vec<StepKey>>,
    /// The branch scopes that hold any step, by composite.
    pub(super) inside: FxHashMap<StepKey, Vec<ScopeKey>>,
    /// Scopes that were another one before an amendment, with the first that each was: `random()` stays what it was.
    pub(super) origins: FxHashMap<ScopeKey, ScopeKey>,
    /// Steps recorded since the journey began, forgotten ones too.
    pub(super) recorded: u64,
}

impl Memory {
    /// An empty memory.
    pub fn new(retention: Retention) -> Self {
        Self { retention, ..Self::default() }
    }

    /// How many steps were ever recorded.
    pub fn len(&self) -> u64 {
        self.recorded
    }

    /// Tells whether nothing was ever recorded.
    pub fn is_empty(&self) -> bool {
        self.recorded == 0
    }

    /// Tells whether steps were recorded and none of them is remembered.
    pub fn is_forgotten(&self) -> bool {
        self.recorded > 0 && self.steps.is_empty()
    }

    /// The state of a step, if it is remembered.
    pub fn state(&self, step: StepKey) -> Option<&StepState> {
        self.steps.get(&step).map(|record| &record.state)
    }

    /// The address of a step, if it is remembered.
    pub fn address(&self, step: StepKey) -> Option<&Address> {
        self.steps.get(&step).map(|record| &*record.address)
    }

    /// What a step waits for, if it waits.
    pub fn waits(&self, step: StepKey) -> Option<&Wait> {
        match self.state(step)? {
            StepState::Waiting(wait) => Some(wait),
            StepState::Done(_) | StepState::Dropped => None,
        }
    }

    /// The memory with nothing remembered but how much there was.
    #[must_use]
    pub fn forgotten(&self) -> Self {
        Self { recorded: self.recorded, ..Self::new(self.retention) }
    }

    /// When a step was recorded, if it is remembered.
    pub fn began(&self, step: StepKey) -> Option<Timestamp> {
        self.steps.get(&step).map(|record| record.began)
    }

    /// Every step that waits, composites included, in no particular order.
    pub fn waiting(&self) -> impl Iterator<Item = (StepKey, &Address, &Wait)> {
        self.steps.iter().filter_map(|(key, record)| match &record.state {
            StepState::Waiting(wait) => Some((*key, &*record.address, wait)),
            _ => None,
        })
    }

    /// The branches of a composite that hold steps and have no value yet, in the order in which they began.
    pub(super) fn open_branches(&self, composite: StepKey) -> Vec<ScopeKey> {
        let Some(record) = self.steps.get(&composite) else { return Vec::new() };
        let done = |scope: &ScopeKey| record.branches.keys().any(|branch| branch_scope(composite, *branch) == *scope);
        self.inside.get(&composite).into_iter().flatten().filter(|scope| !done(scope)).copied().collect()
    }

    /// The waiting steps inside a composite, however deep, in the order in which they began.
    pub fn waiting_inside(&self, composite: StepKey) -> Vec<StepKey> {
        let mut found = Vec::new();
        self.collect_waiting(composite, &mut found);
        found
    }

    fn collect_waiting(&self, composite: StepKey, found: &mut Vec<StepKey>) {
        for scope in self.inside.get(&composite).into_iter().flatten() {
            for step in self.scopes.get(scope).into_iter().flatten() {
                if let Some(StepRecord { state: StepState::Waiting(_), .. }) = self.steps.get(step) {
                    found.push(*step);
                    self.collect_waiting(*step, found);
                }
            }
        }
    }

    /// Records a step that began to wait at a moment.
    pub fn started(&mut self, at: Timestamp, step: StepKey, address: &Address, wait: &Wait) {
        let span = match wait {
            Wait::Branches { began, ends } => Some((*began, *ends)),
            _ => None,
        };
        self.insert(at, step, address, StepState::Waiting(wait.clone()), span);
    }

    /// Records a step that had its value at once.
    pub fn taken(&mut self, at: Timestamp, step: StepKey, address: &Address, value: &Value) {
        self.insert(at, step, address, StepState::Done(value.clone()), None);
    }

    fn insert(
        &mut self,
        began: Timestamp,
        step: StepKey,
        address: &Address,
        state: StepState,
        span: Option<(Timestamp, Option<Timestamp>)>,
    ) {
        let scope = match address.within {
            None => ROOT,
            Some(within) => {
                let scope = branch_scope(within.step, within.branch);
                let inside = self.inside.entry(within.step).or_default();
                if inside.last() != Some(&scope) && !inside.contains(&scope) {
                    inside.push(scope);
                }
                scope
            }
        };
        self.recorded += 1;
        self.scopes.entry(scope).or_default().push(step);
        let address = Arc::new(address.clone());
        self.steps.insert(step, StepRecord { address, state, began, span, branches: FxHashMap::default() });
    }

    /// Records the value of a step that was waiting. A composite's insides are forgotten, unless everything is kept.
    pub fn completed(&mut self, step: StepKey, value: &Value) {
        if let Some(record) = self.steps.get_mut(&step) {
            record.state = StepState::Done(value.clone());
        }
        if self.retention == Retention::Open {
            self.forget_inside(step);
        }
    }

    /// Records the value of a composite's branch. What happened in it is forgotten, unless everything is kept.
    pub fn branch_completed(&mut self, composite: StepKey, branch: u32, value: &Value) {
        if let Some(record) = self.steps.get_mut(&composite) {
            record.branches.insert(branch, value.clone());
        }
        if self.retention == Retention::Open {
            let scope = branch_scope(composite, branch);
            self.forget_scope(scope);
            if let Some(inside) = self.inside.get_mut(&composite) {
                inside.retain(|other| *other != scope);
            }
        }
    }

    /// Records that a step no longer waits.
    pub fn dropped(&mut self, step: StepKey) {
        if let Some(record) = self.steps.get_mut(&step) {
            record.state = StepState::Dropped;
        }
    }

    pub(super) fn forget_inside(&mut self, composite: StepKey) {
        for scope in self.inside.remove(&composite).unwrap_or_default() {
            self.forget_scope(scope);
        }
    }

    pub(super) fn forget_scope(&mut self, scope: ScopeKey) {
        for step in self.scopes.remove(&scope).unwrap_or_default() {
            self.steps.remove(&step);
            self.forget_inside(step);
        }
    }

    pub(super) fn step(&self, step: StepKey) -> Option<&StepRecord> {
        self.steps.get(&step)
    }

    pub(super) fn recorded_in(&self, scope: ScopeKey) -> &[StepKey] {
        self.scopes.get(&scope).map_or(&[], Vec::as_slice)
    }
}
