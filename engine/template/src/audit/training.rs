//! Training: both roles are prepared before they meet.

use super::{Evidence, Finding, Lint, Standard::Training};
use smol_str::SmolStr;
use turnabout_model::Severity;

/// Kinds of session that prepare people.
const PREPARES: [&str; 4] = ["training", "briefing", "induction", "engagement"];

pub(super) const LINTS: &[Lint] = &[
    Lint {
        code: "audit::no_training",
        standard: Training,
        severity: Severity::Warning,
        why: "Mentors who are junior need skills and confidence before they meet a leader; leaders need to learn to listen.",
        find: |evidence| {
            evidence.sessions_of(&PREPARES).next().is_none().then(|| {
                Finding::new(
                    "nobody is trained or briefed",
                    evidence.place(&["sessions"]),
                    "add a session of kind \"training\" for the mentors and one for the mentees",
                )
            })
        },
    },
    Lint {
        code: "audit::mentors_unprepared",
        standard: Training,
        severity: Severity::Warning,
        why: "A gate that names a training session is what makes sure that no mentor meets unprepared.",
        find: |evidence| {
            let gates = &evidence.programme.gates;
            unprepared(evidence, "mentor", &[&gates.match_mentor, &gates.meet_mentor])
        },
    },
    Lint {
        code: "audit::mentees_unprepared",
        standard: Training,
        severity: Severity::Warning,
        why: "Leaders who had only a short briefing, or none, said afterwards that it was too little.",
        find: |evidence| {
            let gates = &evidence.programme.gates;
            unprepared(evidence, "mentee", &[&gates.match_mentee, &gates.meet_mentee])
        },
    },
];

fn unprepared(evidence: &Evidence<'_>, role: &str, gates: &[&Vec<SmolStr>]) -> Option<Finding> {
    // With no training at all, that is the thing to say.
    evidence.sessions_of(&PREPARES).next()?;
    let trains = |name: &SmolStr| evidence.sessions_of(&PREPARES).any(|(known, _)| known == name);
    let covered = gates.iter().any(|gate| gate.iter().any(trains));
    (!covered).then(|| {
        Finding::new(
            format!("a {role} can be matched and meet without any training or briefing"),
            evidence.place(&["gates"]),
            format!("name a session of kind \"training\" or \"briefing\" in [gates] under match_{role} or meet_{role}"),
        )
    })
}
