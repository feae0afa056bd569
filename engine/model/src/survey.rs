//! Surveys in a small native form. Answers are kept beside the journal, never in it.

mod ballot;
mod logic;
mod question;
mod reference;
mod scale;
mod text;

pub use ballot::Ballot;
pub use question::{Choice, Condition, Consent, Question, QuestionKind, Statement};
pub use reference::{Reference, references_in_expression, references_in_text};
pub use scale::{Scale, Score};
pub use text::Text;

use crate::{ParticipantId, Period, Threshold, WaveId};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// Who can be connected with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SurveyMode {
    /// Answers are kept by participant id, and released only as aggregates.
    #[default]
    Confidential,
    /// Answers are kept without any key to who gave them, and released only as aggregates.
    Anonymous,
    /// Answers belong to the programme, for example a ranking of mentors; the matching reads them.
    Named,
}

/// A survey of a template, from `surveys/NAME.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// The title that people see.
    pub title: Text,
    /// What it is for and who reads the answers.
    pub introduction: Text,
    /// What the answers are used for, in a sentence; it is shown at launch and beside the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Text>,
    /// Who can be connected with an answer.
    #[serde(default)]
    pub mode: SurveyMode,
    /// The message that invites to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<SmolStr>,
    /// The message that reminds whoever has not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<SmolStr>,
    /// How long before it closes the reminder goes out.
    #[serde(default = "three_days", skip_serializing_if = "is_three_days")]
    pub remind_before: Period,
    /// The language of texts without one, and the one to fall back on: a tag such as `en` or `cy`.
    #[serde(default = "english")]
    pub default_language: SmolStr,
    /// The languages that every text has; a plain string counts for all. Empty: the default language alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<SmolStr>,
    /// The plugin that runs it: a key of `[plugins]`.
    #[serde(default = "form_logic", skip_serializing_if = "is_form_logic")]
    pub logic: SmolStr,
    /// How many people have to be in a result before anybody sees it.
    #[serde(default)]
    pub threshold: Threshold,
    /// By what results may be broken down: `role` or attributes, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<SmolStr>,
    /// Under what licence the questions are used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Whose questions they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// Whether the owner of the questions has to permit their use.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub requires_permission: bool,
    /// Who permitted it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// The questions in order.
    pub questions: Vec<Question>,
    /// What several answers say together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scales: Vec<Scale>,
}

fn english() -> SmolStr {
    SmolStr::new_static("en")
}

fn three_days() -> Period {
    Period::days(3)
}

fn is_three_days(period: &Period) -> bool {
    *period == three_days()
}

fn form_logic() -> SmolStr {
    SmolStr::new_static("form-logic")
}

fn is_form_logic(logic: &SmolStr) -> bool {
    *logic == form_logic()
}

/// What has an answer of its own: a question, or a statement of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item<'s> {
    /// The name of the answer, unique in the survey.
    pub name: &'s SmolStr,
    /// The question.
    pub question: &'s Question,
    /// The statement, if the question has several.
    pub statement: Option<&'s Statement>,
    /// Whether it is asked under a condition only: its own, or that of a group around it.
    pub conditional: bool,
}

impl Item<'_> {
    /// What is asked: the statement's label, else the question's text.
    pub fn text(&self) -> &Text {
        self.statement.map_or(&self.question.text, |statement| &statement.label)
    }
}

impl Survey {
    /// A confidential survey in English with the default threshold, to which the rest can be added.
    pub fn new(title: impl Into<Text>, introduction: impl Into<Text>, questions: Vec<Question>) -> Self {
        Self {
            title: title.into(),
            introduction: introduction.into(),
            purpose: None,
            mode: SurveyMode::default(),
            invitation: None,
            reminder: None,
            remind_before: three_days(),
            default_language: english(),
            languages: Vec::new(),
            logic: form_logic(),
            threshold: Threshold::default(),
            by: Vec::new(),
            licence: None,
            attribution: None,
            requires_permission: false,
            permission: None,
            questions,
            scales: Vec::new(),
        }
    }

    /// A text of this survey in a language, else in the survey's own.
    pub fn say<'t>(&self, text: &'t Text, language: &str) -> &'t str {
        text.in_language(language, &self.default_language)
    }

    /// The title in the survey's own language.
    pub fn own_title(&self) -> &str {
        self.say(&self.title, &self.default_language)
    }

    /// Every question, groups and what is in them included, in order.
    pub fn all_questions(&self) -> Vec<&Question> {
        let mut found = Vec::new();
        gather(&self.questions, false, &mut |question, _| found.push(question));
        found
    }

    /// Everything that has an answer of its own, in order. What is computed is among it; notes and groups are not.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut found = Vec::new();
        gather(&self.questions, false, &mut |question, conditional| match &question.kind {
            QuestionKind::Note | QuestionKind::Group { .. } => {}
            QuestionKind::Likert { statements, .. } if !statements.is_empty() => {
                found.extend(statements.iter().map(|statement| Item {
                    name: &statement.name,
                    question,
                    statement: Some(statement),
                    conditional,
                }));
            }
            _ => found.push(Item { name: &question.name, question, statement: None, conditional }),
        });
        found
    }

    /// Tells whether a plugin has to run it: another logic than the standard one is named, or an answer decides on what
    /// is asked, required, allowed, computed or said.
    pub fn asks_logic(&self) -> bool {
        let fills = |text: &Text| text.iter().any(|(_, text)| text.contains("${"));
        !self.has_standard_logic()
            || self.all_questions().into_iter().any(|question| {
                question.relevant.is_some()
                    || question.constraint.is_some()
                    || question.calculation.is_some()
                    || matches!(question.required, Condition::If(_))
                    || fills(&question.text)
                    || question.kind.choices().iter().any(|choice| fills(&choice.label))
                    || matches!(&question.kind, QuestionKind::Likert { statements, .. }
                        if statements.iter().any(|statement| fills(&statement.label)))
            })
    }

    /// Tells whether the engine's own logic runs it, and none that somebody else wrote.
    pub fn has_standard_logic(&self) -> bool {
        is_form_logic(&self.logic)
    }

    /// The names of the questions that ask whether other answers may be passed on.
    pub fn consent_questions(&self) -> BTreeSet<&SmolStr> {
        self.all_questions().into_iter().filter_map(|question| question.consent.as_ref()).collect()
    }
}

/// Calls with each question, and with whether a condition decides if it is asked.
fn gather<'s>(questions: &'s [Question], within: bool, found: &mut impl FnMut(&'s Question, bool)) {
    for question in questions {
        let conditional = within || question.relevant.is_some();
        found(question, conditional);
        if let QuestionKind::Group { questions } = &question.kind {
            gather(questions, conditional, found);
        }
    }
}

/// One person's answers to one wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The wave.
    pub wave: WaveId,
    /// Who answered.
    pub participant: ParticipantId,
    /// The answers by the name of a question or statement.
    pub answers: BTreeMap<SmolStr, serde_json::Value>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn survey() -> Survey {
        serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "welcome", "type": "note", "text": "Hello" },
            { "name": "more", "type": "group", "relevant": "${again} = 'yes'", "questions": [
                { "name": "trust", "type": "likert", "text": "?", "statements": [
                    { "name": "heard", "label": "I am heard" }, { "name": "held", "label": "I hold back" }] },
                { "name": "wanted", "type": "ranking", "text": "?" }] },
            { "name": "again", "type": "single", "text": "?", "choices": ["yes", "no"], "required": true },
            { "name": "drinks", "type": "ranking", "text": "?", "choices": ["tea", "coffee"] },
            { "name": "not", "type": "avoid", "text": "?" } ] }))
        .unwrap()
    }

    #[test]
    fn statements_and_questions_in_groups_are_items() {
        let survey = survey();
        let items = survey.items();
        let found: Vec<(&str, bool)> = items.iter().map(|item| (item.name.as_str(), item.conditional)).collect();
        let expect =
            [("heard", true), ("held", true), ("wanted", true), ("again", false), ("drinks", false), ("not", false)];
        assert_eq!(found, expect);
        assert_eq!(items[1].text(), &Text::from("I hold back"));
        assert_eq!(survey.all_questions().len(), 7);
    }

    #[test]
    fn what_is_not_written_has_its_default() {
        let survey = survey();
        assert_eq!((survey.threshold.people(), survey.default_language.as_str()), (11, "en"));
        assert_eq!((survey.mode, survey.requires_permission), (SurveyMode::Confidential, false));
        let json = serde_json::to_value(&survey).unwrap();
        assert_eq!(serde_json::from_value::<Survey>(json).unwrap(), survey);
    }
}
