//! Components that come with a template, in its folder `plugins`.

use super::{PluginError, PluginRef};

/// What a plugin is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PluginKind {
    /// It scores pairs.
    Rule,
    /// It runs surveys.
    Logic,
}

/// Takes in components that come with a template. Whoever runs plugins does.
pub trait Components: Send + Sync {
    /// Keeps a component under the hash that pins it, after a look at its size and its hash. It is compiled and let through
    /// the gate when it is first asked for, or by [`Components::examine`]. One that is here already is left as it is.
    fn keep(&self, plugin: &PluginRef, component: &[u8]) -> Result<(), PluginError>;

    /// Lets a component through the gate now: its imports, its exports, what it says of itself.
    fn examine(&self, plugin: &PluginRef) -> Result<PluginKind, PluginError>;
}
