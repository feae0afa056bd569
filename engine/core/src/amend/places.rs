//! One journey under the old script and the new one, and what that means for it.

use super::{
    Amendment, Diverged, Judgement, Lost, UnclearBranch, Verdict,
    branches::{self, FoundBranches},
    deadlines::{self, Before},
    fix,
    judge::{Search, judgement},
    late,
};
use crate::{
    bundle::Bundle,
    decide::Context,
    replay::{Asked, Divergence, Found, Look, Moves},
    run::{Journey, Run},
    seen::see,
};
use turnabout_model::{Address, Mapping, MovedBranches, MovedDeadline};

/// What is the same for every journey.
pub(super) struct Base<'a> {
    pub(super) run: &'a Run,
    pub(super) past: &'a [&'a Bundle],
    pub(super) old: &'a Bundle,
    pub(super) amendment: &'a Amendment,
    pub(super) context: Context<'a>,
    pub(super) search: Search,
}

impl<'a> Base<'a> {
    /// The places of one journey.
    pub(super) fn places(
        &self,
        trial: &'a Run,
        (before, after): (&'a Journey, &'a Journey),
        branches: &'a [MovedBranches],
    ) -> Places<'a> {
        let Self { run, past, old, amendment, context, search } = *self;
        Places { run, trial, before, after, past, old, amendment, context, search, branches }
    }

    /// Where the branches of one journey stand.
    pub(super) fn find(&self, trial: &'a Run, before: &'a Journey, after: &'a Journey) -> FoundBranches {
        if before.ended() {
            return FoundBranches::default();
        }
        branches::find(&self.places(trial, (before, after), &[]), &self.amendment.mappings)
    }
}

/// One journey before and after the mappings.
pub(super) struct Places<'a> {
    pub(super) run: &'a Run,
    pub(super) trial: &'a Run,
    pub(super) before: &'a Journey,
    pub(super) after: &'a Journey,
    /// Every bundle that the run has pinned, `old` last.
    pub(super) past: &'a [&'a Bundle],
    pub(super) old: &'a Bundle,
    pub(super) amendment: &'a Amendment,
    pub(super) context: Context<'a>,
    pub(super) search: Search,
    /// Its branches that stand elsewhere.
    pub(super) branches: &'a [MovedBranches],
}

impl Places<'_> {
    /// What becomes of the journey's steps.
    pub(super) fn moves(&self) -> Moves<'_> {
        Moves { function: &self.before.function, mappings: &self.amendment.mappings, branches: self.branches }
    }

    /// The amendment's mappings, and more after them.
    pub(super) fn mappings_and(&self, more: &[Mapping]) -> Vec<Mapping> {
        [&self.amendment.mappings[..], more].concat()
    }

    /// The journey under the old script.
    pub(super) fn old_look(&self) -> Look {
        see(self.run, self.before, self.before.memory.clone(), &*self.old.program, self.context.when()).look
    }

    /// Judges the journey, once its branches were looked for.
    pub(super) fn judge(&self, found: &FoundBranches) -> (Judgement, Vec<MovedDeadline>) {
        if let Some(unclear) = &found.unclear {
            let diverged = self.unclear(unclear);
            return (judgement(self.before, Verdict::Diverges(Box::new(diverged))), Vec::new());
        }
        let program = &*self.context.bundle.program;
        let seen = see(self.trial, self.after, self.after.memory.clone(), program, self.context.when());
        let parked = self.before.problem();
        if let Some(divergence) = &seen.divergence {
            let diverged = self.diverged(divergence);
            return (judgement(self.before, Verdict::Diverges(Box::new(diverged))), Vec::new());
        }
        if let Some(problem) = seen.problem {
            let verdict = if parked.is_some() { Verdict::StaysParked(problem) } else { Verdict::Fails(problem) };
            return (judgement(self.before, verdict), Vec::new());
        }
        let verdict = if parked.is_some() { Verdict::Mended } else { Verdict::Continues };
        let mut judgement = judgement(self.before, verdict);
        judgement.function = self.after.function.clone();
        judgement.asks = seen.asked.iter().filter_map(|asked| self.address_of(asked)).collect();
        if judgement.asks.is_empty() && seen.finished {
            let done = Address { within: None, verb: "return".into(), label: "".into(), nth: 0 };
            judgement.asks.push(done);
        }
        let (deadlines, moved) = deadlines::changed(&Before { places: self, waited: &seen.look.waited });
        judgement.deadlines = deadlines;
        (judgement, moved)
    }

    fn address_of(&self, asked: &Asked) -> Option<Address> {
        match asked {
            Asked::Take { address, .. } | Asked::Wait { address, .. } | Asked::Open { address, .. } => {
                Some(address.clone())
            }
            Asked::BranchDone { step, .. } | Asked::Close { step, .. } => self.after.memory.address(*step).cloned(),
        }
    }

    fn diverged(&self, divergence: &Divergence) -> Diverged {
        // Under the old script the same step stands where it was recorded.
        let mut mapped = self.before.memory.clone();
        let moved = mapped.map(self.moves());
        let was = moved.iter().find(|(_, new)| *new == divergence.step).map_or(divergence.step, |(old, _)| *old);
        let look = self.old_look();
        let late = match self.search {
            Search::Fixes => late::find(self, divergence),
            Search::Nothing => None,
        };
        let (fix, lost) = if late.is_some() { (Vec::new(), Vec::new()) } else { self.fix() };
        Diverged {
            // By the name that the journal has: a mapping may call it otherwise.
            expected: self.before.memory.address(was).unwrap_or(&divergence.expected).clone(),
            expected_at: look.places.get(&was).cloned(),
            found: match &divergence.found {
                Found::Asked(address) | Found::Passed(address) => Some(address.clone()),
                Found::Returned => None,
            },
            found_at: divergence.position.clone(),
            fix,
            lost,
            late,
            branch: None,
        }
    }

    /// A branch of which nobody can tell which one of the new script it is.
    fn unclear(&self, unclear: &UnclearBranch) -> Diverged {
        let (fix, lost) = self.fix();
        Diverged {
            expected: unclear.waits.clone().unwrap_or_else(|| unclear.of.clone()),
            expected_at: Some(unclear.waits_at.clone().unwrap_or_else(|| unclear.was.position.clone())),
            found: Some(unclear.of.clone()),
            found_at: unclear.found_at.clone(),
            fix,
            lost,
            late: None,
            branch: Some(Box::new(unclear.clone())),
        }
    }

    /// Mappings with which the journey would continue, and what they let go.
    fn fix(&self) -> (Vec<Mapping>, Vec<Lost>) {
        match self.search {
            Search::Fixes => {
                let fix = fix::find(self);
                let lost = if fix.is_empty() { Vec::new() } else { fix::lost(self, &fix) };
                (fix, lost)
            }
            Search::Nothing => (Vec::new(), Vec::new()),
        }
    }
}
