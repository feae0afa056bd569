//! Purpose: why the organisation runs the programme, and for how long.

use super::{Finding, Lint, Standard::Purpose};
use turnabout_model::Severity;

/// Fewer words than this name a topic and no purpose.
const WORDS: usize = 6;

pub(super) const LINTS: &[Lint] = &[
    Lint {
        code: "audit::thin_purpose",
        standard: Purpose,
        severity: Severity::Advice,
        why: "A purpose says what should be different afterwards, and for whom. A word or two can't be reviewed.",
        find: |evidence| {
            (evidence.programme.purpose.split_whitespace().count() < WORDS).then(|| {
                Finding::new(
                    "the purpose is too short to be reviewed against",
                    evidence.place(&["purpose"]),
                    "say what should be different afterwards, and for whom",
                )
            })
        },
    },
    Lint {
        code: "audit::no_opening",
        standard: Purpose,
        severity: Severity::Advice,
        why: "An engagement day or kick-off lets both sides hear the purpose, agree the boundaries and commit.",
        find: |evidence| {
            let opens = evidence.sessions_of(&["engagement", "kick-off", "speed-dating", "training"]).next().is_some();
            (!opens).then(|| {
                Finding::new(
                    "no session brings people together at the start",
                    evidence.place(&["sessions"]),
                    "add a session of kind \"engagement\" where purpose and boundaries are agreed",
                )
            })
        },
    },
];
