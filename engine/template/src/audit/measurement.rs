//! Measurement: what was reached is reviewed, or its measurement refused for a reason.

use super::{Finding, Lint, Standard::Measurement};
use turnabout_model::{QuestionKind, Severity, Survey, SurveyMode};

/// Kinds of session in which a programme is reviewed.
const REVIEWS: [&str; 4] = ["focus-group", "interview", "review", "evaluation"];

pub(super) const LINTS: &[Lint] = &[
    Lint {
        code: "audit::no_evaluation",
        standard: Measurement,
        severity: Severity::Warning,
        why: "A programme that measures has to ask: a survey, a focus group or interviews.",
        find: |evidence| {
            let asks = evidence.surveys.values().any(|survey| survey.mode != SurveyMode::Named)
                || evidence.sessions_of(&REVIEWS).next().is_some();
            (evidence.programme.measures && !asks).then(|| {
                Finding::new(
                    "the programme measures, and never asks anybody how it went",
                    evidence.place(&["measures"]),
                    "add a confidential survey or a session of kind \"focus-group\", or set measures = false",
                )
            })
        },
    },
    Lint {
        code: "audit::refuses_measurement",
        standard: Measurement,
        severity: Severity::Advice,
        why: "Refusing indicators is a sound choice where trust comes first. The sponsor should be able to read why.",
        find: |evidence| {
            (!evidence.programme.measures).then(|| {
                Finding::new(
                    "the programme measures nothing, and does not say why",
                    evidence.place(&["measures"]),
                    "waive this lint: the reason is shown to the sponsor",
                )
            })
        },
    },
    Lint {
        code: "audit::measures_after_all",
        standard: Measurement,
        severity: Severity::Warning,
        why: "With measures = false the engine computes nothing, so nobody should be asked for what can be counted.",
        find: |evidence| {
            let counted = |survey: &Survey| {
                // Whether a story may be passed on is consent, and never counted.
                let consents = survey.consent_questions();
                let mut items = survey.items().into_iter().filter(|item| !consents.contains(item.name));
                items.any(|item| can_be_counted(&item.question.kind))
            };
            let (name, _) = evidence.surveys.iter().find(|(_, survey)| counted(survey))?;
            (!evidence.programme.measures).then(|| {
                Finding::new(
                    format!("the programme refuses measurement, and the survey '{name}' asks for what can be counted"),
                    evidence.place(&["measures"]),
                    "ask in words, or set measures = true",
                )
            })
        },
    },
    Lint {
        code: "audit::no_review",
        standard: Measurement,
        severity: Severity::Advice,
        why: "Numbers say that something changed; a focus group or an interview says what and why.",
        find: |evidence| {
            (evidence.programme.measures && evidence.sessions_of(&REVIEWS).next().is_none()).then(|| {
                Finding::new(
                    "no session reviews what was learned",
                    evidence.place(&["sessions"]),
                    "add a session of kind \"focus-group\", \"interview\" or \"review\"",
                )
            })
        },
    },
];

/// Tells whether answers give a figure about people. Words do not, and a ballot belongs to the matching.
fn can_be_counted(kind: &QuestionKind) -> bool {
    !matches!(kind, QuestionKind::Text | QuestionKind::Date | QuestionKind::Avoid) && !kind.asks_for_people()
}
