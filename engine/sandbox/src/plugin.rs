//! One component, compiled, let through the gate and described: a rule or a logic.

use crate::contract::{self, LOGIC_MAJOR, RulePlugin, RulePluginPre, wit};
use crate::fault;
use crate::gate::Gated;
use crate::logic::Logic;
use crate::machine::Machine;
use crate::store::{State, Work};
use crate::usage::Usage;
use std::sync::Arc;
use turnabout_core::ports::{PluginFault, PluginKind, RuleDescription};
use wasmtime::Store;

/// A component that may be called.
pub(crate) enum Plugin {
    /// It scores pairs.
    Rule(Box<Rule>),
    /// It runs surveys.
    Logic(Box<Logic>),
}

impl Plugin {
    /// Compiles a component and lets it through the gate: its imports, its exports, its description.
    ///
    /// What it is, its exports say; one that exports no logic has to be a rule.
    pub(crate) fn compile(machine: &Arc<Machine>, bytes: &[u8]) -> Result<Self, PluginFault> {
        Self::of(Gated::compile(machine, bytes)?)
    }

    /// Lets a linked component describe itself.
    pub(crate) fn of(gated: Gated) -> Result<Self, PluginFault> {
        if gated.exports.iter().any(|name| name.starts_with(LOGIC_MAJOR)) {
            return Ok(Self::Logic(Box::new(Logic::new(gated)?)));
        }
        Ok(Self::Rule(Box::new(Rule::new(gated)?)))
    }

    /// What it is for.
    pub(crate) fn kind(&self) -> PluginKind {
        match self {
            Self::Rule(_) => PluginKind::Rule,
            Self::Logic(_) => PluginKind::Logic,
        }
    }

    /// It as a rule.
    pub(crate) fn rule(&self) -> Result<&Rule, PluginFault> {
        match self {
            Self::Rule(rule) => Ok(rule),
            Self::Logic(_) => Err(fault::contract("it is the logic of a survey, and a matching rule is asked for")),
        }
    }

    /// It as a logic.
    pub(crate) fn logic(&self) -> Result<&Logic, PluginFault> {
        match self {
            Self::Logic(logic) => Ok(logic),
            Self::Rule(_) => Err(fault::contract("it is a matching rule, and the logic of a survey is asked for")),
        }
    }
}

/// A matching rule.
pub(crate) struct Rule {
    gated: Gated,
    pre: RulePluginPre<State>,
    /// What it says of itself: asked once, since it depends on nothing.
    pub(crate) description: RuleDescription,
}

impl Rule {
    fn new(gated: Gated) -> Result<Self, PluginFault> {
        let pre = RulePluginPre::new(gated.linked()).map_err(|error| gated.bad_shape(&error))?;
        let description = described(&gated, &pre)?;
        Ok(Self { gated, pre, description })
    }

    /// Asks once more what it says of itself.
    pub(crate) fn describe_again(&self) -> Result<RuleDescription, PluginFault> {
        described(&self.gated, &self.pre)
    }

    /// Scores a block, and says what that used. Checks nothing of what comes back.
    pub(crate) fn score(&self, cohort: wit::Cohort<'_>) -> Result<(wit::Block, Usage), PluginFault> {
        let pairs = cohort.mentors.rows as usize * cohort.mentees.rows as usize;
        let (scored, usage) = self.call(pairs, |rule, store| rule.turnabout_plugin_rule().call_score(store, cohort))?;
        Ok((scored.map_err(|failure| self.gated.declared(&failure.message))?, usage))
    }

    /// Explains one pair. Checks nothing of what comes back.
    pub(crate) fn explain(
        &self,
        cohort: wit::Cohort<'_>,
        mentor: u32,
        mentee: u32,
    ) -> Result<Vec<wit::Reason>, PluginFault> {
        // It may have to look at all mentees to explain one.
        let pairs = cohort.mentors.rows as usize * cohort.mentees.rows as usize;
        self.call(pairs, |rule, store| rule.turnabout_plugin_rule().call_explain(store, cohort, mentor, mentee))?
            .0
            .map_err(|failure| self.gated.declared(&failure.message))
    }

    fn call<T>(
        &self,
        pairs: usize,
        ask: impl FnOnce(&RulePlugin, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<(T, Usage), PluginFault> {
        self.gated.measured(Work::Pairs(pairs), |store| self.pre.instantiate(store), ask)
    }
}

fn described(gated: &Gated, pre: &RulePluginPre<State>) -> Result<RuleDescription, PluginFault> {
    let said = gated.call(
        Work::Pairs(0),
        |store| pre.instantiate(store),
        |rule: &RulePlugin, store| rule.turnabout_plugin_rule().call_describe(store),
    )?;
    contract::description(said, gated.machine.limits.message_characters)
}
