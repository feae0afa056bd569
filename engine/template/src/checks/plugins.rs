//! The template's own components: each is pinned by its hash, keeps the contract, and is what it is used for.

use super::Sources;
use crate::{
    document::Node,
    hash::component_hash,
    layout::{self, Place},
    report::Report,
};
use std::collections::BTreeSet;
use turnabout_core::{
    bundle::TemplateFiles,
    ports::{Logics, PluginKind, PluginRef},
};
use turnabout_model::Diagnostic;

/// Holds every component against its pin and, where somebody runs them, lets it through the gate. It is then kept there.
pub(crate) fn check(sources: &Sources<'_>, files: &TemplateFiles, logics: Option<&dyn Logics>, report: &mut Report) {
    for (path, component) in files {
        let Place::Plugin(name) = layout::place(path) else { continue };
        let hash = component_hash(component);
        let pin = sources.manifest.get("plugins").and_then(|plugins| plugins.get(name));
        let Some(pin) = pin else {
            report.push(
                Diagnostic::error("plugin::unpinned", format!("[plugins] does not pin the component {path}"))
                    .at(path.clone(), 0..0, "this component")
                    .help(format!("add `{name} = \"{hash}\"` to [plugins] of the manifest, or of changes.toml")),
            );
            continue;
        };
        if pin.text() != Some(hash.as_str()) {
            report.push(
                pin.error(
                    "plugin::mismatch",
                    format!("{path} is another component than the one pinned"),
                    "not its hash",
                )
                .help(format!("if you have just built it, write `{name} = \"{hash}\"`; else put the pinned one back")),
            );
            continue;
        }
        if let Some(logics) = logics {
            let plugin = PluginRef { id: name.into(), sha256: hash.into() };
            examine(sources, &plugin, component, pin, logics, report);
        }
    }
}

fn examine(
    sources: &Sources<'_>,
    plugin: &PluginRef,
    component: &[u8],
    pin: Node<'_>,
    logics: &dyn Logics,
    report: &mut Report,
) {
    let examined = logics.keep(plugin, component).and_then(|()| logics.examine(plugin));
    let kind = match examined {
        Ok(kind) => kind,
        Err(error) => {
            report.push(pin.error(error.fault.code(), error.to_string(), "this component").help(format!(
                "run `turnabout plugin check` on plugins/{}.wasm: it says all that is wrong",
                plugin.id
            )));
            return;
        }
    };
    if kind == PluginKind::Logic && rules(sources).contains(plugin.id.as_str()) {
        report.push(
            pin.error(
                "plugin::kind",
                format!("'{}' is the logic of a survey, and a plan matches with it", plugin.id),
                "no rule",
            )
            .help("name it as the `logic` of a survey, and a matching rule in the plan"),
        );
    }
}

/// The plugins that plans match with.
fn rules<'d>(sources: &Sources<'d>) -> BTreeSet<&'d str> {
    let plans = sources.manifest.entries_of("matching").into_iter();
    plans.flat_map(|(_, plan)| plan.items_of("rules")).filter_map(|rule| rule.text_of("plugin")).collect()
}
