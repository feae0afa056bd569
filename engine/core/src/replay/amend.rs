//! A memory under another script: steps that are called otherwise or are no longer there, and what is sealed.

use super::{
    Memory, StepState,
    key::{ROOT, ScopeKey, branch_scope, step_key},
    memory::StepRecord,
};
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::{collections::BTreeMap, sync::Arc};
use turnabout_model::{Address, BRANCHED, Mapping, MovedBranches, StepKey, Value, Wait, Within};

/// What an amendment says of the steps of one journey.
#[derive(Debug, Clone, Copy)]
pub struct Moves<'a> {
    /// The journey's function, by the name that it had.
    pub function: &'a str,
    /// Steps that the new script calls otherwise or no longer has.
    pub mappings: &'a [Mapping],
    /// Branches of this journey that stand elsewhere in the new script.
    pub branches: &'a [MovedBranches],
}

impl Moves<'_> {
    /// Where a branch of a composite stands now, both by what they were; nowhere if it is gone.
    fn place_of(&self, composite: StepKey, branch: u32) -> Option<u32> {
        let moved = self.branches.iter().find(|moved| moved.step == composite);
        moved.map_or(Some(branch), |moved| moved.place_of(branch))
    }

    /// Tells whether a step stands directly in a branch that is gone.
    fn is_gone(&self, address: &Address) -> bool {
        address.within.is_some_and(|within| self.place_of(within.step, within.branch).is_none())
    }
}

impl Memory {
    /// Applies what was said about the steps of a journey. Gives the steps whose key is another one now, the
    /// old key first, from the top of the script and in the order in which they were recorded.
    ///
    /// Occurrences are counted anew where a step went or got another label, so that those after it are found.
    pub fn map(&mut self, by: Moves<'_>) -> Vec<(StepKey, StepKey)> {
        let mut mapped = Mapped { to: Memory::new(self.retention), moved: Vec::new() };
        mapped.to.recorded = self.recorded;
        self.map_scope(ROOT, None, by, &mut mapped);
        *self = mapped.to;
        mapped.moved
    }

    /// Maps the steps of one scope and of all that lies inside it. `within` is the branch by its new key.
    fn map_scope(&mut self, old: ScopeKey, within: Option<Within>, by: Moves<'_>, into: &mut Mapped) {
        let new = within.map_or(ROOT, |within| branch_scope(within.step, within.branch));
        let origin = self.origins.get(&old).copied().unwrap_or(old);
        if origin != new {
            into.to.origins.insert(new, origin);
        }
        let steps = self.scopes.remove(&old).unwrap_or_default();
        let mut touched = FxHashSet::<(SmolStr, SmolStr)>::default();
        let mut names: Vec<Option<(SmolStr, SmolStr)>> = Vec::with_capacity(steps.len());
        for step in &steps {
            let Some(address) = self.address(*step) else {
                names.push(None);
                continue;
            };
            let was = (address.verb.clone(), address.label.clone());
            let name = name_after(*step, address, (by.function, by.mappings));
            if name.as_ref() != Some(&was) {
                touched.insert(was);
                touched.extend(name.clone());
            }
            names.push(name);
        }
        let mut counts = FxHashMap::<(SmolStr, SmolStr), u32>::default();
        for (step, name) in steps.into_iter().zip(names) {
            let (Some(group), true) = (name, self.steps.contains_key(&step)) else {
                self.steps.remove(&step);
                self.forget_inside(step);
                continue;
            };
            let Some(mut record) = self.steps.remove(&step) else { continue };
            let count = counts.entry(group.clone()).or_insert(0);
            let nth = if touched.contains(&group) { *count } else { record.address.nth };
            *count += 1;
            let (verb, label) = group;
            let key = step_key(new, &verb, &label, nth);
            let address = Address { within, verb, label, nth };
            if key != step {
                into.moved.push((step, key));
            }
            rename_wait(&mut record, &address);
            record.address = Arc::new(address);
            let values = std::mem::take(&mut record.branches).into_iter();
            record.branches = values.filter_map(|(branch, value)| Some((by.place_of(step, branch)?, value))).collect();
            into.to.scopes.entry(new).or_default().push(key);
            let inside = self.inside.remove(&step).unwrap_or_default();
            into.to.steps.insert(key, record);
            for scope in inside {
                let Some(branch) = self.branch_of(scope) else { continue };
                let Some(branch) = by.place_of(step, branch) else {
                    self.forget_scope(scope);
                    continue;
                };
                let within = Within { step: key, branch };
                into.to.inside.entry(key).or_default().push(branch_scope(key, branch));
                self.map_scope(scope, Some(within), by, into);
            }
        }
    }

    /// The waiting steps that would be skipped, or whose branch is gone, outer ones first at every depth.
    pub fn skipped_waiting(&self, by: Moves<'_>) -> Vec<StepKey> {
        let skipped =
            |step: StepKey, address: &Address| name_after(step, address, (by.function, by.mappings)).is_none();
        let mut found: Vec<_> = self
            .waiting()
            .filter(|(step, address, _)| by.is_gone(address) || skipped(*step, address))
            .map(|(step, ..)| step)
            .collect();
        found.sort_unstable();
        found
    }

    /// The last step that was recorded in a branch, or at the top.
    pub fn last_in(&self, within: Option<Within>) -> Option<StepKey> {
        let scope = within.map_or(ROOT, |within| branch_scope(within.step, within.branch));
        self.scopes.get(&scope)?.last().copied()
    }

    /// Lets a step have happened that never did, with nothing for a value: to see where a script goes after it.
    pub fn pretend(&mut self, at: Timestamp, address: &Address) {
        let scope = address.within.map_or(ROOT, |within| branch_scope(within.step, within.branch));
        let step = step_key(scope, &address.verb, &address.label, address.nth);
        self.taken(at, step, address, &Value::Null);
    }

    /// The branches of a composite in which anything happened, each with whether it is complete, from the first.
    pub fn branches_lived(&self, composite: StepKey) -> Vec<(u32, bool)> {
        let mut lived: BTreeMap<u32, bool> = BTreeMap::new();
        for scope in self.inside.get(&composite).into_iter().flatten() {
            lived.extend(self.branch_of(*scope).map(|branch| (branch, false)));
        }
        let complete = self.steps.get(&composite).into_iter().flat_map(|record| record.branches.keys());
        lived.extend(complete.map(|branch| (*branch, true)));
        lived.into_iter().collect()
    }

    /// The first step that waits directly in a branch.
    pub fn waiting_in(&self, composite: StepKey, branch: u32) -> Option<StepKey> {
        let steps = self.scopes.get(&branch_scope(composite, branch))?;
        steps.iter().find(|step| self.waits(**step).is_some()).copied()
    }

    /// How many steps that are remembered a mapping means, after the ones before it; of branches, those that are open, by the name
    /// that they had.
    pub fn meant(&self, function: &str, before: &[Mapping], mapping: &Mapping) -> usize {
        let is_meant = |(step, record): &(&StepKey, &StepRecord)| {
            let mut address = (*record.address).clone();
            let Some(name) = name_after(**step, &address, (function, before)) else { return false };
            if matches!(mapping, Mapping::Branch { .. }) {
                let waits = matches!(record.state, StepState::Waiting(_));
                return waits && address.has_branches() && mapping.pattern().means(function, **step, &address);
            }
            (address.verb, address.label) = name;
            mapping.pattern().means(function, **step, &address)
        };
        self.steps.iter().filter(is_meant).count()
    }

    fn branch_of(&self, scope: ScopeKey) -> Option<u32> {
        let first = self.scopes.get(&scope)?.first()?;
        Some(self.address(*first)?.within?.branch)
    }

    /// Forgets what happened inside everything that is complete, so that it is never held against another script. Its
    /// values stay.
    pub fn seal(&mut self) {
        let mut inner = Vec::new();
        let mut branches = Vec::new();
        for (key, record) in &self.steps {
            match record.state {
                StepState::Done(_) => inner.push(*key),
                StepState::Waiting(_) | StepState::Dropped => {
                    branches.extend(record.branches.keys().map(|branch| (*key, branch_scope(*key, *branch))));
                }
            }
        }
        for (composite, scope) in branches {
            self.forget_scope(scope);
            if let Some(inside) = self.inside.get_mut(&composite) {
                inside.retain(|other| *other != scope);
            }
        }
        for step in inner {
            self.forget_inside(step);
        }
    }

    /// Lets a step have been recorded at another moment: what it is given as a period counts from there.
    pub fn begin_at(&mut self, step: StepKey, at: impl FnOnce(Timestamp) -> Timestamp) {
        if let Some(record) = self.steps.get_mut(&step) {
            record.began = at(record.began);
        }
    }

    /// Moves the deadline of a waiting step. Gives what it waited for before, and waits for now.
    pub fn move_deadline(&mut self, step: StepKey, at: Timestamp) -> Option<(Wait, Wait)> {
        let record = self.steps.get_mut(&step)?;
        let StepState::Waiting(wait) = &mut record.state else { return None };
        let before = wait.clone();
        match wait {
            Wait::Until(until) => *until = at,
            Wait::Recruitment { closes } | Wait::Wave { closes, .. } | Wait::Agreement { closes, .. } => *closes = at,
            Wait::Branches { ends, .. } => {
                *ends = Some(at);
                record.span = record.span.map(|(began, _)| (began, Some(at)));
            }
            Wait::Session(_)
            | Wait::Proposal(_)
            | Wait::Signal { .. }
            | Wait::Task(_)
            | Wait::Errand(_)
            | Wait::Children(_) => {
                return None;
            }
        }
        let after = wait.clone();
        Some((before, after))
    }
}

/// A memory being mapped, and which keys changed.
struct Mapped {
    to: Memory,
    moved: Vec<(StepKey, StepKey)>,
}

/// A step's verb and label under the mappings, each applied to what the ones before it left; nothing if it is skipped.
pub(super) fn name_after(
    step: StepKey,
    address: &Address,
    (function, mappings): (&str, &[Mapping]),
) -> Option<(SmolStr, SmolStr)> {
    let mut address = address.clone();
    for mapping in mappings {
        if !mapping.pattern().means(function, step, &address) {
            continue;
        }
        match mapping {
            Mapping::Skipped { .. } => return None,
            // These two have no label: one becomes the other, with the branches that it has.
            Mapping::Renamed { to, .. } if address.has_branches() && BRANCHED.contains(&to.as_str()) => {
                address.verb = to.clone();
            }
            Mapping::Renamed { from, to } => address.label = from.renamed(&address.label, to),
            // Where a branch stands is known for each journey by itself: see `MovedBranches`.
            Mapping::Branch { .. } => {}
        }
    }
    Some((address.verb, address.label))
}

/// A letter is asked for by the step's label.
fn rename_wait(record: &mut StepRecord, address: &Address) {
    if record.address.label != address.label
        && address.verb == "signal"
        && let StepState::Waiting(Wait::Signal { name, .. }) = &mut record.state
    {
        name.clone_from(&address.label);
    }
}
