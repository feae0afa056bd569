//! A form as it stands: answers held against their questions, and against one another by the survey's logic.

use crate::{
    AnswerFault, AnswerProblem, LiveError, answers,
    limits::LiveLimits,
    loaded::{Loaded, bundle_of},
    views::FormView,
};
use jiff::Timestamp;
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::{
    ports::{Asking, JudgeRequest, Judgement, Logics},
    run::Wave,
};
use turnabout_model::{Condition, ParticipantId, QuestionKind, Survey};

/// What judges answers beside the survey itself.
#[derive(Clone, Copy)]
pub(crate) struct Judges<'a> {
    pub(crate) logics: &'a dyn Logics,
    pub(crate) limits: &'a LiveLimits,
    pub(crate) at: Timestamp,
}

/// Somebody's answers so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    /// Who answers, if it matters: whom they may name depends on their side.
    pub(crate) by: Option<ParticipantId>,
    pub(crate) answers: &'a BTreeMap<SmolStr, Json>,
    /// The language of messages and labels; the survey's own if none.
    pub(crate) language: Option<&'a str>,
}

/// A form with answers, judged.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The answers that count: typed, asked, with what was computed.
    pub(crate) kept: BTreeMap<SmolStr, Json>,
    /// Everything that is wrong, one for a question.
    pub(crate) problems: Vec<AnswerProblem>,
    judgement: Judgement,
}

impl Judged {
    /// It as people see it, with the answers as they were given.
    pub(crate) fn view(self, given: &BTreeMap<SmolStr, Json>) -> FormView {
        FormView {
            complete: self.problems.is_empty(),
            visible: self.judgement.visible,
            required: self.judgement.required,
            wrong: self.problems,
            computed: self.judgement.computed,
            labels: self.judgement.labels,
            answers: given.clone(),
        }
    }
}

/// Finds the survey of a wave as people were asked: an amendment changes no question under their hands.
pub(crate) fn survey_of<'l>(loaded: &'l Loaded, wave: &Wave) -> Option<&'l Survey> {
    loaded.snapshot().survey_of(wave)
}

/// Judges answers to a wave.
pub(crate) fn judge(
    loaded: &Loaded,
    wave: &Wave,
    survey: &Survey,
    given: Given<'_>,
    judges: Judges<'_>,
) -> Result<Judged, LiveError> {
    let read = answers::read(given.answers, given.by, survey, &loaded.run, judges.limits);
    let answers::Read { mut kept, mut problems } = read;
    if !survey.asks_logic() {
        return Ok(Judged { judgement: without_logic(survey, &kept), kept, problems });
    }
    let plugin = bundle_of(wave.bundle.as_ref(), &loaded.bundle, &loaded.past).pinned(&survey.logic)?;
    let asking = Asking::of(survey, judges.at, &loaded.run.zone, given.language);
    let request = JudgeRequest { plugin: &plugin, name: &wave.survey, survey, answers: &kept, asking: &asking };
    let judgement = judges.logics.judge(request)?;
    // What somebody typed before they changed their mind and the question went away hinders nobody.
    let known: BTreeSet<&SmolStr> = survey.items().into_iter().map(|item| item.name).collect();
    problems.retain(|problem| !known.contains(&problem.question) || judgement.visible.contains(&problem.question));
    for wrong in &judgement.wrong {
        if problems.iter().all(|problem| problem.question != wrong.name) {
            problems.push(AnswerProblem {
                question: wrong.name.clone(),
                what: wrong.message.trim_end_matches('.').to_owned(),
                help: help(survey, &wrong.name, &wrong.code),
                fault: if wrong.code == "required" { AnswerFault::Missing } else { AnswerFault::Condition },
            });
        }
    }
    judgement.settle(&mut kept);
    Ok(Judged { kept, problems, judgement })
}

fn help(survey: &Survey, name: &SmolStr, code: &str) -> String {
    let items = survey.items();
    let item = items.iter().find(|item| item.name == name);
    match item {
        Some(item) if code != "constraint" => answers::wanted(&item.question.kind),
        _ => "change this answer, or one that it depends on".into(),
    }
}

/// A survey without expressions: everything is asked.
fn without_logic(survey: &Survey, kept: &BTreeMap<SmolStr, Json>) -> Judgement {
    let items = survey.items();
    let required = items.iter().filter(|item| item.question.required == Condition::Always);
    let mut visible = Vec::new();
    for question in survey.all_questions() {
        visible.push(question.name.clone());
        if let QuestionKind::Likert { statements, .. } = &question.kind {
            visible.extend(statements.iter().map(|statement| statement.name.clone()));
        }
    }
    Judgement {
        visible,
        required: required.map(|item| item.name.clone()).collect(),
        answered: kept.keys().cloned().collect(),
        ..Judgement::default()
    }
}
