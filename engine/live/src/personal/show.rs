//! Showing somebody their form.

use super::{FormOver, OpenForm, OverWhy, PersonalForm};
use crate::{
    Engine, FormOf, LiveError,
    act::within_bytes,
    draft::unknown,
    form::{self, Given},
    keys,
    loaded::{Loaded, bundle_of},
};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeMap;
use turnabout_core::{decide::may_respond, run::Wave};
use turnabout_model::{ParticipantId, ParticipantStatus, RunId, Survey, SurveyMode};
use turnabout_render::form::FormSaid;

/// Answers by the name of an item.
pub(super) type Answers = BTreeMap<SmolStr, Json>;

/// How somebody's form is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PersonalAsked<'a> {
    /// The code of their link, which their draft lies under.
    pub code: &'a str,
    /// The language of the texts; the survey's own if it has none such.
    pub language: Option<&'a str>,
}

impl Engine {
    /// Shows somebody the form behind their link as they left it. Nothing is kept.
    pub fn personal_form(&self, run: &RunId, of: FormOf, asked: PersonalAsked<'_>) -> Result<PersonalForm, LiveError> {
        self.with_run(run, |engine, loaded| {
            let (wave, survey) = asked_of(loaded, of)?;
            let left = engine.left(run, of, survey, asked.code)?;
            engine.stands(loaded, (wave, survey), of.participant, &left, asked.language)
        })
    }

    /// How a form stands with some answers.
    pub(super) fn stands(
        &self,
        loaded: &Loaded,
        (wave, survey): (&Wave, &Survey),
        participant: ParticipantId,
        answers: &Answers,
        language: Option<&str>,
    ) -> Result<PersonalForm, LiveError> {
        let language = spoken(survey, language);
        let wording = bundle_of(wave.bundle.as_ref(), &loaded.bundle, &loaded.past).wording(&language);
        if let Some(why) = over(loaded, wave, participant) {
            let purpose = survey.purpose.as_ref().map(|purpose| survey.say(purpose, &language).to_owned());
            let title = survey.say(&survey.title, &language).to_owned();
            return Ok(PersonalForm::Over(FormOver { why, wording, title, purpose, look: loaded.contacts.look() }));
        }
        within_bytes(answers, self.live.draft_bytes)?;
        let given = Given { by: Some(participant), answers, language: Some(&language) };
        let form = form::judge(loaded, wave, survey, given, self.judges(loaded))?.view(answers);
        let ballot = survey.items().iter().any(|item| item.question.kind.asks_for_people());
        Ok(PersonalForm::Open(Box::new(OpenForm {
            survey: survey.clone(),
            wording,
            said: if answers.is_empty() { FormSaid::Nothing } else { FormSaid::Left },
            faults: Vec::new(),
            kept: mark(survey, answers),
            form,
            people: if ballot { others(loaded, participant) } else { Vec::new() },
            most_named: self.live.ballot_ranks,
            closes: wave.closes,
            zone: loaded.run.zone.clone(),
            look: loaded.contacts.look(),
        })))
    }

    /// What somebody left in their form the last time; nothing if it was not kept under their link.
    pub(super) fn left(&self, run: &RunId, of: FormOf, survey: &Survey, code: &str) -> Result<Answers, LiveError> {
        if survey.mode == SurveyMode::Anonymous {
            return Ok(Answers::new());
        }
        match self.draft_row(run, &keys::response(run, of.wave, of.participant), code) {
            Ok(row) => Ok(row.answers),
            Err(LiveError::NoDraft) => Ok(Answers::new()),
            Err(error) => Err(error),
        }
    }
}

/// A wave and what it asks.
pub(super) fn asked_of(loaded: &Loaded, of: FormOf) -> Result<(&Wave, &Survey), LiveError> {
    let wave = loaded.run.wave(of.wave).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{}", of.wave)))?;
    let survey = form::survey_of(loaded, wave).ok_or_else(|| unknown(wave))?;
    Ok((wave, survey))
}

/// A mark of what is kept of a form; empty if nothing is.
pub(super) fn mark(survey: &Survey, answers: &Answers) -> String {
    if answers.is_empty() || survey.mode == SurveyMode::Anonymous {
        return String::new();
    }
    let json = serde_json::to_vec(answers).expect("invariant: answers are plain data with text keys");
    hex::encode(&Sha256::digest(json)[..8])
}

/// The language in which a survey speaks to somebody who asks for one.
fn spoken(survey: &Survey, asked: Option<&str>) -> SmolStr {
    let known = asked.and_then(|asked| survey.languages.iter().find(|language| *language == asked));
    known.unwrap_or(&survey.default_language).clone()
}

fn over(loaded: &Loaded, wave: &Wave, participant: ParticipantId) -> Option<OverWhy> {
    if wave.responded.contains(&participant) {
        return Some(OverWhy::HandedIn);
    }
    if !wave.open {
        return Some(OverWhy::Closed);
    }
    may_respond(&loaded.run, wave.id, participant).is_err().then_some(OverWhy::NotAsked)
}

/// Those of the other side who take part, by name.
fn others(loaded: &Loaded, participant: ParticipantId) -> Vec<(ParticipantId, String)> {
    let Some(own) = loaded.run.participants.get(&participant) else { return Vec::new() };
    let takes_part = |id: &ParticipantId| {
        let stands = loaded.run.participants.get(id);
        stands.is_some_and(|other| other.role != own.role && other.status == ParticipantStatus::Accepted)
    };
    let people = loaded.people.all().filter(|person| takes_part(&person.id));
    let mut named: Vec<_> = people.map(|person| (person.id, person.name.clone())).collect();
    named.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    named
}
