//! What a programme came to: the evidence gathered for the core, which decides what of it may be shown.

use crate::{Engine, LiveError, form, keys, loaded::Loaded, rows};
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::{collections::BTreeMap, sync::Arc};
use turnabout_core::{
    ports::StoreTable,
    results::{Answered, Evaluation, Evidence, Told},
    run::Wave,
};
use turnabout_model::{Response, RunId, SurveyMode};

impl Engine {
    /// Works out what may be shown of a run. Answers to a wave that is still open are not even read. The run's lock is held
    /// while the evidence is gathered, and not while it is weighed.
    pub fn evaluation(&self, run: &RunId) -> Result<Evaluation, LiveError> {
        let gathered = self.with_run(run, |engine, loaded| {
            let mut responses = Vec::new();
            for wave in loaded.run.waves.iter().filter(|wave| !wave.open) {
                engine.responses(run, loaded, wave, &mut responses)?;
            }
            let notes = engine.all_notes(run)?;
            Ok((
                loaded.past.clone(),
                loaded.run.clone(),
                Arc::clone(&loaded.bundle),
                loaded.people.by_id().clone(),
                responses,
                notes,
            ))
        });
        let (past, run, bundle, people, responses, notes) = gathered?;
        let past: Vec<Told<'_>> = past
            .iter()
            .map(|old| Told { bundle: &old.hash, programme: &old.programme, surveys: &old.surveys })
            .collect();
        Ok(turnabout_core::results::evaluation(Evidence {
            run: &run,
            programme: &bundle.programme,
            surveys: &bundle.surveys,
            past: &past,
            people: &people,
            responses: &responses,
            notes: &notes,
        }))
    }

    fn responses(
        &self,
        run: &RunId,
        loaded: &Loaded,
        wave: &Wave,
        responses: &mut Vec<Answered>,
    ) -> Result<(), LiveError> {
        let Some(survey) = form::survey_of(loaded, wave) else { return Ok(()) };
        self.every_row(StoreTable::Responses, &keys::wave(run, wave.id), |row| {
            responses.push(if survey.mode == SurveyMode::Anonymous {
                let answers: BTreeMap<SmolStr, Json> = rows::read(&row.value, run.as_str(), "a response")?;
                Answered { wave: wave.id, participant: None, answers }
            } else {
                let Response { wave, participant, answers } = rows::read(&row.value, run.as_str(), "a response")?;
                Answered { wave, participant: Some(participant), answers }
            });
            Ok(())
        })
    }
}
