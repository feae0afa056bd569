//! Gates that nobody has passed when pairs are matched, since the session they wait for is held only later: then no pair is ever made, and
//! nothing that pairs do is come to.

use super::{About, Played, in_rehearsals};
use crate::{
    document::{Document, Node},
    report::Report,
};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::{rehearse::Rehearsed, run::Proposal};
use turnabout_model::{Diagnostic, Role, SessionStatus, UnmatchedReason};

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Vec<Diagnostic> {
    let matched = || played.iter().filter(|played| !played.rehearsed.run.proposals.is_empty());
    // Where one rehearsal makes pairs, the order is right, and another one has had too few people.
    if matched().any(|played| played.rehearsed.run.proposals.iter().any(|made| !made.pairs.is_empty())) {
        return Vec::new();
    }
    let mut gates: BTreeMap<(Role, SmolStr), BTreeSet<&str>> = BTreeMap::new();
    for Played { name, rehearsed, .. } in matched() {
        for proposal in &rehearsed.run.proposals {
            for left in &proposal.unmatched {
                let UnmatchedReason::Gate { session } = &left.reason else { continue };
                let Some(who) = rehearsed.run.participants.get(&left.participant) else { continue };
                if !was_held(rehearsed, session, proposal) {
                    gates.entry((who.role, session.clone())).or_default().insert(name);
                }
            }
        }
    }
    gates.into_iter().map(|((role, gate), names)| told(about, role, &gate, &names)).collect()
}

/// Whether a session of a kind had been held, for anybody, when pairs were matched.
fn was_held(rehearsed: &Rehearsed, gate: &str, proposal: &Proposal) -> bool {
    let mut sessions = rehearsed.run.sessions.iter();
    sessions.any(|one| one.plan.diary == gate && one.status == SessionStatus::Held && one.plan.starts < proposal.made)
}

fn told(about: About<'_>, role: Role, gate: &str, names: &BTreeSet<&str>) -> Diagnostic {
    let text = about.text("programme.toml");
    let key = format!("match_{role}");
    let manifest = Document::parse("programme.toml", &text, &mut Report::default());
    let gates = manifest.root().get("gates").map(|gates| gates.items_of(&key)).unwrap_or_default();
    let at = gates.into_iter().find(|node| node.text() == Some(gate)).map_or(0..0, Node::span);
    let names: Vec<&str> = names.iter().copied().collect();
    let message = format!(
        "no {role} is ever matched: the gate {key} waits for '{gate}', which is held only after pairs are matched"
    );
    let label = format!("not one {role} had been to it {}", in_rehearsals(&names));
    let help = format!("hold '{gate}' for every {role} before match_pairs, or take it out of {key}");
    Diagnostic::error("rehearsal::never_matched", message).at("programme.toml", at, label).help(help)
}
