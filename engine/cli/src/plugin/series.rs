//! Rehearsals one after another while a plugin is written. The newest good component answers from the next question on, in the
//! very rehearsal that is under way.

mod served;
mod swappable;

use crate::house::rehearsal;
use served::{Figures, Served};
use smol_str::SmolStr;
use std::sync::Arc;
use swappable::Swappable;
use turnabout_core::{
    bundle::Bundle,
    limits::Limits,
    ports::PluginRef,
    rehearse::{House, rehearse_watched},
    run::Run,
};

/// A good component, with the engines it is compiled in and the template it was laid into.
#[derive(Clone)]
pub(crate) struct Fresh {
    /// The engines.
    pub(crate) house: Arc<crate::house::House>,
    /// The template with the component in the place of its own.
    pub(crate) bundle: Arc<Bundle>,
    /// The component.
    pub(crate) plugin: PluginRef,
}

impl std::fmt::Debug for Fresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fresh").field("plugin", &self.plugin).finish_non_exhaustive()
    }
}

impl Fresh {
    /// The first digits of its hash.
    fn short(&self) -> SmolStr {
        self.plugin.sha256.chars().take(12).collect()
    }

    /// Whether a plan asks the plugin.
    fn decides(&self, plan: &str) -> bool {
        let plan = self.bundle.programme.matching.get(plan);
        plan.is_some_and(|plan| plan.rules.iter().any(|rule| rule.plugin == self.plugin.id))
    }
}

/// A series of rehearsals of one template, with seeds 1, 2, 3 and on. A new component begins with seed 1 again when the
/// rehearsal that it came into is over, so that the same people are paired by both.
#[derive(Debug)]
pub(crate) struct Series {
    rules: Swappable,
    /// The seed of the last rehearsal.
    seed: u64,
    /// What the component in use has done.
    served: Served,
    /// What the one before had done, until the two are compared.
    before: Option<Served>,
}

impl Series {
    /// Begins with a first good component.
    pub(crate) fn new(first: Fresh) -> Self {
        let served = Served::new(first.short());
        Self { rules: Swappable::new(first), seed: 0, served, before: None }
    }

    /// How many rehearsals ended with the component in use.
    pub(crate) fn rehearsals(&self) -> usize {
        self.served.rehearsals
    }

    /// Rehearses with the next seed. Before every act of it `next` sees the run and may give a newer component. What there is to say goes to
    /// `say`, a line each.
    pub(crate) fn rehearse(&mut self, next: &mut dyn FnMut(&Run) -> Option<Fresh>, say: &mut dyn FnMut(String)) {
        self.seed += 1;
        let (rules, seed) = (&self.rules, self.seed);
        let (served, before) = (&mut self.served, &mut self.before);
        // The template stays the same within one rehearsal, also if the component changes.
        let bundle = rules.current().bundle;
        let Ok((_, plan)) = rehearsal(&bundle, None) else { return };
        let (mut looked, mut of_this, mut swapped) = (Looked::default(), Figures::default(), false);
        let mut before_act = |run: &Run| {
            of_this += looked.at(run, rules);
            let Some(fresh) = next(run) else { return };
            served.add(std::mem::take(&mut of_this));
            say(served.line());
            let matchings = run.proposals.len();
            say(format!(
                "{} takes its place in rehearsal {seed}, after {}",
                fresh.short(),
                served::matchings(matchings)
            ));
            *before = Some(std::mem::replace(served, Served::new(fresh.short())));
            rules.swap(fresh);
            swapped = true;
        };
        let house = House { rules, limits: Limits::standard() };
        let rehearsed = rehearse_watched(&bundle, plan, seed, house, &mut before_act);
        match rehearsed {
            Ok(rehearsed) => of_this += looked.at(&rehearsed.run, rules),
            Err(error) => {
                of_this.failures += 1;
                say(format!("rehearsal {seed} could not begin: {error}"));
            }
        }
        if swapped {
            served.add(of_this);
            self.seed = 0;
        } else {
            served.add_whole(of_this);
        }
        if let Some(before) = &self.before
            && let Some(line) = self.served.compared(before)
        {
            say(line);
            self.before = None;
        }
    }

    /// What the component in use has done so far.
    pub(crate) fn line(&self) -> String {
        self.served.line()
    }

    #[cfg(test)]
    fn served(&self) -> &Served {
        &self.served
    }
}

/// How much of a run was counted already.
#[derive(Debug, Default)]
struct Looked {
    proposals: usize,
}

impl Looked {
    /// Counts what is new: the proposals of plans that ask the plugin, and the times it failed.
    fn at(&mut self, run: &Run, rules: &Swappable) -> Figures {
        let fresh = rules.current();
        let mut figures = Figures { failures: rules.take_failures(), ..Figures::default() };
        for proposal in run.proposals.iter().skip(self.proposals).filter(|proposal| fresh.decides(&proposal.plan)) {
            figures += Figures {
                matchings: 1,
                pairs: proposal.pairs.len(),
                score: proposal.pairs.iter().map(|pair| pair.score).sum(),
                unmatched: proposal.unmatched.len(),
                failures: 0,
            };
        }
        self.proposals = run.proposals.len();
        figures
    }
}

#[cfg(test)]
mod tests;
