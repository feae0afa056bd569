//! The risk plan: its survey is one whose answers people give to the programme, and its plugin understands the settings.

use super::Sources;
use crate::{document::Node, report::Report, suggest};
use smol_str::SmolStr;
use turnabout_core::ports::{Logics, PluginRef};
use turnabout_model::Choice;

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
        Some(survey) => {
            let signals = plan.get("settings").into_iter().flat_map(|settings| settings.items_of("signals"));
            signals.for_each(|signal| heard(signal, name, *survey, report));
        }
    }
}

/// A signal is about a question that the survey asks, and choices that it has: of any other nothing would ever be heard.
fn heard(signal: Node<'_>, survey: &str, form: Node<'_>, report: &mut Report) {
    let asked = super::surveys::answered(form);
    let Some((node, name)) = signal.get("question").and_then(|node| Some((node, node.text()?))) else { return };
    let Some(question) = asked.get(name) else {
        let help = suggest::help(name, asked.keys().copied(), "name a question of the survey");
        let what = format!("'{survey}' has no question '{name}', so that this signal never shows");
        report.push(node.error("risk::settings", what, "not asked").help(help));
        return;
    };
    let choices = question.items_of("choices").into_iter();
    let choices = choices.filter_map(|choice| {
        let plain = choice.text().map(|text| Choice::plain(text).name);
        plain.or_else(|| choice.text_of("name").map(Into::into))
    });
    let choices: Vec<SmolStr> = choices.collect();
    for code in signal.items_of("codes").into_iter().filter(|_| !choices.is_empty()) {
        if let Some(text) = code.text().filter(|text| choices.iter().all(|choice| choice != text)) {
            let help = suggest::help(text, choices.iter().map(SmolStr::as_str), "name a choice of the question");
            let what = format!("'{name}' has no choice '{text}', so that this signal never shows");
            report.push(code.error("risk::settings", what, "no such choice").help(help));
        }
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
