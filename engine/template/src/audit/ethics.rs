//! Ethics: a contact outside, an agreement that both sign, and no more data than is needed.

use super::{Finding, Lint, Standard::Ethics};
use serde_json::Value as Json;
use turnabout_model::{QuestionKind, Severity, SurveyMode};

pub(super) const LINTS: &[Lint] = &[
    Lint {
        code: "audit::no_concern_handler",
        standard: Ethics,
        severity: Severity::Warning,
        why: "Somebody who says that something is wrong must be answered, by a contact outside the reporting line.",
        find: |evidence| {
            let nothing = "nothing happens when somebody raises a concern";
            if !evidence.handles("on_concern", 1) {
                let help = "add `fn on_concern(concern)` to programme.rhai";
                return Some(Finding::new(nothing, evidence.place(&["name"]), help));
            }
            (!evidence.does_something("on_concern")).then(|| {
                let help = "let `on_concern` tell the contact, as in send(\"concern-raised\", \"contact\")";
                Finding::new(nothing, evidence.place(&["name"]), help)
            })
        },
    },
    Lint {
        code: "audit::no_agreement",
        standard: Ethics,
        severity: Severity::Warning,
        why: "Two people who agree before they meet what stays between them, what they leave out and how they end it are \
              safe with each other.",
        find: |evidence| {
            let pairs = !evidence.programme.matching.is_empty();
            (pairs && evidence.agreements.is_empty()).then(|| {
                Finding::new(
                    "pairs meet without an agreement on confidentiality, topics and how to end",
                    evidence.place(&["matching"]),
                    "write agreements/NAME.hbs and have both sign it with `agree(\"NAME\", pair)`",
                )
            })
        },
    },
    Lint {
        code: "audit::unused_special_attribute",
        standard: Ethics,
        severity: Severity::Warning,
        why: "Special-category data is asked for only where a rule needs it.",
        find: |evidence| {
            let programme = evidence.programme;
            let rules = || programme.matching.values().flat_map(|plan| &plan.rules);
            let read = |name: &str| rules().any(|rule| rule.settings.values().any(|value| mentions(value, name)));
            let (name, _) =
                programme.attributes.iter().find(|(name, attribute)| attribute.special && !read(name.as_str()))?;
            Some(Finding::new(
                format!("people are asked for '{name}', special-category data, and no rule names it"),
                evidence.place(&["attributes", name]),
                "remove the attribute, or name it in the settings of the rule that needs it",
            ))
        },
    },
    Lint {
        code: "audit::named_comments",
        standard: Ethics,
        severity: Severity::Warning,
        why: "What people write freely about each other should not be stored under their name.",
        find: |evidence| {
            let (name, _) = evidence.surveys.iter().find(|(_, survey)| {
                survey.mode == SurveyMode::Named
                    && survey.all_questions().iter().any(|question| question.kind == QuestionKind::Text)
            })?;
            Some(Finding::new(
                format!("the survey '{name}' asks for free text and keeps it under the person's name"),
                evidence.place(&["name"]),
                "ask in a confidential survey, or make it a choice",
            ))
        },
    },
];

fn mentions(value: &Json, name: &str) -> bool {
    match value {
        Json::String(text) => text == name,
        Json::Array(items) => items.iter().any(|item| mentions(item, name)),
        Json::Object(fields) => fields.values().any(|field| mentions(field, name)),
        _ => false,
    }
}
