//! Holds what a logic answers about a survey that is made up against that survey, as a live form does and more strictly: its
//! author is here to mend it.

use super::{Inspection, Step, repeats::EXCEPTION};
use crate::logic::Logic;
use serde_json::{Value as Json, json};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::ports::{Judgement, LogicProblem, PluginFault};
use turnabout_model::Survey;

/// A survey with a question of each common type, one that depends on another, and one that is computed.
fn sample() -> Survey {
    let survey = json!({ "title": "Inspection", "introduction": "Made up.", "questions": [
        { "name": "met", "type": "single", "text": "Have you met?", "choices": ["yes", "no"], "required": true },
        { "name": "met_why", "type": "text", "text": "Why not?", "relevant": "${met} = 'no'" },
        { "name": "hours", "type": "integer", "text": "How many hours?" },
        { "name": "topics", "type": "multiple", "text": "About what?", "choices": ["work", "life"] },
        { "name": "trust", "type": "likert", "text": "How far do you agree?",
          "statements": [{ "name": "heard", "label": "I am heard" }, { "name": "safe", "label": "I am safe" }] },
        { "name": "rest", "type": "group", "text": "The rest", "questions": [
            { "name": "next", "type": "date", "text": "When do you meet next?" }] },
        { "name": "minutes", "type": "calculate", "calculation": "${hours} * 60" },
        { "name": "thanks", "type": "note", "text": "Thank you." }],
        "scales": [{ "name": "climate", "items": ["heard", "safe"] }] });
    serde_json::from_value(survey).expect("invariant: the sample is a survey")
}

/// Nobody's answers, a few, and a whole form's.
fn given() -> [BTreeMap<SmolStr, Json>; 3] {
    let answers = |json: Json| serde_json::from_value(json).expect("invariant: the answers are an object");
    [
        answers(json!({})),
        answers(json!({ "met": "no", "hours": 0 })),
        answers(json!({ "met": "yes", "hours": 2, "topics": ["work"], "heard": 4, "safe": 5, "next": "2026-02-02" })),
    ]
}

/// Asks a logic about the sample, and complains of what nobody could use.
pub(super) fn check(logic: &Logic, found: &mut Inspection) {
    let survey = sample();
    let text = survey.logic_json("inspection").to_string();
    match logic.check(&text) {
        Ok(problems) => checked(&survey, &problems, found),
        Err(fault) => failed(&fault, found),
    }
    for answers in given() {
        let asked = json!({
            "answers": *survey.logic_answers(&answers),
            "context": { "today": "2026-01-05", "now": "2026-01-05T09:00:00Z", "language": "en" },
        });
        // Every further set of answers would be told as much again.
        if found.complaints.iter().any(|complaint| complaint.step == Step::Answers) {
            return;
        }
        match logic.evaluate_json(&text, &asked.to_string()) {
            Ok(said) => judged(logic, &survey, &answers, &said, found),
            Err(fault) => failed(&fault, found),
        }
    }
}

/// A failure that it tells is an answer: it need not know this survey's questions.
fn failed(fault: &PluginFault, found: &mut Inspection) {
    if !matches!(fault, PluginFault::Declared(_)) {
        found.complain(Step::Answers, fault, way_out(fault));
    }
}

/// What to do about a logic that does not come to its answer.
pub(super) fn way_out(fault: &PluginFault) -> &'static str {
    match fault {
        PluginFault::Exception(_) => EXCEPTION,
        _ => "return a failure for a survey that you can't read; never crash",
    }
}

fn checked(survey: &Survey, problems: &[LogicProblem], found: &mut Inspection) {
    let names = Names::of(survey);
    for problem in problems {
        if !problem.question.is_empty() && !names.anything.contains(&problem.question) {
            let what = format!("its check speaks of '{}', which the survey does not ask", problem.question);
            found.wrong(Step::Answers, what, "name the question that a problem is about, or none");
        }
        if problem.message.trim().is_empty() {
            let help = "write one sentence for the survey's author";
            found.wrong(
                Step::Answers,
                format!("its check gives the problem '{}' without a message", problem.code),
                help,
            );
        }
    }
}

fn judged(logic: &Logic, survey: &Survey, answers: &BTreeMap<SmolStr, Json>, said: &str, found: &mut Inspection) {
    let json: Json = serde_json::from_str(said).unwrap_or_default();
    if json.get("flags").is_some() {
        // Another kind of logic: it looks at check-ins, and finds none here.
        if let Err(fault) = logic.raised(said) {
            found.complain(Step::Answers, &fault, "a flag has a code, a pair, a level and numbers");
        }
        return;
    }
    let judgement = match logic.believed(survey, said) {
        Ok(judgement) => judgement,
        Err(fault) => {
            let help = "return visible, required, wrong, computed, labels and answers, and name only what the survey has: \
                        plugins/wit/plugin.wit shows the shape";
            return found.complain(Step::Answers, &fault, help);
        }
    };
    for (what, help) in nonsense(survey, answers, &judgement, &json) {
        found.wrong(Step::Answers, what, help);
    }
}

/// What a survey has, by name.
struct Names<'a> {
    /// What may be spoken of at all.
    anything: BTreeSet<&'a SmolStr>,
    /// What somebody answers.
    answered: BTreeSet<&'a SmolStr>,
}

impl<'a> Names<'a> {
    fn of(survey: &'a Survey) -> Self {
        let items = survey.items();
        let asked = items.iter().filter(|item| item.question.calculation.is_none()).map(|item| item.name);
        let all = items.iter().map(|item| item.name);
        let questions = survey.all_questions().into_iter().map(|question| &question.name);
        Self { anything: all.chain(questions).collect(), answered: asked.collect() }
    }
}

/// What a live form would take and nobody could fill in or read, each with what to do.
fn nonsense(
    survey: &Survey,
    answers: &BTreeMap<SmolStr, Json>,
    judgement: &Judgement,
    said: &Json,
) -> Vec<(String, &'static str)> {
    let names = Names::of(survey);
    let mut found = Vec::new();
    for (member, list) in [("visible", &judgement.visible), ("required", &judgement.required)] {
        if let Some(name) = twice(list) {
            found.push((format!("'{name}' is twice in '{member}'"), "name everything once"));
        }
    }
    if let Some(name) = judgement.required.iter().find(|name| !names.answered.contains(name)) {
        found.push((format!("it requires '{name}', which nobody can answer"), "require questions that are answered"));
    }
    if let Some(wrong) = judgement.wrong.iter().find(|wrong| wrong.code.is_empty() || wrong.message.trim().is_empty()) {
        let help = "give a code, and one sentence for the person who answers";
        found.push((format!("it finds '{}' wrong, and does not say why", wrong.name), help));
    }
    let wrong: BTreeSet<&SmolStr> = judgement.wrong.iter().map(|wrong| &wrong.name).collect();
    let required: BTreeSet<&SmolStr> = judgement.required.iter().collect();
    if names.answered.iter().all(|name| wrong.contains(*name) && !required.contains(*name)) {
        let help = "find wrong what is required and missing, or against the survey's own words; one with plain answers can be sent";
        found.push(("it finds every question wrong, so that nobody could ever send the form".into(), help));
    } else if answers.len() > 2 && answers.keys().all(|name| wrong.contains(name)) {
        let help = "plain answers to plain questions are right, unless the survey says otherwise";
        found.push(("it finds every answer of a whole form wrong".into(), help));
    }
    for label in judgement.labels.keys() {
        if let Some((question, choice)) = label.split_once('/') {
            let known = survey.all_questions().into_iter().find(|known| known.name == question);
            if !known.is_some_and(|known| known.kind.choices().iter().any(|known| known.name == choice)) {
                let what = format!("it labels '{label}', and the survey has no such choice");
                found.push((what, "write a choice's label under question/choice"));
            }
        }
    }
    let hidden = |name: &&SmolStr| names.answered.contains(*name) && !judgement.visible.contains(name);
    if let Some(name) = judgement.answered.iter().find(hidden) {
        let what = format!("it keeps an answer to '{name}', which it does not show");
        found.push((what, "leave the answers to what is hidden out of 'answers'"));
    }
    scores(survey, &said["scores"], &mut found);
    found
}

/// Scores are no part of what a form shows, and a contract all the same.
fn scores(survey: &Survey, said: &Json, found: &mut Vec<(String, &'static str)>) {
    for (name, score) in said.as_object().into_iter().flatten() {
        if !survey.scales.iter().any(|scale| scale.name == name.as_str()) {
            found.push((format!("it scores '{name}', and the survey has no such scale"), "score the survey's scales"));
        } else if !score.is_number() && !score.is_null() {
            found.push((format!("its score of '{name}' is no number"), "a score is a number or null"));
        }
    }
}

fn twice(names: &[SmolStr]) -> Option<&SmolStr> {
    let mut seen = BTreeSet::new();
    names.iter().find(|name| !seen.insert(*name))
}
