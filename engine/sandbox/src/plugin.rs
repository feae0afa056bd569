//! One component, compiled, let through the gate and described.

use crate::contract::{self, LOG_MAJOR, RulePlugin, RulePluginPre, wit};
use crate::fault::{self, clip, contract};
use crate::machine::Machine;
use crate::store::{self, State};
use std::sync::Arc;
use std::time::Duration;
use turnabout_core::ports::{PluginFault, RuleDescription};
use wasmtime::Store;
use wasmtime::component::Component;

/// A component that may be called.
pub(crate) struct Plugin {
    machine: Arc<Machine>,
    pre: RulePluginPre<State>,
    memory_bytes: usize,
    /// What it says of itself: asked once, since it depends on nothing.
    pub(crate) description: RuleDescription,
}

impl Plugin {
    /// Compiles a component and lets it through the gate: its imports, its exports, its description.
    pub(crate) fn compile(machine: &Arc<Machine>, bytes: &[u8]) -> Result<Self, PluginFault> {
        let component = Component::from_binary(&machine.engine, bytes)
            .map_err(|error| contract(clip(&format!("{error:#}"), machine.limits.message_characters)))?;
        for (name, _) in component.component_type().imports(&machine.engine) {
            if !name.starts_with(LOG_MAJOR) {
                let name = clip(name, machine.limits.message_characters);
                return Err(contract(format!("it imports '{name}', and may import nothing but the log")));
            }
        }
        let bad_shape = |error: wasmtime::Error| {
            let error = clip(&format!("{error:#}"), machine.limits.message_characters);
            contract(format!("its imports or exports are not those of a rule: {error}"))
        };
        let pre = machine.linker.instantiate_pre(&component).map_err(bad_shape)?;
        let pre = RulePluginPre::new(pre).map_err(bad_shape)?;
        let memory_bytes = machine.limits.memory_for(bytes.len());
        let machine = Arc::clone(machine);
        let said =
            call(&machine, &pre, memory_bytes, 0, |rule, store| rule.turnabout_plugin_rule().call_describe(store))?;
        let description = contract::description(said, machine.limits.message_characters)?;
        Ok(Self { machine, pre, memory_bytes, description })
    }

    /// Scores a block. Checks nothing of what comes back.
    pub(crate) fn score(&self, cohort: wit::Cohort<'_>) -> Result<wit::Block, PluginFault> {
        let pairs = cohort.mentors.rows as usize * cohort.mentees.rows as usize;
        self.call(pairs, |rule, store| rule.turnabout_plugin_rule().call_score(store, cohort))?
            .map_err(|failure| self.declared(&failure))
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
            .map_err(|failure| self.declared(&failure))
    }

    fn call<T>(
        &self,
        pairs: usize,
        ask: impl FnOnce(&RulePlugin, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<T, PluginFault> {
        call(&self.machine, &self.pre, self.memory_bytes, pairs, ask)
    }

    fn declared(&self, failure: &wit::Failure) -> PluginFault {
        PluginFault::Declared(clip(&failure.message, self.machine.limits.message_characters))
    }
}

/// Makes an instance, asks it once and throws it away.
fn call<T>(
    machine: &Machine,
    pre: &RulePluginPre<State>,
    memory_bytes: usize,
    pairs: usize,
    ask: impl FnOnce(&RulePlugin, &mut Store<State>) -> wasmtime::Result<T>,
) -> Result<T, PluginFault> {
    let wait = Duration::from_millis(machine.limits.wait_ms);
    // Declared before the store, so dropped after it: the place is free only when the instance is gone.
    let _place = machine.permits.take(wait).ok_or(PluginFault::Busy)?;
    let mut store = store::new(&machine.engine, &machine.limits, memory_bytes, pairs);
    let rule = match pre.instantiate(&mut store) {
        Ok(rule) => rule,
        Err(error) => return Err(fault::of_call(&error, &store)),
    };
    ask(&rule, &mut store).map_err(|error| fault::of_call(&error, &store))
}
