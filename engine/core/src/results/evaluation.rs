//! The evaluation as plain data.

use super::{Activity, ChangeSummary, Number, Summary};
use crate::release::Withheld;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_model::{SurveyMode, WaveId};

/// What may be shown of a programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The template's name.
    pub template: SmolStr,
    /// For whom it runs.
    pub client: SmolStr,
    /// Why it runs.
    pub purpose: String,
    /// True if the answers were invented by a rehearsal: then it tells what a report looks like, and nothing else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
    /// False if the programme refuses measurement: then there is no figure about people, and every list of figures
    /// below is empty.
    pub measures: bool,
    /// The waves in the order in which they were sent, elections left out.
    pub waves: Vec<WaveResult>,
    /// What two waves asked in the same words, scales first.
    pub changes: Vec<ChangeResult>,
    /// Who was asked first and who answered both times, for each two waves that are compared.
    pub attrition: Vec<Attrition>,
    /// What took place; none if the programme refuses measurement.
    pub activity: Option<Activity>,
    /// Who asked for something and agreed to be named.
    pub named: Vec<NamedList>,
    /// Stories that people let be passed on.
    pub stories: Vec<Story>,
    /// Quotes from groups that were released, with the name where that was agreed.
    pub quotes: Vec<Story>,
    /// What groups spoke about.
    pub themes: Vec<ThemeResult>,
    /// What the next programme should know.
    pub learning: Vec<String>,
}

impl Evaluation {
    /// The same without the people who asked for something: they agreed that those hear of it who can give it to them.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        for choice in self.named.iter_mut().flat_map(|list| &mut list.choices) {
            choice.people.clear();
        }
        self
    }
}

/// A figure, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown<T> {
    /// What may be shown.
    Shown(T),
    /// Why nothing is; [`Withheld::sentence`] takes its place.
    Withheld(Withheld),
}

impl<T> Shown<T> {
    /// What is shown, if it is.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown(result) => Some(result),
            Self::Withheld(_) => None,
        }
    }
}

/// A figure over everyone or over a part of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ViewResult<T> {
    /// What it is called: `everyone`, `role: mentor`.
    pub view: SmolStr,
    /// By what people are told apart: `role` or an attribute; nothing for everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<SmolStr>,
    /// Which of them are in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<SmolStr>,
    /// The figure.
    pub result: Shown<T>,
}

/// One sending of a survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaveResult {
    /// Which one.
    pub wave: WaveId,
    /// The survey's name.
    pub survey: SmolStr,
    /// Its title.
    pub title: String,
    /// What the answers are used for.
    pub purpose: Option<String>,
    /// Who can be connected with an answer.
    pub mode: SurveyMode,
    /// How many people have to be in a result.
    pub threshold: u8,
    /// Whether it still takes answers: then there are no results.
    pub open: bool,
    /// How many were asked.
    pub invited: usize,
    /// How many answered.
    pub completed: usize,
    /// What each question found.
    pub items: Vec<ItemResult>,
    /// What each scale found.
    pub scales: Vec<ScaleResult>,
}

/// What one question, or one statement of a question, found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemResult {
    /// Its name in answers.
    pub name: SmolStr,
    /// What was asked.
    pub text: String,
    /// Of a statement: the question it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Whether it is worded the other way: a scale of the survey counts it reversed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
    /// Whether it was asked under a condition only.
    pub conditional: bool,
    /// Everyone, then the breakdowns.
    pub views: Vec<ViewResult<Summary>>,
}

/// What one scale found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScaleResult {
    /// Its name.
    pub name: SmolStr,
    /// The least and the greatest score.
    pub range: [f64; 2],
    /// Everyone, then the breakdowns.
    pub views: Vec<ViewResult<Number>>,
}

/// What changed between two waves that asked the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeResult {
    /// The name of the question or scale.
    pub name: SmolStr,
    /// What was asked; for a scale its name.
    pub text: String,
    /// Whether it is worded the other way: a scale of the survey counts it reversed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
    /// Of a statement: the question it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Whether it is a scale.
    pub scale: bool,
    /// The first wave that asked.
    pub first: WaveId,
    /// The last.
    pub last: WaveId,
    /// The least and the greatest value, if there are any.
    pub range: Option<[f64; 2]>,
    /// Everyone, then the breakdowns.
    pub views: Vec<ViewResult<ChangeSummary>>,
}

/// Who was asked first, and who answered both times: counts of responses, whatever they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attrition {
    /// The first wave.
    pub first: WaveId,
    /// The last.
    pub last: WaveId,
    /// How many were asked the first time.
    pub asked: usize,
    /// How many of them answered then.
    pub answered_first: usize,
    /// How many of those answered the last time too.
    pub answered_both: usize,
    /// How many of those asked the first time have withdrawn from the programme since.
    pub withdrawn: usize,
}

/// People who asked for something and agreed to be named, by what they chose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedList {
    /// The wave.
    pub wave: WaveId,
    /// The question's name.
    pub name: SmolStr,
    /// What was asked.
    pub text: String,
    /// The choices that somebody named made.
    pub choices: Vec<NamedChoice>,
}

/// Who chose one choice and agreed to be named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedChoice {
    /// What the choice is called.
    pub label: String,
    /// The names, in order.
    pub people: Vec<String>,
}

/// Words that somebody let be passed on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Story {
    /// The words.
    pub text: String,
    /// The name, where they agreed to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What groups spoke about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeResult {
    /// In which kind of session: `focus-group`. Never which session: three people talked there, and they are known.
    pub kind: SmolStr,
    /// The theme.
    pub theme: SmolStr,
    /// How many brought it up, if there are enough of them.
    pub mentions: Option<u32>,
}
