//! What an evaluation is made from.

use crate::run::{Run, Wave};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{BundleHash, ParticipantId, Person, Programme, SessionNotes, Survey, WaveId};

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

/// A bundle that the run pinned before it was amended, as far as results go.
#[derive(Debug, Clone, Copy)]
pub struct Told<'e> {
    /// The bundle.
    pub bundle: &'e BundleHash,
    /// Its manifest.
    pub programme: &'e Programme,
    /// Its surveys.
    pub surveys: &'e BTreeMap<SmolStr, Survey>,
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
    /// The bundles that the run pinned before it was amended: what people were asked and told then.
    pub past: &'e [Told<'e>],
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
        self.under(wave.bundle.as_ref()).1.get(&wave.survey)
    }

    /// The manifest and the surveys of a bundle; of the present one if it is none of the past.
    pub(super) fn under(&self, bundle: Option<&BundleHash>) -> (&'e Programme, &'e BTreeMap<SmolStr, Survey>) {
        let past = bundle.and_then(|hash| self.past.iter().find(|told| told.bundle == hash));
        past.map_or((self.programme, self.surveys), |told| (told.programme, told.surveys))
    }

    /// The manifests and surveys of every bundle that the run pinned.
    pub(super) fn ever(&self) -> impl Iterator<Item = (&'e Programme, &'e BTreeMap<SmolStr, Survey>)> {
        let past = self.past.iter().map(|told| (told.programme, told.surveys));
        past.chain([(self.programme, self.surveys)])
    }
}
