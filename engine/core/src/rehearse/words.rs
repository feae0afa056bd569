//! Invented words: they stand where people's own will, and nobody can take them for those.

use super::draw::Draw;
use crate::{
    results::Answered,
    run::{Run, Session},
};
use serde_json::Value as Json;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{
    InventedWords, Item, ParticipantId, QuestionKind, Quote, SessionNotes, SessionStatus, Survey, Theme,
};

/// The kinds of session of which somebody takes notes: those that `turnabout check` counts as an evaluation.
const NOTED: [&str; 4] = ["focus-group", "interview", "review", "evaluation"];
/// How often somebody writes something where they may leave it out.
const WRITES: f64 = 0.6;
/// How often somebody agrees that notes are kept, and how often a quote of theirs is passed on, with or without the name.
const AGREES: f64 = 0.9;
const RELEASED: f64 = 0.5;
const WITH_THE_NAME: f64 = 0.3;
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
    // The whole of it, however long: what is shown of people's own words is never cut, and a sample has to look like that.
    format!("Invented answer {} to ‘{question}’", who.0)
}

/// What a rehearsal has for somebody to say: each of it comes once before any comes again, in an order drawn by lot.
struct Deck<'w> {
    cards: Vec<&'w str>,
    dealt: usize,
}

impl<'w> Deck<'w> {
    fn new(cards: &'w [String], seed: u64, of: &str) -> Self {
        let mut cards: Vec<&str> = cards.iter().map(String::as_str).collect();
        Draw::of(seed, of, 0).shuffle(&mut cards);
        Self { cards, dealt: 0 }
    }

    /// The next of it, as something that nobody has said; nothing if there is nothing to say.
    fn deal(&mut self) -> Option<String> {
        let card = self.cards.get(self.dealt % self.cards.len().max(1))?;
        self.dealt += 1;
        Some(format!("Invented: {card}"))
    }
}

/// Puts a rehearsal's own words in the place of every answer in free text that it has words for.
pub(super) fn put(words: &InventedWords, surveys: &BTreeMap<SmolStr, Survey>, run: &Run, responses: &mut [Answered]) {
    for (survey, questions) in &words.answers {
        let Some(items) = surveys.get(survey).map(Survey::items) else { continue };
        let written = items.iter().filter(|item| item.question.kind == QuestionKind::Text);
        for (item, words) in written.filter_map(|item| Some((item, questions.get(item.name)?))) {
            let mut deck = Deck::new(words, run.seed, &format_smolstr!("words {survey} {}", item.name));
            let of_this = |response: &&mut Answered| run.wave(response.wave).is_some_and(|wave| wave.survey == *survey);
            for response in responses.iter_mut().filter(of_this) {
                let Some(answer) = response.answers.get_mut(item.name) else { continue };
                // Nobody tells somebody else's story: whoever is left over has none.
                if item.question.consent.is_some() && deck.dealt == words.len() {
                    response.answers.remove(item.name);
                } else if let Some(said) = deck.deal() {
                    *answer = Json::String(said);
                }
            }
        }
    }
}

/// The notes of every session of which somebody takes notes, of those that were held.
pub(super) fn notes(run: &Run, words: &InventedWords) -> Vec<SessionNotes> {
    let mut quotes = Deck::new(&words.quotes, run.seed, "words said");
    let mut learning = Deck::new(&words.learning, run.seed, "words learned");
    let held = run.sessions.iter().filter(|session| session.status == SessionStatus::Held);
    let noted = held.filter(|session| NOTED.contains(&session.plan.kind.as_str()));
    noted.map(|session| note(run, session, &words.themes, &mut quotes, &mut learning)).collect()
}

fn note(
    run: &Run,
    session: &Session,
    themes: &[SmolStr],
    quotes: &mut Deck<'_>,
    learning: &mut Deck<'_>,
) -> SessionNotes {
    let number = session.plan.session.0;
    let mut draw = Draw::of(run.seed, "notes", number);
    let kind = session.plan.kind.replace('-', " ");
    let consented: BTreeSet<ParticipantId> = session.attended.iter().copied().filter(|_| draw.chance(AGREES)).collect();
    let quotes = consented.iter().map(|by| Quote {
        text: quotes
            .deal()
            .unwrap_or_else(|| format!("Invented quote {} of somebody in this kind of session: {kind}", by.0)),
        by: Some(*by),
        released: draw.chance(RELEASED),
        named: draw.chance(WITH_THE_NAME),
    });
    let quotes = quotes.collect();
    let most = session.attended.len();
    let nobodys = THEMES.map(SmolStr::new_static);
    let themes = if themes.is_empty() { &nobodys } else { themes }.iter().filter_map(|name| {
        let mentions = u16::try_from(draw.below(most + 1).max(draw.below(most + 1))).unwrap_or(u16::MAX);
        (mentions > 0).then(|| Theme { name: name.clone(), mentions })
    });
    let themes = themes.collect();
    let point = || format!("Invented learning point {number}, noted in this kind of session: {kind}");
    let learning = vec![learning.deal().unwrap_or_else(point)];
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
                "Invented answer 3 to ‘Is there a moment from your conversations that you would like others to know of?’",
                "Invented answer 3."
            ]
        );
    }

    #[test]
    fn each_invented_word_comes_once_before_any_comes_again_and_says_that_it_is_invented() {
        let cards = ["a".to_owned(), "b".into(), "c".into()];
        let mut deck = Deck::new(&cards, 7, "words");
        let dealt: Vec<String> = (0..6).filter_map(|_| deck.deal()).collect();
        let first: BTreeSet<&str> = dealt[..3].iter().map(String::as_str).collect();
        assert_eq!(first, ["Invented: a", "Invented: b", "Invented: c"].into());
        assert_eq!(dealt[..3], dealt[3..]);
        assert_eq!(Deck::new(&[], 7, "words").deal(), None);
    }
}
