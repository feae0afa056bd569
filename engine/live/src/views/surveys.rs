//! Waves of surveys: what is asked and how many have answered, never what anybody said.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::run::{Run, Wave};
use turnabout_model::{
    Choice, Condition, ParticipantId, ParticipantStatus, Question, QuestionKind, Survey, SurveyMode, Text, WaveId,
};

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
    /// When it went out.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opened: Timestamp,
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
    /// The language of the texts, where they are there in it: a tag such as `en`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub language: SmolStr,
    /// The languages that the survey has, at least one.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub languages: Vec<SmolStr>,
    /// The title that people see.
    pub title: String,
    /// What it is for and who reads the answers.
    pub introduction: String,
    /// What the answers are used for.
    pub purpose: Option<String>,
    /// Who can be connected with an answer: `confidential`, `anonymous` or `named`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mode: SurveyMode,
    /// How many people have to be in a result before anybody sees it.
    pub threshold: u8,
    /// Whose questions they are, if they are somebody else's.
    pub attribution: Option<String>,
    /// Under what licence the questions are used.
    pub licence: Option<String>,
    /// The questions in order. What is computed and not shown is not among them.
    pub questions: Vec<QuestionView>,
    /// Who was asked, still takes part and has not answered yet; nobody once it is closed.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub missing: Vec<ParticipantId>,
}

/// A question, a note or a group of questions. `${name}` in a text is to be filled with an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionView {
    /// Its name in answers.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What is asked.
    pub text: String,
    /// Whether an answer is required wherever it is asked. Under which conditions others are, the survey's logic says.
    pub required: bool,
    /// Whether other answers decide if it is asked.
    pub conditional: bool,
    /// Whether its answer is computed, so that nobody gives one.
    pub computed: bool,
    /// What may be answered.
    pub answer: ChoicesView,
}

/// What may be answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ChoicesView {
    /// One of several choices: its name.
    Single {
        /// The choices.
        choices: Vec<ChoiceView>,
    },
    /// Any of several choices: a list of names.
    Multiple {
        /// The choices.
        choices: Vec<ChoiceView>,
    },
    /// A whole number from 1 to `points`.
    Likert {
        /// How many points.
        points: u8,
        /// What the points are called; empty if they are numbers alone.
        labels: Vec<String>,
        /// What is agreed with, each with an answer of its own; empty if the question has the answer.
        statements: Vec<ChoiceView>,
    },
    /// Free text.
    Text,
    /// A whole number.
    Integer {
        /// The least that may be answered.
        least: Option<i64>,
        /// The most that may be answered.
        most: Option<i64>,
    },
    /// A number.
    Decimal {
        /// The least that may be answered.
        least: Option<f64>,
        /// The most that may be answered.
        most: Option<f64>,
    },
    /// A date, year-month-day.
    Date,
    /// Something to read; nothing is answered.
    Note,
    /// Questions that belong together; nothing is answered but in them.
    Group {
        /// The questions in order.
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        questions: Vec<QuestionView>,
    },
    /// Names of choices, the most wanted first; without choices it is a ballot, with ids of people of the other side, of whom those
    /// in an inner list share a place.
    Ranking {
        /// The choices.
        choices: Vec<ChoiceView>,
    },
    /// Ids of people of the other side with whom somebody would rather not be paired.
    Avoid,
}

/// Something to choose or to agree with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoiceView {
    /// Its name in answers.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What is shown.
    pub label: String,
}

impl WaveView {
    /// Shows a wave.
    pub fn of(wave: &Wave) -> Self {
        Self {
            id: wave.id,
            survey: wave.survey.clone(),
            opened: wave.opened,
            closes: wave.closes,
            open: wave.open,
            invited: wave.audience.len(),
            completed: wave.responded.len(),
        }
    }
}

impl WaveDetail {
    /// Shows a wave of a run with its form in a language; in the survey's own if none is asked for.
    pub fn of(run: &Run, wave: &Wave, survey: &Survey, language: Option<&str>) -> Self {
        // Once it is closed there is nobody to chase, and who has answered is their own business.
        let here = |who| run.participants.get(who).is_some_and(|person| person.status != ParticipantStatus::Withdrawn);
        let missing = wave.audience.iter().filter(|who| wave.open && !wave.responded.contains(who) && here(who));
        let language = language.unwrap_or(&survey.default_language);
        let own = [survey.default_language.clone()];
        let languages = if survey.languages.is_empty() { &own[..] } else { &survey.languages };
        let reader = Reader { survey, language };
        Self {
            wave: WaveView::of(wave),
            language: languages.iter().find(|known| **known == language).unwrap_or(&survey.default_language).clone(),
            languages: languages.to_vec(),
            title: reader.say(&survey.title),
            introduction: reader.say(&survey.introduction),
            purpose: survey.purpose.as_ref().map(|purpose| reader.say(purpose)),
            mode: survey.mode,
            threshold: survey.threshold.into(),
            attribution: survey.attribution.clone(),
            licence: survey.licence.clone(),
            questions: reader.questions(&survey.questions),
            missing: missing.copied().collect(),
        }
    }
}

/// Reads a survey in a language.
struct Reader<'s> {
    survey: &'s Survey,
    language: &'s str,
}

impl Reader<'_> {
    fn say(&self, text: &Text) -> String {
        self.survey.say(text, self.language).to_owned()
    }

    fn questions(&self, questions: &[Question]) -> Vec<QuestionView> {
        let shown = questions.iter().filter_map(|question| {
            Some(QuestionView {
                name: question.name.clone(),
                text: self.say(&question.text),
                required: question.required == Condition::Always,
                conditional: question.relevant.is_some(),
                computed: question.calculation.is_some(),
                answer: self.answer(&question.kind)?,
            })
        });
        shown.collect()
    }

    /// What may be answered; nothing if it is not shown at all.
    fn answer(&self, kind: &QuestionKind) -> Option<ChoicesView> {
        Some(match kind {
            QuestionKind::Single { choices } => ChoicesView::Single { choices: self.choices(choices) },
            QuestionKind::Multiple { choices } => ChoicesView::Multiple { choices: self.choices(choices) },
            QuestionKind::Likert { points, labels, statements } => ChoicesView::Likert {
                points: *points,
                labels: labels.iter().map(|label| self.say(label)).collect(),
                statements: statements
                    .iter()
                    .map(|statement| ChoiceView { name: statement.name.clone(), label: self.say(&statement.label) })
                    .collect(),
            },
            QuestionKind::Text => ChoicesView::Text,
            QuestionKind::Integer { least, most } => ChoicesView::Integer { least: *least, most: *most },
            QuestionKind::Decimal { least, most } => ChoicesView::Decimal { least: *least, most: *most },
            QuestionKind::Date => ChoicesView::Date,
            QuestionKind::Note => ChoicesView::Note,
            QuestionKind::Group { questions } => ChoicesView::Group { questions: self.questions(questions) },
            QuestionKind::Ranking { choices } => ChoicesView::Ranking { choices: self.choices(choices) },
            QuestionKind::Avoid => ChoicesView::Avoid,
            QuestionKind::Calculate => return None,
        })
    }

    fn choices(&self, choices: &[Choice]) -> Vec<ChoiceView> {
        choices.iter().map(|choice| ChoiceView { name: choice.name.clone(), label: self.say(&choice.label) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_is_shown_in_the_language_that_is_asked_for() {
        let survey: Survey = serde_json::from_value(json!({ "title": { "en": "Half-way", "cy": "Hanner ffordd" },
            "introduction": "i", "languages": ["en", "cy"], "questions": [
                { "name": "g", "type": "group", "relevant": "1 = 1", "questions": [
                    { "name": "met", "type": "single", "text": "?", "required": true, "choices": [
                        "no", { "name": "yes", "label": { "en": "Yes", "cy": "Do" } }] }] },
                { "name": "sum", "type": "calculate", "calculation": "1 + 1" }] }))
        .unwrap();
        let wave = Wave {
            id: WaveId(1),
            survey: "half-way".into(),
            bundle: None,
            audience: vec![ParticipantId(1)],
            opened: Timestamp::UNIX_EPOCH,
            closes: Timestamp::UNIX_EPOCH,
            reminder: None,
            open: true,
            closed: None,
            closed_under: None,
            responded: std::collections::BTreeSet::new(),
        };
        for (asked, language, title, yes) in [
            (None, "en", "Half-way", "Yes"),
            (Some("cy"), "cy", "Hanner ffordd", "Do"),
            (Some("de"), "en", "Half-way", "Yes"),
        ] {
            let detail = WaveDetail::of(&Run::default(), &wave, &survey, asked);
            assert_eq!((detail.language.as_str(), detail.title.as_str()), (language, title));
            assert_eq!((detail.languages.len(), detail.threshold, detail.questions.len()), (2, 11, 1));
            assert!(detail.questions[0].conditional && !detail.questions[0].required);
            let ChoicesView::Group { questions } = &detail.questions[0].answer else { panic!() };
            let ChoicesView::Single { choices } = &questions[0].answer else { panic!() };
            assert_eq!((choices[0].label.as_str(), choices[1].label.as_str()), ("no", yes));
        }
    }
}
