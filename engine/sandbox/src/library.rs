//! Who is installed: components by the hash of their bytes.

use crate::cache::CodeCache;
use crate::fault::contract;
use crate::limits::Limits;
use crate::machine::Machine;
use crate::plugin::Plugin;
use crate::standard::{earlier_plugins, standard_plugins};
use crate::weight;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use turnabout_core::ports::{Components, PluginError, PluginFault, PluginKind, PluginRef};

/// Runs plugins, each by the hash of its component.
///
/// Share one: it holds the compiled code, the pool of instances and the ticker thread.
pub struct Sandbox {
    pub(crate) machine: Arc<Machine>,
    installed: RwLock<FxHashMap<SmolStr, Arc<Slot>>>,
}

/// The engine under the plugins could not be started.
#[derive(Debug, thiserror::Error)]
#[error("the plugin sandbox could not be started: {0}")]
pub struct SandboxError(String);

/// An installed component, compiled when it is first asked for.
struct Slot {
    /// The bytes of a component that is not compiled yet. One that was installed is, and its bytes are not kept.
    component: Cow<'static, [u8]>,
    plugin: OnceLock<Result<Arc<Plugin>, PluginFault>>,
}

impl Sandbox {
    /// Starts a sandbox without any plugin, and without a cache: everything is compiled anew.
    pub fn new(limits: Limits) -> Result<Self, SandboxError> {
        Self::with_cache(limits, None)
    }

    /// Starts a sandbox without any plugin. What it compiles is kept in the cache, if there is one, and taken from it.
    pub fn with_cache(limits: Limits, cache: Option<&CodeCache>) -> Result<Self, SandboxError> {
        let machine = Machine::new(limits, cache).map_err(|error| SandboxError(format!("{error:#}")))?;
        Ok(Self { machine: Arc::new(machine), installed: RwLock::default() })
    }

    /// Starts a sandbox with the standard limits and the plugins that come with the engine, earlier components among them.
    ///
    /// They are compiled when first asked for; see [`Sandbox::prepare`].
    pub fn with_standard_plugins() -> Result<Self, SandboxError> {
        Self::with_standard_plugins_and_cache(None)
    }

    /// Does what [`Sandbox::with_standard_plugins`] does, with a cache of compiled components if there is one.
    pub fn with_standard_plugins_and_cache(cache: Option<&CodeCache>) -> Result<Self, SandboxError> {
        let sandbox = Self::with_cache(Limits::standard(), cache)?;
        for standard in standard_plugins().iter().chain(earlier_plugins()) {
            sandbox.insert(
                &standard.sha256,
                Slot { component: Cow::Borrowed(standard.component), plugin: OnceLock::new() },
            );
        }
        Ok(sandbox)
    }

    /// Installs a component and returns its SHA-256, in lower-case hexadecimal.
    ///
    /// The gate: its size and what it would cost to compile, that it is a component, that it imports nothing but the log and exports a rule or a
    /// logic, that it starts, and that it describes itself. A component that is installed already is left as it is.
    pub fn install(&self, component: &[u8]) -> Result<SmolStr, PluginError> {
        let sha256 = sha256(component);
        let refuse = |fault| PluginError { plugin: sha256[..12].into(), fault };
        self.small_enough(component).map_err(refuse)?;
        if self.slot(&sha256).is_none() {
            let plugin = Plugin::compile(&self.machine, component).map_err(refuse)?;
            self.insert_compiled(&sha256, &Arc::new(plugin));
        }
        Ok(sha256)
    }

    /// Compiles these plugins now, on all cores, rather than at their first call.
    pub fn prepare(&self, plugins: &[PluginRef]) -> Result<(), PluginError> {
        use rayon::prelude::*;
        plugins.par_iter().try_for_each(|plugin| self.plugin(plugin).map(drop))
    }

    /// Whether a component is installed.
    pub fn has(&self, sha256: &str) -> bool {
        self.slot(sha256).is_some()
    }

    /// Finds a plugin, compiled.
    pub(crate) fn plugin(&self, plugin: &PluginRef) -> Result<Arc<Plugin>, PluginError> {
        let name = |fault| PluginError { plugin: plugin.id.clone(), fault };
        let slot = self.slot(&plugin.sha256).ok_or_else(|| name(PluginFault::Missing))?;
        let compiled = slot.plugin.get_or_init(|| Plugin::compile(&self.machine, &slot.component).map(Arc::new));
        compiled.clone().map_err(name)
    }

    /// Refuses what is too large, or would take too long to compile.
    /// Refuses what is too large, or would take too long to compile: where a component comes in.
    pub(crate) fn small_enough(&self, component: &[u8]) -> Result<(), PluginFault> {
        self.within_size(component)?;
        weight::bearable(component, &self.machine.limits)
    }

    fn within_size(&self, component: &[u8]) -> Result<(), PluginFault> {
        let (size, most) = (component.len(), self.machine.limits.component_bytes);
        if size > most {
            return Err(contract(format!("it has {size} bytes, and {most} are allowed")));
        }
        Ok(())
    }

    fn slot(&self, sha256: &str) -> Option<Arc<Slot>> {
        self.installed.read().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned()
    }

    /// Keeps a plugin that is compiled already.
    pub(crate) fn insert_compiled(&self, sha256: &SmolStr, plugin: &Arc<Plugin>) {
        let plugin = OnceLock::from(Ok(Arc::clone(plugin)));
        self.insert(sha256, Slot { component: Cow::Borrowed(&[]), plugin });
    }

    fn insert(&self, sha256: &SmolStr, slot: Slot) {
        let mut installed = self.installed.write().unwrap_or_else(PoisonError::into_inner);
        installed.entry(sha256.clone()).or_insert_with(|| Arc::new(slot));
    }
}

impl Components for Sandbox {
    fn keep(&self, plugin: &PluginRef, component: &[u8]) -> Result<(), PluginError> {
        let refuse = |fault| PluginError { plugin: plugin.id.clone(), fault };
        if self.has(&plugin.sha256) {
            return Ok(());
        }
        // What a run has pinned is kept for ever: what compiling it may cost was asked when it came in, by `examine`.
        self.within_size(component).map_err(refuse)?;
        let own = sha256(component);
        if own != plugin.sha256 {
            let pinned = &plugin.sha256;
            return Err(refuse(contract(format!("its SHA-256 is {own}, and {pinned} is pinned"))));
        }
        self.insert(&own, Slot { component: Cow::Owned(component.to_vec()), plugin: OnceLock::new() });
        Ok(())
    }

    fn examine(&self, plugin: &PluginRef) -> Result<PluginKind, PluginError> {
        if let Some(slot) = self.slot(&plugin.sha256).filter(|slot| slot.plugin.get().is_none()) {
            let heavy = weight::bearable(&slot.component, &self.machine.limits);
            heavy.map_err(|fault| PluginError { plugin: plugin.id.clone(), fault })?;
        }
        self.plugin(plugin).map(|compiled| compiled.kind())
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let installed = self.installed.read().unwrap_or_else(PoisonError::into_inner);
        f.debug_struct("Sandbox").field("installed", &installed.keys()).finish_non_exhaustive()
    }
}

/// The SHA-256 of a component, in lower-case hexadecimal: what a manifest pins.
pub fn component_sha256(component: &[u8]) -> SmolStr {
    sha256(component)
}

/// The SHA-256 of a component, in lower-case hexadecimal.
pub(crate) fn sha256(component: &[u8]) -> SmolStr {
    hex::encode(Sha256::digest(component)).into()
}
