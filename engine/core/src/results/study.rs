//! One closed wave with its answers, sorted by what was asked.

use super::{
    Evidence,
    answers::{Answer, has_result, read},
    same::identity,
};
use crate::run::Wave;
use serde_json::Value as Json;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Item, ParticipantId, QuestionKind, Scale, Score, Survey, SurveyMode};
use turnabout_statistics as statistics;

/// From here on numbers of respondents are those of nobody who is known.
const ANONYMOUS: u32 = 1 << 31;

/// A question with a result, or a scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'e> {
    pub(super) kind: SubjectKind<'e>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum SubjectKind<'e> {
    Item(Item<'e>),
    Scale(&'e Scale),
}

/// Everything of a survey that has a result: questions in order, then scales.
pub(super) fn subjects(survey: &Survey) -> Vec<Subject<'_>> {
    if survey.mode == SurveyMode::Named {
        return Vec::new();
    }
    let consents = survey.consent_questions();
    let items = survey.items().into_iter().filter(|item| {
        let question = item.question;
        // Whether something may be passed on is no result, and a story is passed on by itself or not at all.
        let consent =
            consents.contains(item.name) || (question.consent.is_some() && question.kind == QuestionKind::Text);
        has_result(&question.kind) && question.calculation.is_none() && !consent
    });
    let items = items.map(|item| Subject { kind: SubjectKind::Item(item) });
    let scales = survey.scales.iter().filter(|scale| points_of(survey, scale).is_some());
    items.chain(scales.map(|scale| Subject { kind: SubjectKind::Scale(scale) })).collect()
}

impl<'e> Subject<'e> {
    pub(super) fn name(&self) -> &'e SmolStr {
        match self.kind {
            SubjectKind::Item(item) => item.name,
            SubjectKind::Scale(scale) => &scale.name,
        }
    }

    pub(super) fn is_scale(&self) -> bool {
        matches!(self.kind, SubjectKind::Scale(_))
    }

    /// Tells whether it is answered in free text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, SubjectKind::Item(Item { question, .. }) if question.kind == QuestionKind::Text)
    }
}

/// A subject with its answers in one wave.
#[derive(Debug)]
pub(super) struct Topic<'e> {
    pub(super) subject: Subject<'e>,
    /// What makes it the same in another survey; nothing if its change can't be told.
    pub(super) identity: Option<String>,
    /// What the gate calls it. A scale tells about its items too: less all but one of them it is that one.
    pub(super) variables: BTreeSet<SmolStr>,
    /// The answers by respondent.
    pub(super) column: BTreeMap<u32, Answer>,
    /// Of a scale: each respondent's answers to its items.
    pub(super) rows: BTreeMap<u32, Vec<Option<i32>>>,
}

/// A closed wave with its answers.
#[derive(Debug)]
pub(super) struct Study<'e> {
    pub(super) wave: &'e Wave,
    pub(super) survey: &'e Survey,
    pub(super) topics: Vec<Topic<'e>>,
    /// Every respondent's answers.
    pub(super) answers: BTreeMap<u32, &'e BTreeMap<SmolStr, Json>>,
}

impl<'e> Study<'e> {
    /// The closed waves with results in the order in which they closed.
    pub(super) fn all(evidence: &Evidence<'e>) -> Vec<Self> {
        let mut nobody = ANONYMOUS;
        let closed = evidence.run.waves.iter().filter(|wave| !wave.open);
        let mut studies: Vec<Self> = closed
            .filter_map(|wave| {
                let survey = evidence.survey_of(wave)?;
                (survey.mode != SurveyMode::Named).then(|| Self::of(evidence, wave, survey, &mut nobody))
            })
            .collect();
        studies.sort_by_key(|study| (study.wave.closed, study.wave.id));
        studies
    }

    fn of(evidence: &Evidence<'e>, wave: &'e Wave, survey: &'e Survey, nobody: &mut u32) -> Self {
        let mut answers = BTreeMap::new();
        for response in evidence.responses.iter().filter(|response| response.wave == wave.id) {
            let number = match (survey.mode, response.participant) {
                (SurveyMode::Anonymous, _) => {
                    *nobody += 1;
                    *nobody
                }
                (_, Some(who)) if wave.responded.contains(&who) => who.0,
                _ => continue,
            };
            answers.insert(number, &response.answers);
        }
        let topics = subjects(survey).into_iter().map(|subject| topic(wave, survey, subject, &answers)).collect();
        Self { wave, survey, topics, answers }
    }

    /// Tells whether respondents are known, so that they can be paired and told apart.
    pub(super) fn is_confidential(&self) -> bool {
        self.survey.mode == SurveyMode::Confidential
    }

    /// The participant behind the number of a respondent; nobody in an anonymous wave.
    pub(super) fn participant(&self, respondent: u32) -> Option<ParticipantId> {
        self.is_confidential().then_some(ParticipantId(respondent))
    }
}

/// What the gate calls a question in a wave.
pub(super) fn variable(wave: &Wave, item: &SmolStr) -> SmolStr {
    format_smolstr!("{}/{item}", wave.id)
}

fn topic<'e>(
    wave: &Wave,
    survey: &'e Survey,
    subject: Subject<'e>,
    answers: &BTreeMap<u32, &'e BTreeMap<SmolStr, Json>>,
) -> Topic<'e> {
    let identity = identity(survey, &subject);
    let empty = |variables| Topic { subject, identity, variables, column: BTreeMap::new(), rows: BTreeMap::new() };
    match subject.kind {
        SubjectKind::Item(item) => {
            let given = answers
                .iter()
                .filter_map(|(who, given)| Some((*who, read(&item.question.kind, given.get(item.name)?)?)));
            Topic { column: given.collect(), ..empty([variable(wave, item.name)].into()) }
        }
        SubjectKind::Scale(scale) => {
            let mut variables: BTreeSet<SmolStr> = scale.items.iter().map(|item| variable(wave, item)).collect();
            variables.insert(format_smolstr!("{}/scale {}", wave.id, scale.name));
            let mut topic = empty(variables);
            let Some(points) = points_of(survey, scale) else { return topic };
            let Some(scored) = scored(scale, points) else { return topic };
            let all = survey.items();
            let items: Vec<&Item<'_>> =
                scale.items.iter().filter_map(|name| all.iter().find(|item| item.name == name)).collect();
            for (who, given) in answers {
                let row: Vec<Option<i32>> = items.iter().map(|item| point(item, given.get(item.name)?)).collect();
                if let Ok(score) = scored.score(&row) {
                    topic.column.insert(*who, Answer::Number(score.value));
                    topic.rows.insert(*who, row);
                }
            }
            topic
        }
    }
}

/// A scale as the statistics score it.
pub(super) fn scored(scale: &Scale, points: statistics::Points) -> Option<statistics::Scale> {
    let directions = scale.items.iter().map(|item| {
        if scale.reverse.contains(item) { statistics::Direction::Reversed } else { statistics::Direction::Forward }
    });
    let scoring = if scale.score == Score::Sum { statistics::Scoring::Sum } else { statistics::Scoring::Mean };
    let missing = match scale.least {
        None => statistics::MissingRule::Complete,
        Some(least) => statistics::MissingRule::AtLeast(usize::try_from(least).ok()?),
    };
    statistics::Scale::new(points, directions.collect(), scoring, missing).ok()
}

/// The points of a scale's items. Only a scale whose items are all answered on the same whole points has a result.
pub(super) fn points_of(survey: &Survey, scale: &Scale) -> Option<statistics::Points> {
    let all = survey.items();
    let mut range = None;
    for name in &scale.items {
        let item = all.iter().find(|item| item.name == name)?;
        if item.question.calculation.is_some() {
            return None;
        }
        let own = match &item.question.kind {
            QuestionKind::Likert { points, .. } => (1, i32::from(*points)),
            QuestionKind::Single { choices } => {
                let points: Vec<i32> = choices.iter().map(|choice| choice.name.parse().ok()).collect::<Option<_>>()?;
                (*points.iter().min()?, *points.iter().max()?)
            }
            QuestionKind::Integer { least: Some(least), most: Some(most) } => {
                (i32::try_from(*least).ok()?, i32::try_from(*most).ok()?)
            }
            _ => return None,
        };
        if *range.get_or_insert(own) != own {
            return None;
        }
    }
    let (least, most) = range?;
    statistics::Points::new(least, most).ok()
}

/// An answer as a point of a scale.
fn point(item: &Item<'_>, answer: &Json) -> Option<i32> {
    match (read(&item.question.kind, answer)?, &item.question.kind) {
        (Answer::Point(point), _) => Some(point),
        (Answer::Choice(place), QuestionKind::Single { choices }) => choices.get(place)?.name.parse().ok(),
        (Answer::Number(_), QuestionKind::Integer { least, most }) => {
            let number = answer.as_i64()?;
            let within = least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
            within.then(|| i32::try_from(number).ok()).flatten()
        }
        _ => None,
    }
}
