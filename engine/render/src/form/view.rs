//! A form to fill in.

use super::{
    fields::{DO, KEEP, KEPT, LANGUAGE, SEEN, TO},
    form_style,
    spoken::{Paragraph, Spoken, phrases},
    writer::Writer,
};
use crate::{
    Look,
    html::{self, Page, words},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value as Json, json};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{ParticipantId, Phrase, Said, Survey, SurveyMode, Wording};

/// A form to fill in, with the answers so far.
#[derive(Debug, Clone)]
pub struct FormPage<'a> {
    /// What is asked.
    pub survey: &'a Survey,
    /// The language of its texts, and the words around them.
    pub wording: &'a Wording,
    /// The questions, groups and statements that are asked, given the answers.
    pub visible: &'a [SmolStr],
    /// What must be answered.
    pub required: &'a [SmolStr],
    /// What was computed, by name.
    pub computed: &'a BTreeMap<SmolStr, Json>,
    /// Texts with answers filled in, by question or statement; a choice's under `question/choice`.
    pub labels: &'a BTreeMap<SmolStr, String>,
    /// The answers so far, also those that can't be taken.
    pub answers: &'a BTreeMap<SmolStr, Json>,
    /// What is wrong with them, one for a question; nothing before somebody has handed it in.
    pub faults: Vec<FormFault>,
    /// Whom a ballot may name, in the order in which they are shown.
    pub people: &'a [(ParticipantId, String)],
    /// How many of them it may name.
    pub most_named: usize,
    /// When it closes.
    pub closes: Timestamp,
    /// The zone of its dates.
    pub zone: &'a TimeZone,
    /// A mark of what is kept of it, which comes back with the form; empty if nothing is.
    pub kept: &'a str,
    /// What is said above it.
    pub said: FormSaid,
    /// Whose programme it is.
    pub look: &'a Look,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    /// The question or statement.
    pub question: SmolStr,
    /// What is wrong, without a full stop.
    pub what: Said,
}

/// What is said above a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FormSaid {
    /// Nothing.
    #[default]
    Nothing,
    /// Here are the answers that were left the last time.
    Left,
    /// Because of the answers there are so many more questions.
    More(usize),
    /// Because of the answers there is something more to read.
    Read,
    /// There are answers from elsewhere, another window for example.
    Merged,
    /// It can't be kept half-way.
    NotKept,
}

impl FormSaid {
    /// What is said, and whether it interrupts those who hear the page.
    fn words(self, wording: &Wording) -> Option<(Spoken, bool)> {
        let say = |phrase, with: &[(&str, &str)]| Spoken::phrase(wording, phrase, with);
        Some(match self {
            Self::Nothing => return None,
            Self::Left => (say(Phrase::Left, &[]), false),
            Self::More(1) => (say(Phrase::OneMore, &[]), true),
            Self::More(more) => (say(Phrase::More, &[("more", &more.to_string())]), true),
            Self::Read => (say(Phrase::Read, &[]), true),
            Self::Merged => (say(Phrase::Merged, &[]), true),
            Self::NotKept => (say(Phrase::NotKept, &[]), true),
        })
    }
}

/// Writes a form.
pub fn form_page(page: &FormPage<'_>) -> String {
    let FormPage { survey, wording, look, .. } = page;
    let language = wording.language();
    let say = |text| survey.say(text, language).trim().to_owned();
    let writer = Writer::of(page);
    let (blocks, faults) = writer.write();
    let saves = survey.mode != SurveyMode::Anonymous;
    let title = say(&survey.title);
    let said = page.said.words(wording);
    html::render_for(
        look,
        Page::Form,
        &json!({
            "style": form_style(look),
            "lang": language,
            "page_lang": wording.around(),
            "other": wording.marked(language).is_some(),
            "title": title,
            "head": if faults.is_empty() { title.clone() } else { wording.fill(Phrase::ErrorTitle, &[("title", &title)]).text },
            "introduction": say(&survey.introduction),
            "purpose": survey.purpose.as_ref().map(say),
            "kept": kept(survey, wording),
            "until": Paragraph::until(wording, Phrase::Until, (page.closes, page.zone)),
            "languages": languages(survey, language),
            "said": said.map(|(words, interrupts)| json!({ "words": words, "interrupts": interrupts })),
            "says": phrases(wording),
            "faults": faults,
            "blocks": blocks,
            "fields": { "seen": SEEN, "kept": KEPT, "language": LANGUAGE, "do": DO, "to": TO, "keep": KEEP },
            "seen": page.visible.join(" "),
            "mark": page.kept,
            "saves": saves,
            "questions": owner(survey).map(|owner| Spoken::phrase(wording, Phrase::Questions, &[("owner", &owner)])),
        }),
    )
}

/// Who can be connected with an answer.
fn kept(survey: &Survey, wording: &Wording) -> Spoken {
    let people = survey.threshold.people().to_string();
    let phrase = match survey.mode {
        SurveyMode::Confidential => Phrase::Confidential,
        SurveyMode::Anonymous => Phrase::Anonymous,
        SurveyMode::Named => Phrase::Named,
    };
    Spoken::phrase(wording, phrase, &[("people", &people)])
}

/// Whose questions they are, and under what licence.
fn owner(survey: &Survey) -> Option<String> {
    let owner = survey.attribution.as_ref()?;
    Some(survey.licence.as_ref().map_or_else(|| owner.clone(), |licence| format!("{owner}, {licence}")))
}

/// The other languages that it can be read in.
fn languages(survey: &Survey, now: &str) -> Vec<Json> {
    let others = survey.languages.iter().filter(|language| *language != now);
    others.map(|tag| json!({ "tag": tag, "name": words::language(tag) })).collect()
}
