//! Waves of surveys: what is asked and how many have answered, never what anybody said.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::run::Wave;
use turnabout_model::{ParticipantId, Question, QuestionKind, Survey, WaveId};

/// One sending of a survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaveView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: WaveId,
    /// The survey's name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub survey: SmolStr,
    /// When it closes by itself.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: Timestamp,
    /// Whether it still takes answers.
    pub open: bool,
    /// How many were asked.
    pub invited: usize,
    /// How many have answered.
    pub completed: usize,
}

/// A wave with its form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaveDetail {
    /// What a list shows of it.
    #[serde(flatten)]
    pub wave: WaveView,
    /// The title that people see.
    pub title: String,
    /// What it is for and who reads the answers.
    pub introduction: String,
    /// The questions in order.
    pub questions: Vec<QuestionView>,
    /// Who was asked and has not answered yet.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub missing: Vec<ParticipantId>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionView {
    /// Its name in answers.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What is asked.
    pub text: String,
    /// Whether an answer is required.
    pub required: bool,
    /// What may be answered.
    pub answer: ChoicesView,
}

/// What may be answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ChoicesView {
    /// One of several choices, as text.
    Single {
        /// The choices.
        choices: Vec<String>,
    },
    /// Any of several choices, as a list.
    Multiple {
        /// The choices.
        choices: Vec<String>,
    },
    /// A whole number from 1 to `points`.
    Likert {
        /// How many points.
        points: u8,
    },
    /// Free text.
    Text,
    /// Ids of people of the other side, the most wanted first.
    Ranking,
    /// Ids of people of the other side with whom somebody would rather not be paired.
    Avoid,
}

impl WaveView {
    /// Shows a wave.
    pub fn of(wave: &Wave) -> Self {
        Self {
            id: wave.id,
            survey: wave.survey.clone(),
            closes: wave.closes,
            open: wave.open,
            invited: wave.audience.len(),
            completed: wave.responded.len(),
        }
    }
}

impl WaveDetail {
    /// Shows a wave with its form.
    pub fn of(wave: &Wave, survey: &Survey) -> Self {
        let missing = wave.audience.iter().filter(|who| !wave.responded.contains(who));
        Self {
            wave: WaveView::of(wave),
            title: survey.title.clone(),
            introduction: survey.introduction.clone(),
            questions: survey.questions.iter().map(QuestionView::of).collect(),
            missing: missing.copied().collect(),
        }
    }
}

impl QuestionView {
    fn of(question: &Question) -> Self {
        let answer = match &question.kind {
            QuestionKind::Single { choices } => ChoicesView::Single { choices: choices.clone() },
            QuestionKind::Multiple { choices } => ChoicesView::Multiple { choices: choices.clone() },
            QuestionKind::Likert { points } => ChoicesView::Likert { points: *points },
            QuestionKind::Text => ChoicesView::Text,
            QuestionKind::Ranking => ChoicesView::Ranking,
            QuestionKind::Avoid => ChoicesView::Avoid,
        };
        Self { name: question.name.clone(), text: question.text.clone(), required: question.required, answer }
    }
}
