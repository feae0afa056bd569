//! The risk plan: its survey is one whose answers people give to the programme, and its plugin understands the settings.

use super::Sources;
use crate::{document::Node, report::Report, suggest};
use turnabout_core::ports::{Logics, PluginRef};

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let Some(plan) = sources.manifest.get("risk") else { return };
    if let Some(node) = plan.get("plugin")
        && let Some(name) = node.text()
        && pinned(sources, name).is_none()
    {
        let plugins = sources.names("plugins");
        report.push(
            node.error("risk::unknown_plugin", format!("[plugins] has no '{name}'"), "no such plugin")
                .help(suggest::help(name, plugins, "add it to [plugins] with the SHA-256 of its component")),
        );
    }
    let Some(node) = plan.get("survey") else { return };
    let Some(name) = node.text() else { return };
    match sources.surveys.get(name) {
        None => report.push(
            node.error("risk::unknown_survey", format!("the template has no survey '{name}'"), "no such survey")
                .help(suggest::help(name, sources.surveys.keys().copied(), &format!("write surveys/{name}.toml"))),
        ),
        Some(survey) if survey.text_of("mode") != Some("named") => report.push(
            node.error(
                "risk::not_named",
                format!("people are told that nobody looks at single answers to '{name}', and here somebody does"),
                "its mode is not named",
            )
            .help("write mode = \"named\" into the survey, and say in its introduction who looks at the answers and for what"),
        ),
        Some(_) => {}
    }
}

/// Has the settings checked by the plugin that will read them.
pub(crate) fn check_settings(sources: &Sources<'_>, logics: &dyn Logics, report: &mut Report) {
    let Some(plan) = sources.manifest.get("risk") else { return };
    let Some((name, sha256)) = plan.text_of("plugin").and_then(|name| Some((name, pinned(sources, name)?))) else {
        return;
    };
    let settings = plan.get("settings").and_then(Node::json);
    let settings = settings.and_then(|json| json.as_object().cloned()).unwrap_or_default();
    let at = plan.get("settings").unwrap_or(plan);
    match logics.check_flags(&PluginRef { id: name.into(), sha256: sha256.into() }, &settings) {
        Ok(problems) => report.extend(problems.iter().map(|problem| {
            at.error("risk::settings", problem.message.clone(), problem.code.to_string())
                .help("mend the settings; the plugin's read-me says what they are")
        })),
        Err(error) => report.push(
            sources
                .manifest
                .get("plugins")
                .and_then(|plugins| plugins.get(name))
                .unwrap_or(at)
                .error(error.fault.code(), error.to_string(), "this component is not there")
                .help("pin a logic that is installed; plugins/dist/index.toml lists those that come with the engine"),
        ),
    }
}

fn pinned<'d>(sources: &Sources<'d>, plugin: &str) -> Option<&'d str> {
    sources.manifest.get("plugins")?.text_of(plugin)
}
