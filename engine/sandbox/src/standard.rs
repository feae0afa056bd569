//! The plugins that come with the engine, built and committed in `plugins/dist`, and what they were before.

use crate::library::sha256;
use smol_str::SmolStr;
use std::sync::LazyLock;
use turnabout_core::ports::PluginKind;

/// A plugin that comes with the engine.
#[derive(Debug, Clone)]
pub struct StandardPlugin {
    /// Its id.
    pub id: &'static str,
    /// What it is for.
    pub kind: PluginKind,
    /// The SHA-256 of its component, in lower-case hexadecimal: what a manifest pins.
    pub sha256: SmolStr,
    /// The component.
    pub component: &'static [u8],
}

/// Lists the plugins that come with the engine.
pub fn standard_plugins() -> &'static [StandardPlugin] {
    &PLUGINS
}

/// Lists the components that came with an engine before this one: what a template or a run has pinned is there for ever.
pub fn earlier_plugins() -> &'static [StandardPlugin] {
    &EARLIER
}

static EARLIER: LazyLock<Vec<StandardPlugin>> = LazyLock::new(|| EARLIER_COMPONENTS.into_iter().map(hashed).collect());

/// Hashed once a process: the hash of the bytes that will run is worth more than one written beside them.
static PLUGINS: LazyLock<Vec<StandardPlugin>> = LazyLock::new(|| COMPONENTS.into_iter().map(hashed).collect());

fn hashed((id, kind, component): (&'static str, PluginKind, &'static [u8])) -> StandardPlugin {
    StandardPlugin { id, kind, sha256: sha256(component), component }
}

const COMPONENTS: [(&str, PluginKind, &[u8]); 8] = [
    ("availability", PluginKind::Rule, include_bytes!("../../../plugins/dist/availability.wasm")),
    ("ballot", PluginKind::Rule, include_bytes!("../../../plugins/dist/ballot.wasm")),
    ("difference", PluginKind::Rule, include_bytes!("../../../plugins/dist/difference.wasm")),
    ("eligibility", PluginKind::Rule, include_bytes!("../../../plugins/dist/eligibility.wasm")),
    ("form-logic", PluginKind::Logic, include_bytes!("../../../plugins/dist/form-logic.wasm")),
    ("pulse-risk", PluginKind::Logic, include_bytes!("../../../plugins/dist/pulse-risk.wasm")),
    ("reporting-line", PluginKind::Rule, include_bytes!("../../../plugins/dist/reporting-line.wasm")),
    ("topic-overlap", PluginKind::Rule, include_bytes!("../../../plugins/dist/topic-overlap.wasm")),
];

/// In order of id and version.
const EARLIER_COMPONENTS: [(&str, PluginKind, &[u8]); 1] = [
    // It reads ranks, in which equals stand one after the other.
    ("ballot", PluginKind::Rule, include_bytes!("../../../plugins/earlier/ballot-1.0.0.wasm")),
];
