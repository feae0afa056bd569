//! Rules of which one can be exchanged while a rehearsal is under way.

use super::Fresh;
use std::sync::{
    PoisonError, RwLock,
    atomic::{AtomicUsize, Ordering},
};
use turnabout_core::ports::{
    Components, PluginError, PluginKind, PluginRef, Reason, RuleDescription, Rules, ScoreBlock, ScoreRequest,
};

/// The rules of a template, of which the plugin that is being written is always the newest, whatever the template pins.
///
/// It is exchanged between two acts of a rehearsal only, so that one matching is decided by one component.
#[derive(Debug)]
pub(super) struct Swappable {
    current: RwLock<Fresh>,
    failures: AtomicUsize,
}

impl Swappable {
    pub(super) fn new(first: Fresh) -> Self {
        Self { current: RwLock::new(first), failures: AtomicUsize::new(0) }
    }

    /// The component in use.
    pub(super) fn current(&self) -> Fresh {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another in its place. What the old one took is given back.
    pub(super) fn swap(&self, fresh: Fresh) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
    }

    /// How often the plugin failed since it was last asked.
    pub(super) fn take_failures(&self) -> usize {
        self.failures.swap(0, Ordering::Relaxed)
    }

    /// Asks with the hash of the component in use in the place of the one that is pinned.
    fn ask<T>(
        &self,
        plugin: &PluginRef,
        ask: impl FnOnce(&dyn Rules, &PluginRef) -> Result<T, PluginError>,
    ) -> Result<T, PluginError> {
        let fresh = self.current();
        let rules = fresh.house.for_rehearsal().rules;
        if plugin.id != fresh.plugin.id {
            return ask(rules, plugin);
        }
        ask(rules, &fresh.plugin).inspect_err(|_| {
            self.failures.fetch_add(1, Ordering::Relaxed);
        })
    }
}

impl Components for Swappable {
    fn keep(&self, plugin: &PluginRef, component: &[u8]) -> Result<(), PluginError> {
        self.current().house.sandbox().keep(plugin, component)
    }

    fn examine(&self, plugin: &PluginRef) -> Result<PluginKind, PluginError> {
        self.ask(plugin, |rules, plugin| rules.examine(plugin))
    }
}

impl Rules for Swappable {
    fn describe(&self, plugin: &PluginRef) -> Result<RuleDescription, PluginError> {
        self.ask(plugin, |rules, plugin| rules.describe(plugin))
    }

    fn score(&self, request: ScoreRequest<'_>) -> Result<ScoreBlock, PluginError> {
        self.ask(request.plugin, |rules, plugin| rules.score(ScoreRequest { plugin, ..request }))
    }

    fn explain(&self, request: ScoreRequest<'_>, mentor: usize, mentee: usize) -> Result<Vec<Reason>, PluginError> {
        self.ask(request.plugin, |rules, plugin| rules.explain(ScoreRequest { plugin, ..request }, mentor, mentee))
    }
}
