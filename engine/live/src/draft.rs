//! Answers that are not handed in yet: kept for the person who gives them, and gone when the wave closes.

use crate::{
    Engine, LiveError,
    act::within_bytes,
    answers,
    form::{self, Given, Judges},
    keys,
    loaded::Loaded,
    rows::{self, DraftRow},
    views::{DraftView, FormView},
};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeMap;
use turnabout_core::{
    decide::Refusal,
    ports::{Batch, RowChange, StoreTable},
    run::Wave,
};
use turnabout_model::{ParticipantId, RunId, Survey, SurveyMode, WaveId};

/// Answers so far, by the name of an item.
type Answers = BTreeMap<SmolStr, Json>;

/// Whose form of which wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormOf {
    /// The wave.
    pub wave: WaveId,
    /// Who answers.
    pub participant: ParticipantId,
}

/// How a draft is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DraftAsked<'a> {
    /// The key that the first saving gave; without it a draft begins anew.
    pub key: Option<&'a str>,
    /// The language of labels and messages; the survey's own if none.
    pub language: Option<&'a str>,
}

impl Engine {
    /// Says what a form asks and what is wrong with answers to it. Nothing is kept.
    pub fn look_at_form(
        &self,
        run: &RunId,
        wave: WaveId,
        answers: &Answers,
        language: Option<&str>,
    ) -> Result<FormView, LiveError> {
        within_bytes(answers, self.live.draft_bytes)?;
        self.with_run(run, |engine, loaded| {
            let asked = loaded.run.wave(wave).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{wave}")))?;
            let survey = form::survey_of(loaded, asked).ok_or_else(|| unknown(asked))?;
            known(answers, survey)?;
            let given = Given { by: None, answers, language };
            Ok(form::judge(loaded, asked, survey, given, engine.judges(loaded))?.view(answers))
        })
    }

    /// Keeps answers that are not handed in yet, whatever is wrong with them, and says how the form stands.
    ///
    /// The first saving gives a key; without it nobody reads the draft, nor goes on with it. Saving without a key begins
    /// anew, and so does a participant who answers by their own link. A draft is kept under the participant's id, so there is none
    /// in an anonymous survey.
    pub fn save_draft(
        &self,
        run: &RunId,
        of: FormOf,
        answers: &Answers,
        asked: DraftAsked<'_>,
    ) -> Result<DraftView, LiveError> {
        within_bytes(answers, self.live.draft_bytes)?;
        self.with_run(run, |engine, loaded| {
            let (wave, survey) = open_form(loaded, of)?;
            known(answers, survey)?;
            let at = keys::response(run, of.wave, of.participant);
            let key = match asked.key {
                Some(key) => {
                    engine.draft_row(run, &at, key)?;
                    key.to_owned()
                }
                None => hex::encode(crate::start::random::<16>()?),
            };
            let row = DraftRow { key: digest(&key), answers: answers.clone() };
            // Kept before it is judged: a logic that fails must not cost anybody what they wrote.
            let row = rows::put(StoreTable::Drafts, at, &row);
            engine.store.commit(Batch { rows: vec![row], ..Batch::default() })?;
            let given = Given { by: Some(of.participant), answers, language: asked.language };
            let form = form::judge(loaded, wave, survey, given, engine.judges(loaded))?.view(answers);
            Ok(DraftView { key, form })
        })
    }

    /// Gives a form back as it was left to whoever has its key.
    pub fn draft(&self, run: &RunId, of: FormOf, key: &str, language: Option<&str>) -> Result<FormView, LiveError> {
        self.with_run(run, |engine, loaded| {
            let (wave, survey) = open_form(loaded, of)?;
            let answers = engine.draft_row(run, &keys::response(run, of.wave, of.participant), key)?.answers;
            let given = Given { by: Some(of.participant), answers: &answers, language };
            Ok(form::judge(loaded, wave, survey, given, engine.judges(loaded))?.view(&answers))
        })
    }

    /// The draft at a place, for whoever has its key.
    pub(crate) fn draft_row(&self, run: &RunId, at: &[u8], key: &str) -> Result<DraftRow, LiveError> {
        let value = self.store.get(StoreTable::Drafts, at)?.ok_or(LiveError::NoDraft)?;
        let row: DraftRow = rows::read(&value, run.as_str(), "a draft")?;
        if row.key == digest(key) { Ok(row) } else { Err(LiveError::NoDraft) }
    }

    pub(crate) fn judges(&self, loaded: &Loaded) -> Judges<'_> {
        Judges { logics: &*self.logics, limits: &self.live, at: self.clock.now().max(loaded.last) }
    }

    /// The rows of drafts that go with a wave: what nobody handed in is not kept.
    pub(crate) fn drop_drafts(&self, run: &RunId, wave: WaveId, rows: &mut Vec<RowChange>) -> Result<(), LiveError> {
        self.every_row(StoreTable::Drafts, &keys::wave(run, wave), |row| {
            rows.push(rows::delete(StoreTable::Drafts, row.key.clone()));
            Ok(())
        })
    }
}

/// The wave and survey, if this person may still answer.
fn open_form(loaded: &Loaded, of: FormOf) -> Result<(&Wave, &Survey), LiveError> {
    let wave = loaded.run.wave(of.wave).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{}", of.wave)))?;
    let survey = form::survey_of(loaded, wave).ok_or_else(|| unknown(wave))?;
    if survey.mode == SurveyMode::Anonymous {
        return Err(LiveError::AnonymousDraft);
    }
    turnabout_core::decide::may_respond(&loaded.run, of.wave, of.participant).map_err(|refusal: Refusal| refusal)?;
    Ok((wave, survey))
}

/// Refuses answers to what is not asked: they would be kept for nothing.
fn known(answers: &Answers, survey: &Survey) -> Result<(), LiveError> {
    let problems = answers::unknown(answers, survey);
    if problems.is_empty() { Ok(()) } else { Err(LiveError::Answers(problems)) }
}

pub(crate) fn digest(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}

pub(crate) fn unknown(wave: &Wave) -> LiveError {
    LiveError::NotInRun(format_smolstr!("survey '{}'", wave.survey))
}
