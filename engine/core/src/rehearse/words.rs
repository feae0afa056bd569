//! Invented words: they stand where people's own will, and nobody can take them for those.

use super::draw::Draw;
use crate::run::{Run, Session};
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeSet;
use turnabout_model::{Item, ParticipantId, Quote, SessionNotes, SessionStatus, Survey, Theme};

/// The kinds of session of which somebody takes notes: those that `turnabout check` counts as an evaluation.
const NOTED: [&str; 4] = ["focus-group", "interview", "review", "evaluation"];
/// How often somebody writes something where they may leave it out.
const WRITES: f64 = 0.6;
/// How often somebody agrees that notes are kept, and how often a quote of theirs is passed on, with or without the name.
const AGREES: f64 = 0.9;
const RELEASED: f64 = 0.5;
const WITH_THE_NAME: f64 = 0.3;
/// How many letters of a question an invented answer repeats.
const REPEATED: usize = 60;
/// The themes that invented groups speak about.
const THEMES: [&str; 3] = ["invented theme A", "invented theme B", "invented theme C"];

/// Whether somebody writes anything in answer to a question: from a stream of its own, and as often as it is asked.
pub(super) fn writes(run: &Run, who: ParticipantId, item: &Item<'_>) -> bool {
    Draw::of(run.seed, &format_smolstr!("whether words {}", item.name), who.0).chance(WRITES)
}

/// What somebody writes, with a number by which one can be told from another.
pub(super) fn answer(survey: &Survey, item: &Item<'_>, who: ParticipantId) -> String {
    let question = survey.say(item.text(), &survey.default_language).trim();
    // What would be filled in is not known here.
    if question.is_empty() || question.contains("${") {
        return format!("Invented answer {}.", who.0);
    }
    let mut repeated: String = question.chars().take(REPEATED).collect();
    if repeated.len() < question.len() {
        // No word is cut in two.
        repeated.truncate(repeated.rfind(' ').unwrap_or(repeated.len()));
        repeated.push('…');
    }
    format!("Invented answer {} to ‘{repeated}’", who.0)
}

/// The notes of every session of which somebody takes notes, of those that were held.
pub(super) fn notes(run: &Run) -> Vec<SessionNotes> {
    let held = run.sessions.iter().filter(|session| session.status == SessionStatus::Held);
    held.filter(|session| NOTED.contains(&session.plan.kind.as_str())).map(|session| note(run, session)).collect()
}

fn note(run: &Run, session: &Session) -> SessionNotes {
    let number = session.plan.session.0;
    let mut draw = Draw::of(run.seed, "notes", number);
    let kind = session.plan.kind.replace('-', " ");
    let consented: BTreeSet<ParticipantId> = session.attended.iter().copied().filter(|_| draw.chance(AGREES)).collect();
    let quotes = consented.iter().map(|by| Quote {
        text: format!("Invented quote {} of somebody in this kind of session: {kind}", by.0),
        by: Some(*by),
        released: draw.chance(RELEASED),
        named: draw.chance(WITH_THE_NAME),
    });
    let quotes = quotes.collect();
    let most = session.attended.len();
    let themes = THEMES.iter().filter_map(|name| {
        let mentions = u16::try_from(draw.below(most + 1).max(draw.below(most + 1))).unwrap_or(u16::MAX);
        (mentions > 0).then(|| Theme { name: SmolStr::new_static(name), mentions })
    });
    let themes = themes.collect();
    let learning = vec![format!("Invented learning point {number}, noted in this kind of session: {kind}")];
    SessionNotes { session: session.plan.session, consented, themes, quotes, learning }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_invented_answer_says_that_it_is_one() {
        let survey: Survey = serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "short", "type": "text", "text": "What would help?" },
            { "name": "long", "type": "text", "text": "Is there a moment from your conversations that you would like others to know of?" },
            { "name": "filled", "type": "text", "text": "Why ${again}?" },
        ] }))
        .unwrap();
        let said: Vec<String> = survey.items().iter().map(|item| answer(&survey, item, ParticipantId(3))).collect();
        assert_eq!(
            said,
            [
                "Invented answer 3 to ‘What would help?’",
                "Invented answer 3 to ‘Is there a moment from your conversations that you would…’",
                "Invented answer 3."
            ]
        );
    }
}
