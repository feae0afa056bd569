//! What a plugin answered a case, in one shape for a component and for the native runner of each language, so that both can be
//! held against each other bit for bit: a case alone has decimal digits.
//!
//! A rule's is `verdicts`, a pair after another, each the number of a score's 32 bits or the code of a veto, and `reasons`, a list
//! of codes with the bits of their weights for each pair that the case has explained; or a `failure`. A logic's are its texts,
//! `problems` and `outcome`.

use serde_json::{Map, Value, json};
use turnabout_core::ports::{PluginError, PluginFault, Reason, RuleDescription, ScoreBlock};

/// What a component's rule answered.
pub(crate) fn of_rule(said: &Result<ScoreBlock, PluginError>, described: &RuleDescription) -> Value {
    let block = match said {
        Ok(block) => block,
        Err(error) => return json!({ "failure": failure(error) }),
    };
    let verdict = |(score, veto): (&f32, &u16)| match usize::from(*veto).checked_sub(1) {
        Some(index) => described.reasons.get(index).map_or(Value::Null, |(code, _)| json!(code)),
        None => json!(score.to_bits()),
    };
    let verdicts: Vec<Value> = block.scores.iter().zip(&block.vetoes).map(verdict).collect();
    json!({ "verdicts": verdicts, "reasons": [] })
}

/// Adds how a component explained the next pair that the case asks about.
pub(crate) fn add_reasons(answers: &mut Value, said: &Result<Vec<Reason>, PluginError>) {
    let said = match said {
        Ok(given) => given.iter().map(|reason| json!([reason.code, reason.weight.to_bits()])).collect(),
        Err(error) => json!(failure(error)),
    };
    if let Some(reasons) = answers.get_mut("reasons").and_then(Value::as_array_mut) {
        reasons.push(said);
    }
}

/// What a component's logic answered.
pub(crate) fn of_text(said: &Result<String, PluginError>) -> String {
    said.as_ref().map_or_else(failure, Clone::clone)
}

fn failure(error: &PluginError) -> String {
    match &error.fault {
        PluginFault::Declared(said) | PluginFault::Exception(said) => said.clone(),
        other => other.to_string(),
    }
}

/// What holding the answers of a case against each other came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Compared {
    /// How many answers there were.
    pub(crate) answers: usize,
    /// Which of them differ, and how.
    pub(crate) different: Vec<String>,
}

impl Compared {
    /// Adds what another case came to.
    pub(crate) fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.different.extend(other.different);
    }
}

/// Holds a component's answers to one case against the native ones, result by result.
pub(crate) fn compare(name: &str, case: &Value, native: &Value, component: &Value) -> Compared {
    let mut compared = Compared::default();
    let (native, component) = (parts(case, native), parts(case, component));
    for (what, answer) in &component {
        compared.answers += 1;
        match native.iter().find(|(other, _)| other == what) {
            Some((_, other)) if same(other, answer) => {}
            other => {
                let other = other.map_or_else(|| "nothing".into(), |(_, other)| shown(other));
                let what = format!("{name}: {what}: natively {other}, as a component {}", shown(answer));
                compared.different.push(what);
            }
        }
    }
    let alone = native.iter().filter(|(what, _)| component.iter().all(|(other, _)| other != what));
    for (what, answer) in alone {
        compared.answers += 1;
        let what = format!("{name}: {what}: natively {}, as a component nothing", shown(answer));
        compared.different.push(what);
    }
    compared
}

/// The single results of an answer, each with what it is about.
fn parts(case: &Value, answers: &Value) -> Vec<(String, Value)> {
    let mentees = case["mentees"].as_array().map_or(1, Vec::len).max(1);
    let mut parts = Vec::new();
    for (kind, answer) in answers.as_object().into_iter().flatten() {
        match (kind.as_str(), answer) {
            ("verdicts", Value::Array(verdicts)) => {
                let pairs = verdicts.iter().enumerate();
                let pair = |pair: usize| format!("mentor {} and mentee {}", pair / mentees, pair % mentees);
                parts.extend(pairs.map(|(index, verdict)| (pair(index), verdict.clone())));
            }
            ("reasons", Value::Array(reasons)) => {
                for (index, given) in reasons.iter().enumerate() {
                    let pair = &case["reasons"][index];
                    let what = format!("why mentor {} and mentee {}", pair["mentor"], pair["mentee"]);
                    // In which order reasons are given says nothing, and each language has its own.
                    let mut given = given.clone();
                    if let Value::Array(given) = &mut given {
                        given.sort_by_key(ToString::to_string);
                    }
                    parts.push((what, given));
                }
            }
            ("failure", answer) => parts.push(("its failure".into(), answer.clone())),
            ("problems", answer) => parts.push(("the survey's problems".into(), answer.clone())),
            ("outcome", answer) => parts.push(("the outcome".into(), answer.clone())),
            _ => {}
        }
    }
    parts
}

/// Tells whether two answers are one. A logic's texts are one if they are the same JSON: in which order the names of a survey
/// come, and so those of an outcome, is up to whoever wrote it down. A component's failure is shown without control characters,
/// and cut when long.
fn same(native: &Value, component: &Value) -> bool {
    let (Some(native), Some(component)) = (native.as_str(), component.as_str()) else { return native == component };
    let json = |text: &str| serde_json::from_str::<Value>(text).ok();
    let (native, component) = (without_place(native), without_place(component));
    if native == component || json(native).is_some_and(|native| Some(native) == json(component)) {
        return true;
    }
    let cleaned: String = native.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    component.strip_suffix('…').map_or(cleaned == component, |begins| cleaned.starts_with(begins))
}

/// An exception's text without where it was met: a component's build may number lines in its own way.
fn without_place(text: &str) -> &str {
    let is_place =
        |place: &str| place.ends_with(')') && [".py:", ".js:", ".mjs:"].iter().any(|end| place.contains(end));
    text.rsplit_once(" (").filter(|(_, place)| is_place(place)).map_or(text, |(text, _)| text)
}

fn shown(answer: &Value) -> String {
    let number = |bits: &Value| {
        let bits = bits.as_u64().and_then(|bits| u32::try_from(bits).ok()).unwrap_or_default();
        format!("{} (bits {bits:#010x})", f32::from_bits(bits))
    };
    match answer {
        Value::Number(_) => number(answer),
        Value::Array(reasons) => {
            let reason = |given: &Value| format!("{} {}", given[0].as_str().unwrap_or_default(), number(&given[1]));
            format!("[{}]", reasons.iter().map(reason).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => format!("'{text}'"),
        other => other.to_string(),
    }
}

/// Reads what a native runner wrote: a line of JSON a case.
pub(crate) fn read(text: &str) -> Map<String, Value> {
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter_map(|line| Some((line["case"].as_str()?.to_owned(), line["answers"].clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_held_against_each_other_result_by_result_and_bit_by_bit() {
        let case = json!({ "mentees": [{}, {}], "reasons": [{ "mentor": 0, "mentee": 1 }] });
        let half = 0.5_f32.to_bits();
        let rule = |first: Value, weight: u32| json!({ "verdicts": [first, "same"], "reasons": [[["near", weight], ["alike", half]]] });
        let component = rule(json!(half), half);
        assert_eq!(compare("a", &case, &component, &component), Compared { answers: 3, different: Vec::new() });
        let turned = json!({ "verdicts": [half, "same"], "reasons": [[["alike", half], ["near", half]]] });
        assert_eq!(compare("a", &case, &turned, &component).different, [""; 0], "in whichever order");
        for (native, said) in [
            (
                rule(json!(half + 1), half),
                "a: mentor 0 and mentee 0: natively 0.50000006 (bits 0x3f000001), as a component 0.5 (bits 0x3f000000)",
            ),
            (
                rule(json!("same"), half),
                "a: mentor 0 and mentee 0: natively 'same', as a component 0.5 (bits 0x3f000000)",
            ),
            (
                rule(json!(half), half + 1),
                "a: why mentor 0 and mentee 1: natively [alike 0.5 (bits 0x3f000000), near 0.50000006 (bits 0x3f000001)], as a \
                 component [alike 0.5 (bits 0x3f000000), near 0.5 (bits 0x3f000000)]",
            ),
        ] {
            assert_eq!(compare("a", &case, &native, &component).different, [said]);
        }
        let failed = compare("a", &case, &json!({ "failure": "no" }), &component);
        assert_eq!(failed.different.len(), 4, "{failed:?}");
    }

    #[test]
    fn a_failure_is_the_same_though_a_component_shows_less_of_it() {
        let said = |text: &str| json!({ "failure": text });
        for (native, component, differ) in
            [("a\nb", "a b", 0), ("abcdef", "abc…", 0), ("abd", "abc…", 1), ("E: a (app.js:2:1)", "E: a (x.js:9)", 0)]
        {
            assert_eq!(compare("a", &json!({}), &said(native), &said(component)).different.len(), differ, "{native}");
        }
    }
}
