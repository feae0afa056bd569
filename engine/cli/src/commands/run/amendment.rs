//! What an amendment would mean, for a terminal: a line for all journeys of a function to which the same happens, then each
//! divergence once, with whom it is about, its two steps underlined and a way to mend it.

use super::minute;
use crate::{diagnostics, failure::count, output::plain};
use std::collections::BTreeMap;
use turnabout_core::bundle::TemplateFiles;
use turnabout_live::views::{AmendmentView, DivergenceView, JudgementView, PlaceView, SettingsView};
use turnabout_model::{Diagnostic, Value, of_any};

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
    for group in groups(judged) {
        line(&group, divergence(judged, group[0]));
    }
    settings(&judged.settings);
    if !judged.at_once.is_empty() {
        let what = judged.at_once.iter().map(|(what, number)| format!("{number} {what}")).collect::<Vec<_>>();
        say!("\nAt once: {}", what.join(", "));
    }
    let files: TemplateFiles =
        judged.sources.iter().map(|(path, text)| (path.as_str().into(), text.clone().into_bytes())).collect();
    for divergence in &judged.divergences {
        problem(divergence, judged, &files);
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

/// Where a journey stands in the way, with all of which the same is true.
fn divergence<'a>(judged: &'a AmendmentView, journey: &JudgementView) -> Option<&'a DivergenceView> {
    judged.divergences.iter().find(|divergence| divergence.journeys.contains(&journey.journey))
}

/// Journeys of one function to which the same happens, whomever they are about, in the order of the first of them.
fn groups(judged: &AmendmentView) -> Vec<Vec<&JudgementView>> {
    let mut groups: Vec<Vec<&JudgementView>> = Vec::new();
    for journey in &judged.journeys {
        let said = |texts: &[String]| texts.iter().map(|text| of_any(text)).collect::<Vec<_>>();
        let same = |group: &Vec<&JudgementView>| {
            let other = group[0];
            if let Some(divergence) = divergence(judged, other) {
                return divergence.journeys.contains(&journey.journey);
            }
            let steps =
                |of: &JudgementView| of.deadlines.iter().map(|changed| of_any(&changed.step)).collect::<Vec<_>>();
            let problem = |of: &JudgementView| of.problem.as_deref().map(of_any);
            other.function == journey.function
                && other.verdict == journey.verdict
                && problem(other) == problem(journey)
                && said(&other.asks) == said(&journey.asks)
                && said(&other.branches) == said(&journey.branches)
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

/// What becomes of the journeys of a group, and of which if they stand in the way.
fn line(group: &[&JudgementView], divergence: Option<&DivergenceView>) {
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
    let which = match divergence {
        Some(divergence) if one => format!(" ({})", divergence.who),
        None if one => format!(" ({})", first.journey),
        // Where several stand in the way, the problem below says which.
        Some(_) | None => String::new(),
    };
    say!("  {}: {} {word}{which}", plain(&first.function), group.len());
    let said = |text: &str| if one { plain(text) } else { plain(&of_any(text)) };
    if !first.asks.is_empty() {
        say!("    asks at once for {}", said(&first.asks.join(", ")));
    }
    for branch in &first.branches {
        say!("    {}", said(branch));
    }
    for changed in &first.deadlines {
        let (was, would_be) = (minute(changed.was), minute(changed.would_be));
        let what = if changed.ends == changed.was { "kept, use --deadline recompute to move it" } else { "moved" };
        let each = if one { "" } else { " in the first" };
        say!("    deadline of {}: {was}, the new script says {would_be}{each}; {what}", said(&changed.step));
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
fn problem(divergence: &DivergenceView, judged: &AmendmentView, files: &TemplateFiles) {
    let DivergenceView { function, problem: what, expected, found, .. } = divergence;
    let code = if divergence.verdict == "diverges" { "script::divergence" } else { "run::would_diverge" };
    let one = divergence.journeys.len() == 1;
    let whose = if one { function.to_string() } else { format!("{function}, {}", divergence.who) };
    let mut error = Diagnostic::error(code, format!("{whose}: {what}"));
    let unmapped = "Put the step back into the new script; no mapping was found with which it would continue.";
    let said: Vec<String> = divergence.help.clone().into_iter().chain(map_it(divergence, judged)).collect();
    error.help = Some(if said.is_empty() { unmapped.into() } else { said.join("\n") });
    if let Some(place) = found.as_ref().filter(|place| !place.file.is_empty()) {
        error = at(error, place, files, &format!("the new script: {}", place.step));
    }
    let mut all = vec![error];
    if let Some(place) = expected.as_ref().filter(|place| !place.file.is_empty()) {
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

/// The mappings that do for all journeys of a divergence; else those that each has of its own.
fn map_it(divergence: &DivergenceView, judged: &AmendmentView) -> Option<String> {
    let all = divergence.journeys.len() > 1;
    if !divergence.fix.is_empty() {
        let whom = if all { "them all" } else { "it" };
        return Some(format!("Map {whom}: {}", divergence.fix.join(" ")));
    }
    let own = own_fixes(divergence, judged);
    (!own.is_empty()).then(|| format!("No one mapping settles them all. Map each: {}", own.join(" ")))
}

/// The mappings that the journeys of a divergence have of their own, each once.
fn own_fixes<'a>(divergence: &DivergenceView, judged: &'a AmendmentView) -> Vec<&'a str> {
    let of_these = judged.journeys.iter().filter(|journey| divergence.journeys.contains(&journey.journey));
    once(of_these.flat_map(|journey| &journey.fix).map(String::as_str))
}

/// Every mapping that was found, once: that for all journeys of a divergence where there is one.
fn fixes(judged: &AmendmentView) -> Vec<&str> {
    let found = judged.divergences.iter().flat_map(|divergence| match &divergence.fix[..] {
        [] => own_fixes(divergence, judged),
        fix => fix.iter().map(String::as_str).collect(),
    });
    once(found)
}

fn once<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// An answer about as many pairs, of which each has these mappings of its own, and which have these together.
    fn judged(own: &[&str], together: &[&str]) -> AmendmentView {
        let journey = |number: usize, fix: &&str| {
            json!({
                "journey": format!("journey-{number}"), "function": "pair_journey", "pair": format!("pair-{number}"),
                "verdict": "diverges", "problem": format!("the journal has meeting(pair-{number})#0"),
                "fix": [fix], "asks": [], "deadlines": []
            })
        };
        let journeys: Vec<_> = own.iter().enumerate().map(|(place, fix)| journey(place + 1, fix)).collect();
        let numbers: Vec<_> = (1..=own.len()).map(|number| format!("journey-{number}")).collect();
        let goes_on = json!({
            "journey": "journey-0", "function": "programme", "verdict": "continues", "fix": [], "asks": [], "deadlines": []
        });
        let all = [&[goes_on], &journeys[..]].concat();
        serde_json::from_value(json!({
            "run": "run-01hz6vxk3t9q8w7e5r4ty2zm8n", "from": "a", "to": "b", "template": "x", "template_version": "1",
            "clean": false, "journeys": all, "obstacles": [], "at_once": {}, "sources": {},
            "settings": { "added": {}, "gone": {}, "changed": {}, "kept": [] },
            "divergences": [{
                "journeys": numbers, "who": "all of them", "function": "pair_journey", "verdict": "diverges",
                "problem": "the journal has meeting(pair)#0", "fix": together
            }],
        }))
        .unwrap()
    }

    #[test]
    fn what_diverges_alike_is_one_line_with_one_mapping() {
        let judged = judged(&["--skip one", "--skip two", "--skip one"], &["--skip all"]);
        assert_eq!(groups(&judged).iter().map(Vec::len).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(map_it(&judged.divergences[0], &judged).unwrap(), "Map them all: --skip all");
        assert_eq!(fixes(&judged), ["--skip all"]);
    }

    #[test]
    fn where_no_mapping_does_for_all_each_is_told_once() {
        let judged = judged(&["--skip one", "--skip two", "--skip one"], &[]);
        let told = map_it(&judged.divergences[0], &judged).unwrap();
        assert_eq!(told, "No one mapping settles them all. Map each: --skip one --skip two");
        assert_eq!(fixes(&judged), ["--skip one", "--skip two"]);
    }
}
