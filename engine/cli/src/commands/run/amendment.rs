//! What an amendment would mean, for a terminal: a line for all journeys of a function to which the same happens, then each
//! divergence with its two steps underlined and a way to mend it.

use super::minute;
use crate::{diagnostics, failure::count, output::plain};
use std::collections::BTreeMap;
use turnabout_core::bundle::TemplateFiles;
use turnabout_live::views::{AmendmentView, JudgementView, PlaceView, SettingsView};
use turnabout_model::{Diagnostic, Value};

/// How many journeys are named where many say the same.
const NAMED: usize = 5;

/// Prints all of it.
pub(super) fn print(judged: &AmendmentView) {
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    say!(
        "{}: from {} to {} of {} {}",
        judged.run,
        short(&judged.from.0),
        short(&judged.to.0),
        plain(&judged.template),
        plain(&judged.template_version)
    );
    let groups = groups(judged);
    for group in &groups {
        line(group);
    }
    settings(&judged.settings);
    if !judged.at_once.is_empty() {
        let what = judged.at_once.iter().map(|(what, number)| format!("{number} {what}")).collect::<Vec<_>>();
        say!("\nAt once: {}", what.join(", "));
    }
    let files: TemplateFiles =
        judged.sources.iter().map(|(path, text)| (path.as_str().into(), text.clone().into_bytes())).collect();
    for group in groups.iter().filter(|group| group[0].hinders()) {
        problem(group[0], &files);
    }
    for obstacle in &judged.obstacles {
        eprintln!("error[run::hindered]: {}", plain(&obstacle.what));
        eprintln!("  help: {}", plain(&obstacle.help));
    }
    let mappings = fixes(judged);
    if !judged.clean && !mappings.is_empty() {
        say!("\nWith these it would be judged again: {}", mappings.join(" "));
    }
}

/// What would become of a run, in a line.
pub(super) fn in_short(judged: &AmendmentView) -> String {
    let hindered = judged.journeys.iter().filter(|journey| journey.hinders()).count();
    match (judged.clean, hindered) {
        (true, _) => "continue".into(),
        (false, 0) => judged.obstacles.first().map_or_else(|| "not continue".into(), |o| plain(&o.what)),
        (false, hindered) => {
            let first = judged.journeys.iter().find(|journey| journey.hinders());
            let why = first.and_then(|journey| journey.problem.as_deref()).unwrap_or_default();
            format!("diverge in {}: {}", count(hindered, "journey"), plain(why))
        }
    }
}

/// Journeys of one function to which the same happens, in the order of the first of them.
fn groups(judged: &AmendmentView) -> Vec<Vec<&JudgementView>> {
    let mut groups: Vec<Vec<&JudgementView>> = Vec::new();
    for journey in &judged.journeys {
        let same = |group: &Vec<&JudgementView>| {
            let other = group[0];
            let steps =
                |of: &JudgementView| of.deadlines.iter().map(|changed| changed.step.clone()).collect::<Vec<_>>();
            other.function == journey.function
                && other.verdict == journey.verdict
                && other.problem == journey.problem
                && other.asks == journey.asks
                && other.branches == journey.branches
                && other.past.is_some() == journey.past.is_some()
                && steps(other) == steps(journey)
        };
        match groups.iter_mut().find(|group| same(group)) {
            Some(group) => group.push(journey),
            None => groups.push(vec![journey]),
        }
    }
    groups
}

fn line(group: &[&JudgementView]) {
    let first = group[0];
    let one = group.len() == 1;
    let word = match (first.verdict.as_str(), one) {
        ("over", true) => "is over and stays as it was lived",
        ("over", false) => "are over and stay as they were lived",
        ("ends", true) => "ends, since the step that waits for it is skipped",
        ("ends", false) => "end, since the step that waits for them is skipped",
        ("mended", true) => "was parked and goes on",
        ("mended", false) => "were parked and go on",
        ("stays-parked", true) => "stays parked",
        ("stays-parked", false) => "stay parked",
        ("diverges", true) => "diverges",
        ("diverges", false) => "diverge",
        ("fails", true) => "fails",
        ("fails", false) => "fail",
        (_, true) => "continues",
        (_, false) => "continue",
    };
    let named: Vec<String> = group.iter().take(NAMED).map(|journey| journey.journey.to_string()).collect();
    let more = if group.len() > NAMED { ", ..." } else { "" };
    let which = if first.hinders() || one { format!(" ({}{more})", named.join(", ")) } else { String::new() };
    say!("  {}: {} {word}{which}", plain(&first.function), group.len());
    if !first.asks.is_empty() {
        say!("    asks at once for {}", plain(&first.asks.join(", ")));
    }
    for branch in &first.branches {
        say!("    {}", plain(branch));
    }
    for changed in &first.deadlines {
        let (was, would_be) = (minute(changed.was), minute(changed.would_be));
        let what = if changed.ends == changed.was { "kept, use --deadline recompute to move it" } else { "moved" };
        let each = if one { "" } else { " in the first" };
        say!("    deadline of {}: {was}, the new script says {would_be}{each}; {what}", plain(&changed.step));
    }
    if let Some(past) = &first.past {
        say!("    note: {}", plain(past));
    }
    if first.verdict == "stays-parked"
        && let Some(problem) = &first.problem
    {
        say!("    {}", plain(problem));
    }
}

fn settings(change: &SettingsView) {
    let value = |value: &Value| match value {
        Value::Text(text) => plain(text),
        Value::Period(period) => period.to_string(),
        other => serde_json::to_string(other).unwrap_or_default(),
    };
    let all: [(&str, &BTreeMap<_, _>); 3] =
        [("new", &change.added), ("gone", &change.gone), ("changed", &change.changed)];
    for (word, settings) in all {
        for (name, given) in settings {
            say!("  setting {} ({word}): {}", plain(name), value(given));
        }
    }
    for kept in &change.kept {
        let (own, default) = (value(&kept.value), value(&kept.default));
        say!("  setting {} keeps {own}, though the default is {default} now", plain(&kept.name));
    }
}

/// A divergence: what the new script does, then where the old one had the step.
fn problem(journey: &JudgementView, files: &TemplateFiles) {
    let what = journey.problem.clone().unwrap_or_default();
    let code = if journey.verdict == "diverges" { "script::divergence" } else { "run::would_diverge" };
    let mut error = Diagnostic::error(code, format!("{}: {what}", journey.function));
    let fixed = (!journey.fix.is_empty()).then(|| format!("Map it: {}", journey.fix.join(" ")));
    let unmapped = "Put the step back into the new script; no mapping was found with which it would continue.";
    let said: Vec<String> = fixed.into_iter().chain(journey.help.clone()).collect();
    error.help = Some(if said.is_empty() { unmapped.into() } else { said.join("\n") });
    if let Some(place) = journey.found.as_ref().filter(|place| !place.file.is_empty()) {
        error = at(error, place, files, &format!("the new script: {}", place.step));
    }
    let mut all = vec![error];
    if let Some(place) = journey.expected.as_ref().filter(|place| !place.file.is_empty()) {
        let note = Diagnostic::warning("script::divergence", format!("the journal has {}", place.step));
        all.push(at(note, place, files, "the old script has it here"));
    }
    diagnostics::print(&all, files);
}

fn at(diagnostic: Diagnostic, place: &PlaceView, files: &TemplateFiles, words: &str) -> Diagnostic {
    let text = files.get(place.file.as_str()).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let bytes = turnabout_template::rehearsed::word_at(&text, place.line, place.column);
    diagnostic.at(place.file.clone(), bytes, words)
}

/// Every mapping that was found for any journey, once.
fn fixes(judged: &AmendmentView) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for fix in judged.journeys.iter().flat_map(|journey| &journey.fix) {
        if !found.contains(fix) {
            found.push(fix.clone());
        }
    }
    found
}
