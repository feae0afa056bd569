//! What groups said: themes, quotes, learning points.

use super::{Evidence, Story, ThemeResult, summarise::mix};
use crate::run::Run;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{ParticipantId, SessionNotes, SessionStatus, Threshold};

/// The notes of sessions that were not cancelled, with what kind of session each is.
fn kept<'e>(run: &'e Run, notes: &'e [SessionNotes]) -> Vec<(&'e SmolStr, &'e SessionNotes)> {
    let kind = |notes: &SessionNotes| {
        let session = run.session(notes.session)?;
        (session.status != SessionStatus::Cancelled).then_some(&session.plan.kind)
    };
    let mut kept: Vec<_> = notes.iter().filter_map(|notes| Some((kind(notes)?, notes))).collect();
    kept.sort_by_key(|(_, notes)| notes.session);
    kept
}

/// The themes by kind of session, once the run is over: those of one session would be those of the few who were there,
/// and two reports before and after an interview would tell what its pair said. Kinds to which fewer people came than
/// the threshold that a survey has by itself are taken together; notes have none that anybody could have set for them. If
/// those are too few as well, nothing is told. How many brought a theme up is told from that threshold on, and one person
/// counts once a session.
pub(super) fn themes(evidence: &Evidence<'_>) -> Vec<ThemeResult> {
    if !evidence.run.is_over() {
        return Vec::new();
    }
    let least = u32::from(u8::from(Threshold::default()));
    let enough = |people: &BTreeSet<ParticipantId>| people.len() >= least as usize;
    let mut came: BTreeMap<SmolStr, BTreeSet<ParticipantId>> = BTreeMap::new();
    for (kind, notes) in kept(evidence.run, evidence.notes) {
        came.entry(kind.clone()).or_default().extend(attended(evidence, notes));
    }
    let small: BTreeSet<SmolStr> =
        came.iter().filter(|(_, people)| !enough(people)).map(|(kind, _)| kind.clone()).collect();
    let together: BTreeSet<ParticipantId> = small.iter().flat_map(|kind| came[kind].iter().copied()).collect();
    let mut mentions: BTreeMap<(SmolStr, SmolStr), u32> = BTreeMap::new();
    for (kind, notes) in kept(evidence.run, evidence.notes) {
        let kind = if !small.contains(kind) {
            kind.clone()
        } else if enough(&together) {
            SmolStr::new_static("small-groups")
        } else {
            continue;
        };
        let most = u32::try_from(attended(evidence, notes).len()).unwrap_or(u32::MAX);
        for theme in &notes.themes {
            let entry = mentions.entry((kind.clone(), theme.name.clone())).or_default();
            *entry = entry.saturating_add(u32::from(theme.mentions).min(most));
        }
    }
    mentions
        .into_iter()
        .map(|((kind, theme), found)| ThemeResult { kind, theme, mentions: (found >= least).then_some(found) })
        .collect()
}

/// Who came to a session that was noted.
fn attended<'e>(evidence: &Evidence<'e>, notes: &SessionNotes) -> &'e [ParticipantId] {
    evidence.run.session(notes.session).map_or(&[], |session| session.attended.as_slice())
}

/// The quotes that were released by somebody who agreed, without the session in which they were said.
pub(super) fn quotes(evidence: &Evidence<'_>) -> Vec<Story> {
    let mut quotes = Vec::new();
    for (_, notes) in kept(evidence.run, evidence.notes) {
        // Words of nobody in particular are everybody's who was there.
        let all_agreed = attended(evidence, notes).iter().all(|who| notes.consented.contains(who));
        let released = notes.released().filter(|quote| quote.by.is_some() || all_agreed);
        for quote in released.filter(|quote| !quote.text.trim().is_empty()) {
            let person = quote.by.map(|by| evidence.people.get(&by));
            if let Some(None) = person {
                continue; // erased
            }
            let name = person.flatten().filter(|_| quote.named).map(|person| person.name.clone());
            quotes.push(Story { text: quote.text.trim().to_owned(), name });
        }
    }
    mix(evidence.run.seed, "quotes", &mut quotes);
    quotes
}

/// What the next programme should know, each once.
pub fn lessons(run: &Run, notes: &[SessionNotes]) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    for (_, notes) in kept(run, notes) {
        for point in notes.learning.iter().map(|point| point.trim()).filter(|point| !point.is_empty()) {
            if points.iter().all(|known| known != point) {
                points.push(point.to_owned());
            }
        }
    }
    points
}
