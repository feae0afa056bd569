//! The fold of an amendment: what the run remembers is put under the new script's names.

use super::{Alarm, Journey, Run};
use crate::replay::{Memory, Moves};
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;
use turnabout_model::{Event, JourneyCause, JourneyId, Mapping, MovedBranches, MovedDeadline, StepKey, Value, Wait};

impl Run {
    /// Folds an amendment. Nothing is decided here: every deadline that moves is in the event.
    pub(super) fn switch_bundle(&mut self, at: Timestamp, event: &Event) {
        let Event::BundleSwitched { from, to, mappings, settings, template, deadlines, branches, .. } = event else {
            return;
        };
        self.past_bundles.push(from.clone());
        self.amended.push(at);
        self.past_settings.push(Arc::clone(&self.settings));
        self.bundle = Some(to.clone());
        if !template.is_empty() {
            self.template = template.clone();
        }
        if *settings != Value::Null {
            self.settings = Arc::new(settings.clone());
        }
        for mapping in mappings {
            self.rename_things(mapping);
        }
        self.map_journeys(mappings, branches);
        for deadline in deadlines {
            self.move_deadline(deadline);
        }
    }

    /// Maps every journey that is not over, and seals it. What is over was lived under another script and is forgotten.
    fn map_journeys(&mut self, mappings: &[Mapping], branches: &[MovedBranches]) {
        let branches = by_journey(branches);
        let mut moved = FxHashMap::<(JourneyId, StepKey), StepKey>::default();
        let mut relabelled = Vec::new();
        let Self { journeys, waits, settings, .. } = self;
        for journey in journeys.iter_mut() {
            if journey.cause == JourneyCause::Programme {
                journey.arguments = vec![(**settings).clone()];
            }
            if journey.ended() {
                journey.memory = journey.memory.forgotten();
                continue;
            }
            let (id, function) = (journey.id, journey.function.clone());
            let before = waiting(&journey.memory);
            let labels = labels(&journey.memory);
            let branches = branches.get(&id).map_or(&[][..], Vec::as_slice);
            let changed = journey.memory.map(Moves { function: &function, mappings, branches });
            for (old, new) in &changed {
                if let (Some(label), Some(address)) = (labels.get(old), journey.memory.address(*new)) {
                    relabelled.push((address.verb.clone(), label.clone(), address.label.clone()));
                }
            }
            journey.memory.seal();
            journey.rename_function(mappings);
            // What is skipped waits no longer; what has another key or name waits under that.
            let after = waiting(&journey.memory);
            for (step, wait) in before.iter().filter(|known| !after.contains(known)) {
                waits.remove(id, *step, wait);
            }
            for (step, wait) in after.iter().filter(|known| !before.contains(known)) {
                let verb = journey.memory.address(*step).map_or("", |address| address.verb.as_str());
                waits.add_moved(verb, id, *step, wait);
            }
            moved.extend(changed.into_iter().map(|(old, new)| ((id, old), new)));
        }
        for journey in journeys {
            if let JourneyCause::Each { parent, step, .. } = &mut journey.cause {
                *step = moved.get(&(*parent, *step)).copied().unwrap_or(*step);
            }
        }
        for (verb, from, to) in relabelled {
            self.relabel(&verb, &from, &to);
        }
    }

    /// What a waiting step asks for goes by its label: applications, a plan's draft. Whichever way a mapping named the step, the
    /// thing keeps up with it; else the step would find nothing open and be done.
    fn relabel(&mut self, verb: &str, from: &str, to: &SmolStr) {
        match verb {
            "recruit" => {
                for recruitment in self.recruitments.iter_mut().filter(|round| round.open && round.label == from) {
                    recruitment.label = to.clone();
                }
            }
            "match_pairs" => {
                for draft in self.proposals.iter_mut().filter(|draft| draft.published.is_none() && draft.plan == from) {
                    draft.plan = to.clone();
                }
            }
            _ => {}
        }
    }

    /// What the run itself knows by a label: kinds of session, applications, plans of drafts that wait.
    fn rename_things(&mut self, mapping: &Mapping) {
        let Mapping::Renamed { from, to } = mapping else { return };
        for session in self.sessions.iter_mut().filter(|session| from.names("hold", &session.plan.diary)) {
            session.plan.diary = to.clone();
        }
        for participant in self.participants.values_mut() {
            if from.names("hold", &from.label) && participant.attended.remove(&from.label) {
                participant.attended.insert(to.clone());
            }
        }
        for recruitment in self.recruitments.iter_mut().filter(|applied| from.names("recruit", &applied.label)) {
            recruitment.label = to.clone();
        }
        for draft in self.proposals.iter_mut().filter(|draft| from.names("match_pairs", &draft.plan)) {
            if draft.published.is_none() {
                draft.plan = to.clone();
            }
        }
    }

    pub(super) fn move_deadline(&mut self, moved: &MovedDeadline) {
        let MovedDeadline { journey: id, step, at, remind_at } = moved;
        let Some(journey) = self.journey_mut(*id) else { return };
        let Some((before, after)) = journey.memory.move_deadline(*step, *at) else { return };
        let address = journey.memory.address(*step);
        let label = address.map(|address| address.label.clone());
        let verb = address.map_or_else(SmolStr::default, |address| address.verb.clone());
        self.waits.remove(*id, *step, &before);
        self.waits.add_moved(&verb, *id, *step, &after);
        match after {
            Wait::Wave { wave, .. } => {
                if let Some(wave) = self.waves.iter_mut().find(|known| known.id == wave) {
                    wave.closes = *at;
                }
                if let Some(remind_at) = remind_at {
                    self.waits.set_alarm(*remind_at, Alarm::RemindWave(wave));
                }
            }
            Wait::Agreement { agreement, .. } => {
                if let Some(agreement) = self.agreements.iter_mut().find(|known| known.id == agreement) {
                    agreement.closes = *at;
                }
            }
            Wait::Recruitment { .. } => {
                for recruitment in self.recruitments.iter_mut().filter(|r| Some(&r.label) == label.as_ref() && r.open) {
                    recruitment.closes = *at;
                }
            }
            _ => {}
        }
    }
}

/// Which branches of which journey moved.
pub(crate) fn by_journey(branches: &[MovedBranches]) -> FxHashMap<JourneyId, Vec<MovedBranches>> {
    let mut by_journey = FxHashMap::<JourneyId, Vec<MovedBranches>>::default();
    for moved in branches {
        by_journey.entry(moved.journey).or_default().push(moved.clone());
    }
    by_journey
}

/// What the waiting steps are called.
fn labels(memory: &Memory) -> FxHashMap<StepKey, SmolStr> {
    memory.waiting().map(|(step, address, _)| (step, address.label.clone())).collect()
}

/// The waiting steps in an order that depends on nothing else.
fn waiting(memory: &Memory) -> Vec<(StepKey, Wait)> {
    let mut waiting: Vec<_> = memory.waiting().map(|(step, _, wait)| (step, wait.clone())).collect();
    waiting.sort_unstable_by_key(|(step, _)| *step);
    waiting
}

impl Journey {
    /// A journey that `each` started runs the function that its step is called by.
    pub(crate) fn rename_function(&mut self, mappings: &[Mapping]) {
        for mapping in mappings {
            if let Mapping::Renamed { from, to } = mapping
                && from.names("each", &self.function)
            {
                self.function = to.clone();
            }
        }
    }
}
