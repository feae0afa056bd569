//! What a rehearsal plans beside what happens by chance: signals, people who leave, concerns.

use super::draw::Draw;
use crate::{decide::Input, run::Run};
use jiff::Timestamp;
use smol_str::format_smolstr;
use std::collections::BTreeMap;
use turnabout_model::{
    ConcernPlan, DeclinePlan, PairId, ParticipantId, PausePlan, RehearsalPlan, Role, SignalPlan, SignalSubject,
    SignalTo, Value, WithdrawalPlan,
};

/// What is planned, and which pairs rest because of it.
#[derive(Debug)]
pub(super) struct Happenings {
    pub(super) signals: Vec<SignalPlan>,
    pub(super) withdrawals: Vec<WithdrawalPlan>,
    pub(super) declines: Vec<DeclinePlan>,
    pub(super) concerns: Vec<ConcernPlan>,
    pub(super) pauses: Vec<PausePlan>,
    quiet: BTreeMap<PairId, Timestamp>,
    /// A stream of its own, so that a plan shifts nothing that happens by chance.
    draw: Draw,
}

impl Happenings {
    /// Nothing is planned.
    pub(super) fn none(seed: u64) -> Self {
        let draw = Draw::new(seed, 4);
        let (signals, withdrawals, declines) = (Vec::new(), Vec::new(), Vec::new());
        let (concerns, pauses) = (Vec::new(), Vec::new());
        Self { signals, withdrawals, declines, concerns, pauses, quiet: BTreeMap::new(), draw }
    }

    /// Takes over what a rehearsal plans.
    pub(super) fn plan(&mut self, plan: &RehearsalPlan) {
        self.signals.clone_from(&plan.signals);
        self.withdrawals.clone_from(&plan.withdrawals);
        self.declines.clone_from(&plan.declines);
        self.concerns.clone_from(&plan.concerns);
        self.pauses.clone_from(&plan.pauses);
    }

    /// The signals of one plan at its moment: one, or one to each pair that has not ended.
    pub(super) fn write(&mut self, run: &Run, number: usize, at: Timestamp) -> Vec<Input> {
        let Some(plan) = self.signals.get(number) else { return Vec::new() };
        let subjects: Vec<SignalSubject> = match plan.to {
            SignalTo::Run => vec![SignalSubject::Run],
            SignalTo::Pairs => {
                let pairs = run.pairs.iter().filter(|pair| pair.ended.is_none());
                pairs.map(|pair| SignalSubject::Pair(pair.id)).collect()
            }
        };
        for subject in &subjects {
            if let (SignalSubject::Pair(pair), Some(quiet)) = (subject, plan.quiet) {
                self.quiet.insert(*pair, quiet.after(at, &run.zone));
            }
        }
        let name = &plan.name;
        let key = format_smolstr!("planned-{}", number + 1);
        let letter = |subject| Input::Signal { name: name.clone(), subject, key: key.clone(), payload: Value::Null };
        subjects.into_iter().map(letter).collect()
    }

    /// Until when a pair rests, if it does at a moment.
    pub(super) fn rests(&self, pair: PairId, at: Timestamp) -> Option<Timestamp> {
        self.quiet.get(&pair).copied().filter(|until| *until > at)
    }

    /// Somebody of a role who is in a pair, by lot.
    pub(super) fn somebody_in_a_pair(&mut self, run: &Run, role: Role) -> Option<ParticipantId> {
        let people: Vec<_> = run.accepted(role).map(|p| p.id).filter(|id| run.pairs_of(*id).next().is_some()).collect();
        people.get(self.draw.below(people.len())).copied()
    }
}
