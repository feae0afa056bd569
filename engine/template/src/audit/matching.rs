//! Matching: influenced by both sides, with a way to unwind.

use super::{Finding, Lint, Standard::Matching};
use turnabout_model::{QuestionKind, Severity, SolverKind};

pub(super) const LINTS: &[Lint] = &[
    Lint {
        code: "audit::no_matching",
        standard: Matching,
        severity: Severity::Warning,
        why: "Without a plan there is nothing by which pairs are found, reviewed and explained.",
        find: |evidence| {
            evidence.programme.matching.is_empty().then(|| {
                Finding::new(
                    "the template has no plan for matching",
                    evidence.place(&["matching"]),
                    "add a section [matching.NAME] with a solver and rules",
                )
            })
        },
    },
    Lint {
        code: "audit::matching_by_chance",
        standard: Matching,
        severity: Severity::Warning,
        why: "An optimal matching without rules that score pairs people by chance.",
        find: |evidence| {
            let mut plans = evidence.programme.matching.iter();
            let (name, _) = plans.find(|(_, plan)| {
                plan.solver == SolverKind::Optimal && plan.rules.iter().all(|rule| rule.weight <= 0.0)
            })?;
            Some(Finding::new(
                format!("the plan '{name}' has no rule that scores: pairs come about by chance"),
                evidence.place(&["matching", name]),
                "add a rule with a weight above 0",
            ))
        },
    },
    Lint {
        code: "audit::no_ballot",
        standard: Matching,
        severity: Severity::Warning,
        why: "An elected matching reads ranked choices; a survey has to ask for them.",
        find: |evidence| {
            let mut plans = evidence.programme.matching.iter();
            let (name, _) = plans.find(|(_, plan)| plan.solver != SolverKind::Optimal)?;
            let ranks = evidence.surveys.values().flat_map(turnabout_model::Survey::all_questions);
            let asked = ranks
                .into_iter()
                .any(|question| question.kind.asks_for_people() && question.kind != QuestionKind::Avoid);
            (!asked).then(|| {
                Finding::new(
                    format!("the plan '{name}' needs ranked choices, and no survey asks for them"),
                    evidence.place(&["matching", name]),
                    "add a survey with mode = \"named\" and a question of type \"ranking\"",
                )
            })
        },
    },
    Lint {
        code: "audit::no_say",
        standard: Matching,
        severity: Severity::Advice,
        why: "Pairs that both sides had a say in last longer: topics wanted and offered, or a choice after meeting.",
        find: |evidence| {
            let programme = evidence.programme;
            let elected = programme.matching.values().any(|plan| plan.solver != SolverKind::Optimal);
            (!elected && programme.attributes.is_empty() && !programme.matching.is_empty()).then(|| {
                Finding::new(
                    "nobody is asked what they want or offer",
                    evidence.place(&["attributes"]),
                    "declare attributes such as topics, or let mentees rank mentors",
                )
            })
        },
    },
    Lint {
        code: "audit::no_unwinding",
        standard: Matching,
        severity: Severity::Warning,
        why: "People drop out half-way. The other half of the pair must hear of it and be looked after.",
        find: |evidence| {
            (!evidence.handles("on_withdrawn", 1)).then(|| {
                Finding::new(
                    "nothing happens when somebody withdraws",
                    evidence.place(&["name"]),
                    "add `fn on_withdrawn(participant)` to programme.rhai",
                )
            })
        },
    },
    Lint {
        code: "audit::no_decline",
        standard: Matching,
        severity: Severity::Warning,
        why: "Some pairs do not suit, and either of the two may decline theirs in private. Both have to hear that it has \
              ended, and to be matched again.",
        find: |evidence| {
            let matches = !evidence.programme.matching.is_empty();
            (matches && !evidence.handles("on_pair_ended", 1)).then(|| {
                Finding::new(
                    "nothing happens when somebody declines their partner",
                    evidence.place(&["name"]),
                    "add `fn on_pair_ended(pair)` to programme.rhai",
                )
            })
        },
    },
];
