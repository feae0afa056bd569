//! The plugins that come with the engine, built and committed in `plugins/dist`.

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

/// Hashed once a process: the hash of the bytes that will run is worth more than one written beside them.
static PLUGINS: LazyLock<Vec<StandardPlugin>> = LazyLock::new(|| {
    let plugin = |(id, kind, component): (_, _, &'static [u8])| StandardPlugin {
        id,
        kind,
        sha256: sha256(component),
        component,
    };
    COMPONENTS.into_iter().map(plugin).collect()
});

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
