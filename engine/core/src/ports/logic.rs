//! The logic of surveys: plugins that say what is asked, what has to be answered, and what is wrong or computed.

use super::{Components, PluginError, PluginRef};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{Role, Survey, SurveyMode};

/// What a logic may know of the world. Expressions have no clock: today is an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The day where the answers are given: `2026-01-31`.
    pub today: String,
    /// The moment, with the offset of the place: `2026-01-31T09:30:00+01:00`.
    pub now: String,
    /// The language of labels and messages: a tag such as `en`.
    pub language: SmolStr,
}

impl Asking {
    /// What a logic may know when a survey is answered at a moment in a zone; the language is the survey's own if none.
    ///
    /// Of the time an anonymous survey gets the day alone: a computed moment beside an answer would lead to the entry of the
    /// journal that says who answered then.
    pub fn of(survey: &Survey, at: Timestamp, zone: &TimeZone, language: Option<&str>) -> Self {
        let now = at.to_zoned(zone.clone());
        let now = match survey.mode {
            SurveyMode::Anonymous => now.start_of_day().unwrap_or(now),
            SurveyMode::Confidential | SurveyMode::Named => now,
        };
        Self {
            today: now.date().to_string(),
            now: now.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
            language: language.map_or_else(|| survey.default_language.clone(), SmolStr::from),
        }
    }
}

/// A survey with answers to be judged.
#[derive(Debug, Clone, Copy)]
pub struct JudgeRequest<'a> {
    /// The logic.
    pub plugin: &'a PluginRef,
    /// The survey's name, for its author's eyes.
    pub name: &'a str,
    /// The survey.
    pub survey: &'a Survey,
    /// The answers so far, by the name of an item, as they are kept: a logic itself is given [`Survey::logic_answers`].
    pub answers: &'a BTreeMap<SmolStr, Json>,
    /// What it may know of the world.
    pub asking: &'a Asking,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongAnswer {
    /// The item.
    pub name: SmolStr,
    /// A code of the logic, for example `required` or `constraint`.
    pub code: SmolStr,
    /// A sentence for the person who answers, in their language.
    pub message: String,
}

/// What a logic says of a survey and the answers so far. Every name in it is one of the survey.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Judgement {
    /// What is asked: questions, groups and statements, in the survey's order.
    pub visible: Vec<SmolStr>,
    /// What must be answered, answered or not.
    pub required: Vec<SmolStr>,
    /// What is wrong.
    pub wrong: Vec<WrongAnswer>,
    /// What was computed: numbers, texts, truths or nothing.
    pub computed: BTreeMap<SmolStr, Json>,
    /// The texts with answers filled in; a choice's under `question/choice`.
    pub labels: BTreeMap<SmolStr, String>,
    /// The names of the answers that count: those to what is not asked do not.
    pub answered: Vec<SmolStr>,
}

impl Judgement {
    /// Keeps the answers that count, and adds what was computed. What people answered, they said: only what is computed is
    /// the logic's.
    pub fn settle(&self, answers: &mut BTreeMap<SmolStr, Json>) {
        answers.retain(|name, _| self.answered.contains(name));
        let computed = self.computed.iter().filter(|(_, value)| !value.is_null());
        answers.extend(computed.map(|(name, value)| (name.clone(), value.clone())));
    }
}

/// What is wrong with a survey, whatever anybody answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LogicProblem {
    /// The question, or empty for the survey as a whole.
    pub question: SmolStr,
    /// Where in it, for example `relevant`.
    #[serde(default)]
    pub column: SmolStr,
    /// A code of the logic.
    pub code: SmolStr,
    /// One sentence for the author.
    pub message: String,
    /// The bytes of the column's text that it is about: the first, and the one after the last.
    #[serde(default)]
    pub at: Option<(usize, usize)>,
}

/// What somebody answered when they were asked how it goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckIn {
    /// The day on which the pair was asked.
    pub date: jiff::civil::Date,
    /// Whose answers.
    pub by: Role,
    /// The answers by the name of a question.
    pub answers: BTreeMap<SmolStr, Json>,
}

/// The check-ins of one pair, to be looked at for risks.
#[derive(Debug, Clone, Copy)]
pub struct FlagRequest<'a> {
    /// The logic.
    pub plugin: &'a PluginRef,
    /// Its settings: which answers are signals.
    pub settings: &'a serde_json::Map<String, Json>,
    /// What the two answered, in order of time. Their days, and that on which the pair was formed, are told as much later as the
    /// run was paused since.
    pub check_ins: &'a [CheckIn],
    /// Today, where the programme runs.
    pub today: jiff::civil::Date,
    /// When the pair was formed.
    pub started: jiff::civil::Date,
}

/// A sign that a pair may need help. It holds a code of the settings and nothing of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// A code of the settings, or `silent`.
    pub code: SmolStr,
    /// Since when.
    pub since: jiff::civil::Date,
}

/// Runs the logic of surveys. A pure function of its arguments, whatever is behind it.
///
/// ```
/// use std::collections::BTreeMap;
/// use turnabout_core::ports::{
///     Asking, Components, Flag, FlagRequest, JudgeRequest, Judgement, LogicProblem, Logics, PluginError, PluginKind, PluginRef,
/// };
/// use turnabout_model::{Question, QuestionKind, Survey};
///
/// /// A logic that is no component: all is asked, whatever was answered. How it takes in components is beside this.
/// struct AskAll;
/// # impl Components for AskAll {
/// #     fn keep(&self, _: &PluginRef, _: &[u8]) -> Result<(), PluginError> {
/// #         Ok(())
/// #     }
/// #     fn examine(&self, _: &PluginRef) -> Result<PluginKind, PluginError> {
/// #         Ok(PluginKind::Logic)
/// #     }
/// # }
///
/// impl Logics for AskAll {
///     fn check(&self, _: &PluginRef, _: &str, _: &Survey) -> Result<Vec<LogicProblem>, PluginError> {
///         Ok(Vec::new())
///     }
///
///     fn check_flags(
///         &self,
///         _: &PluginRef,
///         _: &serde_json::Map<String, serde_json::Value>,
///     ) -> Result<Vec<LogicProblem>, PluginError> {
///         Ok(Vec::new())
///     }
///
///     fn flags(&self, _: FlagRequest<'_>) -> Result<Vec<Flag>, PluginError> {
///         Ok(Vec::new())
///     }
///
///     fn judge(&self, request: JudgeRequest<'_>) -> Result<Judgement, PluginError> {
///         let visible: Vec<_> = request.survey.questions.iter().map(|question| question.name.clone()).collect();
///         let answered = visible.iter().filter(|name| request.answers.contains_key(*name)).cloned().collect();
///         Ok(Judgement { visible, answered, ..Judgement::default() })
///     }
/// }
///
/// let survey = Survey::new("Pulse", "How is it going?", vec![Question::new("going", "It goes well", QuestionKind::likert(5))]);
/// let asking = Asking::of(&survey, "2026-03-02T09:00:00Z".parse()?, &jiff::tz::TimeZone::UTC, None);
/// let plugin = PluginRef { id: "ask-all".into(), sha256: "00".into() };
/// let mut answers = BTreeMap::from([("going".into(), 4.into()), ("never-asked".into(), 1.into())]);
/// let judged = AskAll.judge(JudgeRequest { plugin: &plugin, name: "pulse", survey: &survey, answers: &answers, asking: &asking })?;
/// judged.settle(&mut answers);
/// assert_eq!(answers.keys().collect::<Vec<_>>(), ["going"]);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub trait Logics: Components {
    /// Says everything that is wrong with a survey; nothing if it can be used.
    fn check(&self, plugin: &PluginRef, name: &str, survey: &Survey) -> Result<Vec<LogicProblem>, PluginError>;

    /// Says everything that is wrong with the settings of a logic that raises flags.
    fn check_flags(
        &self,
        plugin: &PluginRef,
        settings: &serde_json::Map<String, Json>,
    ) -> Result<Vec<LogicProblem>, PluginError>;

    /// Raises the flags of one pair, the oldest first.
    fn flags(&self, request: FlagRequest<'_>) -> Result<Vec<Flag>, PluginError>;

    /// Judges answers.
    fn judge(&self, request: JudgeRequest<'_>) -> Result<Judgement, PluginError>;
}
