//! A memory under another script: steps that are called otherwise or are no longer there, and what is sealed.

use super::{
    Memory, StepState,
    key::{ROOT, ScopeKey, branch_scope, step_key},
    memory::StepRecord,
};
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::sync::Arc;
use turnabout_model::{Address, Mapping, StepKey, Wait, Within};

impl Memory {
    /// Applies what was said about the steps of a journey of `function`. Gives the steps whose key is another one now, the
    /// old key first, from the top of the script and in the order in which they were recorded.
    ///
    /// Occurrences are counted anew where a step went or got another label, so that those after it are found.
    pub fn map(&mut self, function: &str, mappings: &[Mapping]) -> Vec<(StepKey, StepKey)> {
        let mut mapped = Mapped { to: Memory::new(self.retention), moved: Vec::new() };
        mapped.to.recorded = self.recorded;
        self.map_scope(ROOT, None, (function, mappings), &mut mapped);
        *self = mapped.to;
        mapped.moved
    }

    /// Maps the steps of one scope and of all that lies inside it. `within` is the branch by its new key.
    fn map_scope(&mut self, old: ScopeKey, within: Option<Within>, by: (&str, &[Mapping]), into: &mut Mapped) {
        let new = within.map_or(ROOT, |within| branch_scope(within.step, within.branch));
        let steps = self.scopes.remove(&old).unwrap_or_default();
        let mut touched = FxHashSet::<(SmolStr, SmolStr)>::default();
        let mut labels: Vec<Option<SmolStr>> = Vec::with_capacity(steps.len());
        for step in &steps {
            let Some(address) = self.address(*step) else {
                labels.push(None);
                continue;
            };
            let label = label_after(*step, address, by);
            if label.as_ref() != Some(&address.label) {
                touched.insert((address.verb.clone(), address.label.clone()));
                touched.extend(label.clone().map(|label| (address.verb.clone(), label)));
            }
            labels.push(label);
        }
        let mut counts = FxHashMap::<(SmolStr, SmolStr), u32>::default();
        for (step, label) in steps.into_iter().zip(labels) {
            let (Some(label), true) = (label, self.steps.contains_key(&step)) else {
                self.steps.remove(&step);
                self.forget_inside(step);
                continue;
            };
            let Some(mut record) = self.steps.remove(&step) else { continue };
            let group = (record.address.verb.clone(), label);
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
            into.to.scopes.entry(new).or_default().push(key);
            let inside = self.inside.remove(&step).unwrap_or_default();
            into.to.steps.insert(key, record);
            for scope in inside {
                let Some(branch) = self.branch_of(scope) else { continue };
                let within = Within { step: key, branch };
                into.to.inside.entry(key).or_default().push(branch_scope(key, branch));
                self.map_scope(scope, Some(within), by, into);
            }
        }
    }

    /// The waiting steps that would be skipped, outer ones first at every depth.
    pub fn skipped_waiting(&self, function: &str, mappings: &[Mapping]) -> Vec<StepKey> {
        let mut found: Vec<_> = self
            .waiting()
            .filter(|(step, address, _)| label_after(*step, address, (function, mappings)).is_none())
            .map(|(step, ..)| step)
            .collect();
        found.sort_unstable();
        found
    }

    /// Tells whether a mapping, after the ones before it, means any step that is remembered.
    pub fn is_meant(&self, function: &str, before: &[Mapping], mapping: &Mapping) -> bool {
        self.steps.iter().any(|(step, record)| {
            let mut address = (*record.address).clone();
            let Some(label) = label_after(*step, &address, (function, before)) else { return false };
            address.label = label;
            mapping.pattern().means(function, *step, &address)
        })
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

/// A step's label under the mappings, each applied to what the ones before it left; nothing if it is skipped.
pub(super) fn label_after(
    step: StepKey,
    address: &Address,
    (function, mappings): (&str, &[Mapping]),
) -> Option<SmolStr> {
    let mut address = address.clone();
    for mapping in mappings {
        if !mapping.pattern().means(function, step, &address) {
            continue;
        }
        match mapping {
            Mapping::Skipped { .. } => return None,
            Mapping::Renamed { from, to } => address.label = from.renamed(&address.label, to),
        }
    }
    Some(address.label)
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
