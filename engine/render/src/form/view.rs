//! A form to fill in.

use super::{
    fields::{DO, KEEP, KEPT, LANGUAGE, SEEN, TO},
    form_style,
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
use turnabout_model::{ParticipantId, Survey, SurveyMode};

/// A form to fill in, with the answers so far.
#[derive(Debug, Clone)]
pub struct FormPage<'a> {
    /// What is asked.
    pub survey: &'a Survey,
    /// The language of its texts.
    pub language: &'a str,
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
    pub what: String,
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
    fn words(self) -> Option<(String, bool)> {
        const AGAIN: &str = "Please go through the form once more and hand it in.";
        Some(match self {
            Self::Nothing => return None,
            Self::Left => {
                ("Here is what you answered before. Nothing is handed in until you do so at the end.".into(), false)
            }
            Self::More(1) => (format!("There is one more question because of what you have answered. {AGAIN}"), true),
            Self::More(more) => {
                (format!("There are {more} more questions because of what you have answered. {AGAIN}"), true)
            }
            Self::Read => {
                ("There is something to read because of what you have answered. Then hand the form in.".into(), true)
            }
            Self::Merged => (
                format!("You have answered some of this elsewhere meanwhile: here is all of it together. {AGAIN}"),
                true,
            ),
            Self::NotKept => ("An anonymous form can't be kept half-way: hand it in when it is complete.".into(), true),
        })
    }
}

/// Writes a form.
pub fn form_page(page: &FormPage<'_>) -> String {
    let FormPage { survey, language, look, .. } = page;
    let say = |text| survey.say(text, language).trim().to_owned();
    let writer = Writer::of(page);
    let (blocks, faults) = writer.write();
    let saves = survey.mode != SurveyMode::Anonymous;
    let title = say(&survey.title);
    html::render_for(
        look,
        Page::Form,
        &json!({
            "style": form_style(look),
            "lang": language,
            "other": !language.starts_with("en"),
            "title": title,
            "head": if faults.is_empty() { title.clone() } else { format!("Error: {title}") },
            "introduction": say(&survey.introduction),
            "purpose": survey.purpose.as_ref().map(say),
            "kept": kept(survey),
            "closes": words::moment(page.closes, page.zone),
            "zone": page.zone.iana_name().unwrap_or("UTC"),
            "languages": languages(survey, language),
            "said": page.said.words().map(|(words, interrupts)| json!({ "words": words, "interrupts": interrupts })),
            "faults": faults,
            "blocks": blocks,
            "fields": { "seen": SEEN, "kept": KEPT, "language": LANGUAGE, "do": DO, "to": TO, "keep": KEEP },
            "seen": page.visible.join(" "),
            "mark": page.kept,
            "saves": saves,
            "attribution": survey.attribution,
            "licence": survey.attribution.is_some().then_some(()).and(survey.licence.as_ref()),
        }),
    )
}

/// Who can be connected with an answer.
fn kept(survey: &Survey) -> String {
    let people = survey.threshold.people();
    match survey.mode {
        SurveyMode::Confidential => format!(
            "Your answers are confidential. They are shown only together with those of others: never of fewer than {people} people."
        ),
        SurveyMode::Anonymous => format!(
            "This survey is anonymous. Your link is your own, so that nobody answers twice, but your answers are kept without \
             it, and are shown only together with those of others: never of fewer than {people} people. They can't be saved \
             half-way."
        ),
        SurveyMode::Named => {
            "The programme works with your answers under your name, for example to form pairs. No evaluation shows them.".into()
        }
    }
}

/// The other languages that it can be read in.
fn languages(survey: &Survey, now: &str) -> Vec<Json> {
    let others = survey.languages.iter().filter(|language| *language != now);
    others.map(|tag| json!({ "tag": tag, "name": words::language(tag) })).collect()
}
