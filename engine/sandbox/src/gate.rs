//! The gate: what a component may import, and the one way in which any is called.

use crate::contract::LOG_MAJOR;
use crate::fault::{self, clip, contract};
use crate::machine::Machine;
use crate::store::{self, State, Work};
use crate::usage::Usage;
use std::sync::Arc;
use std::time::Duration;
use turnabout_core::ports::PluginFault;
use wasmtime::Store;
use wasmtime::component::{Component, InstancePre};

/// A component that imports nothing but the log: compiled and linked, to be instantiated for each call.
pub(crate) struct Gated {
    pub(crate) machine: Arc<Machine>,
    /// Its exported interfaces by name, for example `turnabout:plugin/rule@1.0.0`.
    pub(crate) exports: Vec<String>,
    linked: InstancePre<State>,
    memory_bytes: usize,
}

impl Gated {
    /// Compiles a component and looks at its imports.
    pub(crate) fn compile(machine: &Arc<Machine>, bytes: &[u8]) -> Result<Self, PluginFault> {
        let component = Component::from_binary(&machine.engine, bytes)
            .map_err(|error| contract(clip(&format!("{error:#}"), machine.limits.message_characters)))?;
        if let Some(name) = foreign_imports(machine, &component).first() {
            return Err(contract(format!("it imports '{name}', and may import nothing but the log")));
        }
        Self::link(machine, &component, bytes.len())
    }

    /// Links a compiled component of so many bytes.
    pub(crate) fn link(machine: &Arc<Machine>, component: &Component, bytes: usize) -> Result<Self, PluginFault> {
        let shape = component.component_type();
        let exports = shape.exports(&machine.engine).map(|(name, _)| name.to_owned()).collect();
        let linked = machine.linker.instantiate_pre(component).map_err(|error| bad_shape(machine, &error))?;
        let memory_bytes = machine.limits.memory_for(bytes);
        Ok(Self { machine: Arc::clone(machine), exports, linked, memory_bytes })
    }

    /// Its linked form, for the bindings of an interface.
    pub(crate) fn linked(&self) -> InstancePre<State> {
        self.linked.clone()
    }

    /// Says that it does not export what it should.
    pub(crate) fn bad_shape(&self, error: &wasmtime::Error) -> PluginFault {
        bad_shape(&self.machine, error)
    }

    /// Makes an instance, asks it once and throws it away.
    pub(crate) fn call<I, T>(
        &self,
        work: Work,
        instantiate: impl FnOnce(&mut Store<State>) -> wasmtime::Result<I>,
        ask: impl FnOnce(&I, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<T, PluginFault> {
        self.measured(work, instantiate, ask).map(|(answer, _)| answer)
    }

    /// Does what [`Gated::call`] does, and says what the call used.
    pub(crate) fn measured<I, T>(
        &self,
        work: Work,
        instantiate: impl FnOnce(&mut Store<State>) -> wasmtime::Result<I>,
        ask: impl FnOnce(&I, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<(T, Usage), PluginFault> {
        let limits = &self.machine.limits;
        let wait = Duration::from_millis(limits.wait_ms);
        // Declared before the store, so dropped after it: the place is free only when the instance is gone.
        let _place = self.machine.permits.take(wait).ok_or(PluginFault::Busy)?;
        let mut store = store::new(&self.machine.engine, limits, self.memory_bytes, work);
        let instance = match instantiate(&mut store) {
            Ok(instance) => instance,
            Err(error) => return Err(fault::of_call(&error, &store)),
        };
        let answer = ask(&instance, &mut store).map_err(|error| fault::of_call(&error, &store))?;
        Ok((answer, store::usage(&store)))
    }

    /// A failure that the component itself tells, in words that can be shown; or the exception that its language made one of.
    pub(crate) fn declared(&self, message: &str) -> PluginFault {
        let shown = clip(message, self.machine.limits.message_characters);
        if is_exception(message) { PluginFault::Exception(shown) } else { PluginFault::Declared(shown) }
    }
}

/// What a component imports besides the log, by name.
pub(crate) fn foreign_imports(machine: &Machine, component: &Component) -> Vec<String> {
    let shape = component.component_type();
    let names = shape.imports(&machine.engine).map(|(name, _)| name.to_owned());
    let foreign = names.filter(|name| !name.starts_with(LOG_MAJOR));
    foreign.map(|name| clip(&name, machine.limits.message_characters)).collect()
}

/// Tells whether a failure begins as Python and JavaScript name what was thrown and not caught: `ZeroDivisionError: ...`. Their
/// SDKs make a failure of every exception, since one that left the code would be a crash without a word; no sentence for a person
/// begins so.
fn is_exception(message: &str) -> bool {
    let name = message.split_once(':').map_or(message, |(name, _)| name).trim_end();
    let last = name.rsplit('.').next().unwrap_or(name);
    let ends = ["Error", "Exception", "Iteration", "Interrupt", "Warning", "ExceptionGroup", "SystemExit"];
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
        && last.starts_with(|c: char| c.is_ascii_uppercase())
        && ends.iter().any(|end| last.ends_with(end))
}

fn bad_shape(machine: &Machine, error: &wasmtime::Error) -> PluginFault {
    let error = clip(&format!("{error:#}"), machine.limits.message_characters);
    contract(format!("its imports or exports are not those of a plugin: {error}"))
}

#[cfg(test)]
mod tests {
    use super::is_exception;

    #[test]
    fn an_exception_is_told_by_its_name_and_a_sentence_is_none() {
        for text in [
            "ZeroDivisionError: division by zero",
            "Error: no",
            "StopIteration",
            "json.decoder.JSONDecodeError: x",
            "NotImplementedError:",
        ] {
            assert!(is_exception(text), "{text}");
        }
        for text in [
            "the settings can't be used: no 'site'",
            "Error in the settings: no 'site'",
            "",
            ": x",
            "site: no such Error",
        ] {
            assert!(!is_exception(text), "{text}");
        }
    }
}
