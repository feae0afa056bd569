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
///
/// ```
/// use std::collections::BTreeMap;
/// use turnabout_core::ports::{Components, PluginError, PluginFault, PluginKind, PluginRef};
///
/// /// Rules that this program has of its own, by the hash that pins each: whatever else a template brings is kept out.
/// struct InHouse(BTreeMap<String, PluginKind>);
///
/// impl Components for InHouse {
///     fn keep(&self, plugin: &PluginRef, _: &[u8]) -> Result<(), PluginError> {
///         self.examine(plugin).map(drop)
///     }
///
///     fn examine(&self, plugin: &PluginRef) -> Result<PluginKind, PluginError> {
///         let missing = || PluginError { plugin: plugin.id.clone(), fault: PluginFault::Missing };
///         self.0.get(plugin.sha256.as_str()).copied().ok_or_else(missing)
///     }
/// }
///
/// let ours = InHouse([("00".to_owned(), PluginKind::Rule)].into());
/// let pinned = |sha256: &str| PluginRef { id: "same-site".into(), sha256: sha256.into() };
/// assert_eq!(ours.examine(&pinned("00"))?, PluginKind::Rule);
/// assert_eq!(ours.keep(&pinned("01"), b"anything").unwrap_err().fault.code(), "plugin::missing");
/// # Ok::<_, PluginError>(())
/// ```
pub trait Components: Send + Sync {
    /// Keeps a component under the hash that pins it, after a look at its size and its hash. It is compiled and let through
    /// the gate when it is first asked for, or by [`Components::examine`]. One that is here already is left as it is.
    fn keep(&self, plugin: &PluginRef, component: &[u8]) -> Result<(), PluginError>;

    /// Lets a component through the gate now: its imports, its exports, what it says of itself.
    fn examine(&self, plugin: &PluginRef) -> Result<PluginKind, PluginError>;
}
