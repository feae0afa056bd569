//! Pairs that would meet before the training that the template asks for.
//!
//! The engine refuses such a meeting. Where the session had not been held for somebody at all, the script has the order
//! wrong; where they were invited and did not come, the script may want to hold it again.

use super::{About, Played, in_rehearsals};
use jiff::Timestamp;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::{decide::Refusal, rehearse::Rehearsed};
use turnabout_model::{Diagnostic, ParticipantId, Role, SessionStatus, Severity};

/// What was found about one gate.
#[derive(Default)]
struct Found<'r> {
    /// Meetings that were refused.
    meetings: usize,
    /// Meetings that took place in these rehearsals.
    held: usize,
    /// How many of the refused ones before the session had been held with that person among those invited.
    too_early: usize,
    rehearsals: Vec<&'r str>,
}

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Vec<Diagnostic> {
    let mut gates: BTreeMap<(Role, SmolStr), Found<'_>> = BTreeMap::new();
    for Played { name, rehearsed, .. } in played {
        for (at, refusal) in &rehearsed.refused {
            let Refusal::Gate { participant, gate } = refusal else { continue };
            let Some(role) = rehearsed.run.participants.get(participant).map(|who| who.role) else { continue };
            let found = gates.entry((role, gate.clone())).or_default();
            found.meetings += 1;
            found.too_early += usize::from(!was_invited(rehearsed, *participant, gate, *at));
            if !found.rehearsals.contains(name) {
                found.rehearsals.push(name);
                found.held += rehearsed.run.meetings.iter().filter(|meeting| meeting.took_place).count();
            }
        }
    }
    gates.into_iter().filter_map(|((role, gate), found)| told(about, role, &gate, &found)).collect()
}

/// Whether a session of a kind had been held for somebody by a moment, whether they came or not.
fn was_invited(rehearsed: &Rehearsed, who: ParticipantId, gate: &str, by: Timestamp) -> bool {
    let held = |session: &turnabout_core::run::Session| {
        session.plan.diary == gate && session.status == SessionStatus::Held && session.plan.starts < by
    };
    rehearsed.run.sessions.iter().any(|session| held(session) && session.plan.audience.contains(&who))
}

fn told(about: About<'_>, role: Role, gate: &str, found: &Found<'_>) -> Option<Diagnostic> {
    let where_found = in_rehearsals(&found.rehearsals);
    let of = |count: usize| if count == 1 { "1 meeting".to_owned() } else { format!("{count} meetings") };
    let text = about.text("programme.toml");
    let key = format!("meet_{role}");
    let line = text.find(&key).unwrap_or_default();
    let quoted = format!("\"{gate}\"");
    let start = text[line..].find(&quoted).map(|at| line + at)?;
    // Somebody always misses something; where it is one meeting in five, the programme can do more about it.
    if found.too_early == 0 && found.meetings * 5 < found.held {
        return None;
    }
    let found = if found.too_early > 0 {
        let message = format!("{role}s would meet before they have been to '{gate}'");
        let label = format!("{} refused {where_found}: the session had not been held for them", of(found.too_early));
        Diagnostic::warning("rehearsal::before_training", message)
            .at("programme.toml", start..start + quoted.len(), label)
            .help(format!("hold '{gate}' for every {role} before pairs are matched, or gate the match: match_{role} = [\"{gate}\"]"))
    } else {
        let message = format!("a {role} who missed '{gate}' can't meet");
        let label = format!("{} refused {where_found}", of(found.meetings));
        let found = Diagnostic::warning("rehearsal::missed_training", message)
            .at("programme.toml", start..start + quoted.len(), label)
            .help(format!(
                "hold it again for whoever missed it: sessions::hold_for_all(\"{gate}\", people) of lib/sessions"
            ));
        Diagnostic { severity: Severity::Advice, ..found }
    };
    Some(found)
}
