//! What an evaluation is made from.

use crate::run::{Run, Wave};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{ParticipantId, Person, Programme, SessionNotes, Survey, WaveId};

/// One submitted response, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The wave.
    pub wave: WaveId,
    /// Who answered; nobody in an anonymous survey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<ParticipantId>,
    /// The answers by the name of a question or statement.
    pub answers: BTreeMap<SmolStr, serde_json::Value>,
}

/// What an evaluation is made from. All of it is read as it stands: nothing is fetched, and no clock is asked.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'e> {
    /// The run.
    pub run: &'e Run,
    /// The manifest of the bundle that the run pins: whether it measures, titles, which attributes are special.
    pub programme: &'e Programme,
    /// The surveys of that bundle.
    pub surveys: &'e BTreeMap<SmolStr, Survey>,
    /// Of waves that went out under another bundle, before the run was amended: the survey as it was asked.
    pub asked: &'e BTreeMap<WaveId, Survey>,
    /// The people; whoever was erased is not among them.
    pub people: &'e BTreeMap<ParticipantId, Person>,
    /// The responses, of all waves and in any order. One by somebody whose response the run has not received, a draft
    /// for instance, is not looked at; of several by one person the last counts.
    pub responses: &'e [Answered],
    /// The notes of sessions.
    pub notes: &'e [SessionNotes],
}

impl<'e> Evidence<'e> {
    /// The survey of a wave, as people were asked.
    pub fn survey_of(&self, wave: &Wave) -> Option<&'e Survey> {
        self.asked.get(&wave.id).or_else(|| self.surveys.get(&wave.survey))
    }
}
