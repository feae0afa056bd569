//! A rehearsal with what its evaluation would look like.

use super::{House, MemoryStage, RehearseError, Rehearsed, Said, lived, mend, words};
use crate::{
    bundle::Bundle,
    ports::{Asking, JudgeRequest, Judgement, Logics},
    results::{self, Answered, Evaluation, Evidence},
    run::Run,
};
use jiff::Timestamp;
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{RehearsalPlan, Response};

/// Rehearses a whole programme and evaluates it: what its report would look like, from invented answers that the surveys'
/// own logic takes, and invented notes of its focus groups, interviews and reviews.
pub fn rehearse_evaluated(
    bundle: &Bundle,
    plan: &RehearsalPlan,
    seed: u64,
    house: House<'_>,
    logics: &dyn Logics,
) -> Result<(Rehearsed, Evaluation), RehearseError> {
    let (rehearsed, mut responses) = rehearse_answered(bundle, plan, seed, house, logics)?;
    words::put(&plan.words, &bundle.surveys, &rehearsed.run, &mut responses);
    let notes = words::notes(&rehearsed.run, &plan.words);
    let people = rehearsed.people.iter().map(|person| (person.id, person.clone())).collect();
    let evaluation = results::evaluation(Evidence {
        run: &rehearsed.run,
        programme: &bundle.programme,
        surveys: &bundle.surveys,
        past: &[],
        people: &people,
        responses: &responses,
        notes: &notes,
    });
    Ok((rehearsed, Evaluation { invented: true, ..evaluation }))
}

/// Rehearses a whole programme, with the invented responses to its surveys: of each the answers that the survey's own logic
/// lets count, as a server would keep them.
pub fn rehearse_answered(
    bundle: &Bundle,
    plan: &RehearsalPlan,
    seed: u64,
    house: House<'_>,
    logics: &dyn Logics,
) -> Result<(Rehearsed, Vec<Answered>), RehearseError> {
    let (rehearsed, answered) = lived(MemoryStage::new(bundle, house).keeping_answers(), bundle, plan, seed)?;
    let responses = answered.into_iter().map(|(at, response)| counted(bundle, &rehearsed.run, logics, at, response));
    let responses = responses.collect::<Result<Vec<_>, _>>()?;
    Ok((rehearsed, responses))
}

/// The answers of a response that count, as the live engine would keep them.
fn counted(
    bundle: &Bundle,
    run: &Run,
    logics: &dyn Logics,
    at: Timestamp,
    mut response: Response,
) -> Result<Answered, RehearseError> {
    let name = run.wave(response.wave).map(|wave| wave.survey.clone()).unwrap_or_default();
    if let Some(survey) = bundle.surveys.get(&name).filter(|survey| survey.asks_logic()) {
        let asking = Asking::of(survey, at, &run.zone, None);
        let judge = |answers: &BTreeMap<SmolStr, Json>| -> Result<Judgement, RehearseError> {
            let failed = |why| RehearseError::Logic { survey: name.clone(), why };
            let plugin = bundle.pinned(&survey.logic).map_err(failed)?;
            logics
                .judge(JudgeRequest { plugin: &plugin, name: &name, survey, answers, asking: &asking })
                .map_err(failed)
        };
        mend(survey, run, &mut response, |answers| {
            let judgement = judge(answers)?;
            let wrong = judgement.wrong.into_iter().map(|wrong| wrong.name).collect();
            Ok::<_, RehearseError>(Said { visible: judgement.visible, wrong })
        })?;
        judge(&response.answers)?.settle(&mut response.answers);
    }
    let Response { wave, participant, answers } = response;
    Ok(Answered { wave, participant: Some(participant), answers })
}
