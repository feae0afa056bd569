//! What people let be passed on: stories, and their names beside what they asked for.

use super::{
    Evidence, NamedChoice, NamedList, Story,
    answers::{Answer, read},
    study::{Study, variable},
    summarise::{label, mix},
};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Consent, Question, QuestionKind};

/// What people let be passed on.
#[derive(Debug, Default)]
pub(super) struct Released {
    pub(super) stories: Vec<Story>,
    pub(super) lists: Vec<NamedList>,
    /// Whose answer to a question is told under their name, by what the gate calls the question.
    pub(super) named: BTreeMap<SmolStr, BTreeSet<u32>>,
}

/// Gathers what was released in closed waves. Words are looked for in any programme; lists of people only in one that
/// `measures`.
pub(super) fn released(evidence: &Evidence<'_>, studies: &[Study<'_>], measures: bool) -> Released {
    let mut found = Released::default();
    let mut sent: Vec<&Study<'_>> = studies.iter().collect();
    sent.sort_by_key(|study| study.wave.id);
    for study in sent {
        for question in study.survey.all_questions().into_iter().filter(|question| question.consent.is_some()) {
            match &question.kind {
                QuestionKind::Text => stories(evidence, study, question, &mut found),
                QuestionKind::Single { .. } | QuestionKind::Multiple { .. } if measures => {
                    list(evidence, study, question, &mut found);
                }
                _ => {}
            }
        }
    }
    // Which story came from which wave or question is no matter, and would tell the order in which they were told.
    mix(evidence.run.seed, "stories", &mut found.stories);
    found
}

/// Whether somebody's answer to a question may be passed on. What can't be read is a no.
fn consent(study: &Study<'_>, question: &Question, respondent: u32) -> Consent {
    let said = || {
        let name = question.consent.as_ref()?;
        let asks = study.survey.all_questions().into_iter().find(|other| other.name == *name)?;
        let QuestionKind::Single { .. } = asks.kind else { return None };
        if asks.calculation.is_some() {
            return None;
        }
        study.answers.get(&respondent)?.get(name)?.as_str().map(Consent::of)
    };
    said().unwrap_or(Consent::No)
}

fn stories(evidence: &Evidence<'_>, study: &Study<'_>, asked: &Question, found: &mut Released) {
    for (respondent, answers) in &study.answers {
        let Some(Answer::Words(text)) = answers.get(&asked.name).and_then(|answer| read(&asked.kind, answer)) else {
            continue;
        };
        let name = match (consent(study, asked, *respondent), study.participant(*respondent)) {
            (Consent::No, _) => continue,
            (_, None) => None,
            (agreed, Some(participant)) => {
                // Whoever was erased has no say any more, and nothing of theirs is told.
                let Some(person) = evidence.people.get(&participant) else { continue };
                (agreed == Consent::Named).then(|| person.name.clone())
            }
        };
        if name.is_none() && !evidence.run.is_over() {
            // While waves come and go, a new story and the list of those who have answered would lead to its author.
            continue;
        }
        if name.is_some() {
            found.named.entry(variable(study.wave, &asked.name)).or_default().insert(*respondent);
        }
        found.stories.push(Story { text, name });
    }
}

fn list(evidence: &Evidence<'_>, study: &Study<'_>, asked: &Question, found: &mut Released) {
    let choices = asked.kind.choices();
    let mut people: Vec<Vec<String>> = vec![Vec::new(); choices.len()];
    for (respondent, answers) in &study.answers {
        let person = study.participant(*respondent).and_then(|participant| evidence.people.get(&participant));
        let Some(person) = person.filter(|_| consent(study, asked, *respondent) == Consent::Named) else { continue };
        let chosen = match answers.get(&asked.name).and_then(|answer| read(&asked.kind, answer)) {
            Some(Answer::Choice(place)) => vec![place],
            Some(Answer::Choices(places)) => places,
            _ => continue,
        };
        for place in chosen {
            people[place].push(person.name.clone());
        }
        found.named.entry(variable(study.wave, &asked.name)).or_default().insert(*respondent);
    }
    let named = choices.iter().zip(people).filter(|(_, people)| !people.is_empty()).map(|(choice, mut people)| {
        people.sort_unstable();
        NamedChoice { label: label(study.survey, choice), people }
    });
    let choices: Vec<NamedChoice> = named.collect();
    if !choices.is_empty() {
        let text = study.survey.say(&asked.text, &study.survey.default_language).to_owned();
        found.lists.push(NamedList { wave: study.wave.id, name: asked.name.clone(), text, choices });
    }
}
