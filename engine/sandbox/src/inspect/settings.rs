//! The settings and reasons that a rule declares: can they be what they say?

use super::{Inspection, Step};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use turnabout_core::ports::RuleDescription;

/// Reports what is wrong with what a rule says of itself.
pub(super) fn check(rule: &RuleDescription, found: &mut Inspection) {
    let empty = Map::new();
    let schema = &rule.settings_schema;
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        found.wrong(
            Step::Settings,
            "the schema of its settings is not of type object",
            "begin it with \"type\": \"object\"",
        );
    }
    let properties = match schema.get("properties") {
        Some(Value::Object(properties)) => properties,
        Some(_) => {
            found.wrong(Step::Settings, "the 'properties' of its settings are no object", "write \"properties\": {}");
            &empty
        }
        None => &empty,
    };
    for (name, property) in properties {
        match property.get("default") {
            None => found.wrong(
                Step::Settings,
                format!("the setting '{name}' has no default"),
                "give every setting a default, so that a template need not name it",
            ),
            Some(default) => {
                if let Some(what) = misfit(property, default) {
                    found.wrong(
                        Step::Settings,
                        format!("the default of the setting '{name}' {what}"),
                        "write a default that the schema allows",
                    );
                }
            }
        }
    }
    attributes(rule, properties, found);
    reasons(rule, found);
}

/// Why a default is not what its own schema allows: its type, its choices, its bounds.
fn misfit(property: &Value, default: &Value) -> Option<String> {
    let fits = match property.get("type").and_then(Value::as_str) {
        Some("string") => default.is_string(),
        Some("integer") => default.is_i64() || default.is_u64(),
        Some("number") => default.is_number(),
        Some("boolean") => default.is_boolean(),
        Some("array") => default.is_array(),
        Some("object") => default.is_object(),
        _ => true,
    };
    if !fits {
        return Some(format!("is no {}", property["type"].as_str().unwrap_or_default()));
    }
    if let Some(choices) = property.get("enum").and_then(Value::as_array)
        && !choices.contains(default)
    {
        return Some("is none of its choices".into());
    }
    let number = default.as_f64()?;
    let bound = |name: &str| property.get(name).and_then(Value::as_f64);
    if bound("minimum").is_some_and(|least| number < least) || bound("maximum").is_some_and(|most| number > most) {
        return Some("is out of its bounds".into());
    }
    None
}

/// A setting that names an attribute has to be there.
fn attributes(rule: &RuleDescription, properties: &Map<String, Value>, found: &mut Inspection) {
    for attribute in rule.mentor_attributes.iter().chain(&rule.mentee_attributes) {
        let name = attribute.name.trim_start_matches('=');
        if name.is_empty() {
            found.wrong(Step::Settings, "it reads an attribute without a name", "name every attribute it reads");
        }
        let setting = name.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        if let Some(setting) = setting.filter(|setting| !properties.contains_key(*setting)) {
            found.wrong(
                Step::Settings,
                format!("it reads '{}', and has no setting '{setting}'", attribute.name),
                "declare the setting in the schema, or name the attribute without braces",
            );
        }
    }
}

fn reasons(rule: &RuleDescription, found: &mut Inspection) {
    let mut codes = BTreeSet::new();
    for (code, text) in &rule.reasons {
        let label = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if code.is_empty() || !code.chars().all(label) {
            found.wrong(
                Step::Describes,
                format!("the reason '{code}' is no code"),
                "write codes in small letters, digits and hyphens: same-department",
            );
        }
        if !codes.insert(code) {
            found.wrong(
                Step::Describes,
                format!("the reason '{code}' is there twice"),
                "give each reason its own code",
            );
        }
        if text.trim().is_empty() {
            found.wrong(
                Step::Describes,
                format!("the reason '{code}' has no sentence"),
                "write one sentence for a coordinator",
            );
        }
    }
}
