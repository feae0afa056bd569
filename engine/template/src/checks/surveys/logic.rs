//! The logic of surveys: it is pinned, and it understands every expression.

use super::Form;
use crate::{checks::Sources, document::Node, report::Report};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::ports::{LogicProblem, Logics, PluginRef};
use turnabout_model::{Diagnostic, Survey};

/// Has each survey checked by the plugin that will run it. One with errors of its own is left for later: what a logic
/// says of it would only repeat them.
pub(crate) fn check(
    sources: &Sources<'_>,
    surveys: &BTreeMap<SmolStr, Survey>,
    logics: &dyn Logics,
    report: &mut Report,
) {
    for (name, survey) in surveys.iter().filter(|(_, survey)| survey.asks_logic()) {
        let Some(node) = sources.surveys.get(name.as_str()) else { continue };
        if report.has_errors_in(node.file()) {
            continue;
        }
        let form = Form::new(*node, sources);
        let pinned = sources.manifest.get("plugins").and_then(|plugins| plugins.get(&survey.logic));
        let Some(sha256) = pinned.and_then(Node::text) else {
            report.push(unpinned(&form, &survey.logic));
            continue;
        };
        let plugin = PluginRef { id: survey.logic.clone(), sha256: sha256.into() };
        report.extend(asked(&form, name, survey, &plugin, logics, pinned.unwrap_or(*node)));
    }
}

/// What a logic says of a survey that lies in no template.
pub(crate) fn ask(
    node: Node<'_>,
    text: &str,
    survey: &Survey,
    plugin: &PluginRef,
    logics: &dyn Logics,
) -> Vec<Diagnostic> {
    asked(&Form::of(node, text), node.file(), survey, plugin, logics, node)
}

/// What a logic says of a survey; `runs` is where it is said which logic that is.
fn asked(
    form: &Form<'_>,
    name: &str,
    survey: &Survey,
    plugin: &PluginRef,
    logics: &dyn Logics,
    runs: Node<'_>,
) -> Vec<Diagnostic> {
    match logics.check(plugin, name, survey) {
        Ok(problems) => problems.iter().map(|problem| underlined(form, problem)).collect(),
        Err(error) => vec![
            runs.error(error.fault.code(), error.to_string(), format!("runs the survey '{name}'"))
                .help("build it into the folder plugins (turnabout plugin build DIR --into CLIENT), or pin a logic that is installed; plugins/dist/index.toml lists those that come with the engine"),
        ],
    }
}

/// The first thing that asks for a logic, without one.
fn unpinned(form: &Form<'_>, logic: &str) -> Diagnostic {
    const COLUMNS: [&str; 5] = ["relevant", "constraint", "calculation", "required", "text"];
    let named = form.survey.get("logic");
    let expression = form.questions.iter().find_map(|(question, _)| {
        COLUMNS.into_iter().find_map(|column| {
            let node = question.get(column)?;
            let text = node.text()?;
            (column != "text" || text.contains("${")).then_some(node)
        })
    });
    named
        .or(expression)
        .unwrap_or(form.survey)
        .error("survey::no_logic", format!("[plugins] has no '{logic}', which this survey needs"), "nothing runs this")
        .help(format!(
            "add `{logic} = \"...\"` to [plugins] in programme.toml, with the SHA-256 that plugins/dist/index.toml gives"
        ))
}

fn underlined(form: &Form<'_>, problem: &LogicProblem) -> Diagnostic {
    let question = form.named().into_iter().find(|(name, _)| *name == problem.question).map(|(_, named)| named);
    let column = question.and_then(|named| named.question.get(&problem.column));
    let node = column.or(question.map(|named| named.name)).unwrap_or(form.survey);
    let piece = node.text().zip(problem.at).and_then(|(text, (from, to))| text.get(from..to)).unwrap_or_default();
    Diagnostic::error("survey::logic", problem.message.clone())
        .at(node.file().clone(), form.within(node, piece), problem.code.to_string())
        .help("mend it here; plugins/form-logic/README.md says what expressions can do")
}
