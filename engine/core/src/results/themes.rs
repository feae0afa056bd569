//! What groups said: themes, quotes, learning points.

use super::{Evidence, Story, ThemeResult, summarise::mix};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{SessionNotes, SessionStatus, Threshold};

/// The notes of sessions that were not cancelled, with what kind of session each is.
fn kept<'e>(evidence: &Evidence<'e>) -> Vec<(&'e SmolStr, &'e SessionNotes)> {
    let kind = |notes: &SessionNotes| {
        let session = evidence.run.session(notes.session)?;
        (session.status != SessionStatus::Cancelled).then_some(&session.plan.kind)
    };
    let mut kept: Vec<_> = evidence.notes.iter().filter_map(|notes| Some((kind(notes)?, notes))).collect();
    kept.sort_by_key(|(_, notes)| notes.session);
    kept
}

/// The themes by kind of session. Those of one session would be those of the few who were there, and of an interview
/// with a pair those of two. How many brought a theme up is told only if there are as many as the threshold that a
/// survey has by itself: notes have none that anybody could have set for them.
pub(super) fn themes(evidence: &Evidence<'_>) -> Vec<ThemeResult> {
    let mut mentions: BTreeMap<(SmolStr, SmolStr), u32> = BTreeMap::new();
    for (kind, notes) in kept(evidence) {
        for theme in &notes.themes {
            let entry = mentions.entry((kind.clone(), theme.name.clone())).or_default();
            *entry = entry.saturating_add(theme.mentions.into());
        }
    }
    let least = u32::from(u8::from(Threshold::default()));
    mentions
        .into_iter()
        .map(|((kind, theme), found)| ThemeResult { kind, theme, mentions: (found >= least).then_some(found) })
        .collect()
}

/// The quotes that were released by somebody who agreed, without the session in which they were said.
pub(super) fn quotes(evidence: &Evidence<'_>) -> Vec<Story> {
    let mut quotes = Vec::new();
    for (_, notes) in kept(evidence) {
        for quote in notes.released().filter(|quote| !quote.text.trim().is_empty()) {
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
pub(super) fn learning(evidence: &Evidence<'_>) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    for (_, notes) in kept(evidence) {
        for point in notes.learning.iter().map(|point| point.trim()).filter(|point| !point.is_empty()) {
            if points.iter().all(|known| known != point) {
                points.push(point.to_owned());
            }
        }
    }
    points
}
