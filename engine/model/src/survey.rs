//! Surveys in a small native form. Answers are kept beside the journal, never in it.

use crate::{ParticipantId, WaveId};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// Who can be connected with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SurveyMode {
    /// Answers are kept by participant id, and released only as aggregates.
    #[default]
    Confidential,
    /// Answers belong to the programme, for example a ranking of mentors; the matching reads them.
    Named,
}

/// A survey of a template, from `surveys/NAME.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// The title that people see.
    pub title: String,
    /// What it is for and who reads the answers.
    pub introduction: String,
    /// Who can be connected with an answer.
    #[serde(default)]
    pub mode: SurveyMode,
    /// The message that invites to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<SmolStr>,
    /// The questions in order.
    pub questions: Vec<Question>,
}

/// A question.
// No `deny_unknown_fields`: with a flattened `kind` serde then refuses `type` itself. The template reader reports unknown
// keys before it gets here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in answers, unique in the survey.
    pub name: SmolStr,
    /// What is asked.
    pub text: String,
    /// What may be answered.
    #[serde(flatten)]
    pub kind: QuestionKind,
    /// Whether an answer is required.
    #[serde(default)]
    pub required: bool,
}

/// What may be answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum QuestionKind {
    /// One of several choices.
    Single {
        /// The choices.
        choices: Vec<String>,
    },
    /// Any of several choices.
    Multiple {
        /// The choices.
        choices: Vec<String>,
    },
    /// A whole number from 1 to `points`, 1 the least agreement.
    Likert {
        /// How many points, typically 5.
        points: u8,
    },
    /// Free text.
    Text,
    /// People of the other side in order of preference, first the most wanted: a ballot.
    Ranking,
    /// People of the other side with whom somebody would rather not be paired. The matching alone reads it.
    Avoid,
}

/// What somebody said after they met the others: whom they would like, and whom they would not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ballot {
    /// The most wanted first.
    pub ranked: Vec<ParticipantId>,
    /// Not these.
    pub avoided: Vec<ParticipantId>,
}

impl Survey {
    /// Tells whether it asks for a ballot.
    pub fn has_ballot(&self) -> bool {
        self.questions.iter().any(|q| matches!(q.kind, QuestionKind::Ranking | QuestionKind::Avoid))
    }

    /// The ballot in somebody's answers; nothing if the survey asks for none.
    pub fn ballot(&self, answers: &BTreeMap<SmolStr, serde_json::Value>) -> Option<Ballot> {
        if !self.has_ballot() {
            return None;
        }
        let people = |kind: &QuestionKind| {
            let questions = self.questions.iter().filter(|question| question.kind == *kind);
            let named = questions.filter_map(|question| answers.get(&question.name)?.as_array()).flatten();
            named.filter_map(|id| id.as_str()?.parse().ok()).collect()
        };
        Some(Ballot { ranked: people(&QuestionKind::Ranking), avoided: people(&QuestionKind::Avoid) })
    }
}

/// One person's answers to one wave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The wave.
    pub wave: WaveId,
    /// Who answered.
    pub participant: ParticipantId,
    /// The answers by question name.
    pub answers: BTreeMap<SmolStr, serde_json::Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_reads_back() {
        let question = Question {
            name: "trust".into(),
            text: "I trust the other".into(),
            kind: QuestionKind::Likert { points: 5 },
            required: true,
        };
        let json = serde_json::to_string(&question).unwrap();
        assert_eq!(serde_json::from_str::<Question>(&json).unwrap(), question);
    }
}
