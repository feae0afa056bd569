//! Ethics: a contact outside, an agreement that both sign, and no more data than is needed.

use super::{Finding, Lint, Standard::Ethics};
use crate::document::Node;
use serde_json::Value as Json;
use turnabout_model::{Programme, QuestionKind, RuleUse, Severity, SurveyMode};

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
        code: SPECIAL_WEIGHS,
        standard: Ethics,
        severity: Severity::Warning,
        why: "Special-category data is shown to nobody. A rule that weighs it moves the score that coordinators see of each \
              pair, and who knows one of two people learns from it of the other; a rule of weight 0 only vetoes.",
        find: |evidence| {
            let programme = evidence.programme;
            let (plan, at, rule, name) = programme.matching.iter().find_map(|(plan, matching)| {
                matching.rules.iter().enumerate().find_map(|(at, rule)| {
                    Some((plan, at, rule, named_by(rule, programme).filter(|_| rule.weight > 0.0)?))
                })
            })?;
            let (message, help) = weighs(rule, name);
            let rules = evidence.manifest.get("matching").and_then(|plans| plans.get(plan)?.get("rules"));
            let place = rules.and_then(|rules| rules.items().get(at).copied());
            Some(Finding::new(message, place.map_or_else(|| evidence.place(&["matching", plan]), Node::span), help))
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

/// The code of the lint on rules that weigh special-category data.
pub(crate) const SPECIAL_WEIGHS: &str = "audit::special_weighs";

/// The special-category attribute that the settings of a rule name.
pub(crate) fn named_by<'p>(rule: &RuleUse, programme: &'p Programme) -> Option<&'p str> {
    let mut special = programme.attributes.iter().filter(|(_, attribute)| attribute.special);
    let named = special.find(|(name, _)| rule.settings.values().any(|value| mentions(value, name)));
    named.map(|(name, _)| name.as_str())
}

/// What is said of a rule that weighs an attribute, and what to do.
pub(crate) fn weighs(rule: &RuleUse, name: &str) -> (String, String) {
    let RuleUse { plugin, weight, .. } = rule;
    let message = format!(
        "the rule '{plugin}' weighs '{name}', special-category data, with {weight}: the scores that coordinators see give \
         away who is alike in it"
    );
    (message, "give the rule weight = 0.0 and let it veto, or leave the attribute out".into())
}

fn mentions(value: &Json, name: &str) -> bool {
    match value {
        Json::String(text) => text == name,
        Json::Array(items) => items.iter().any(|item| mentions(item, name)),
        Json::Object(fields) => fields.values().any(|field| mentions(field, name)),
        _ => false,
    }
}
