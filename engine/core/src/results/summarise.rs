//! A topic over some people, as figures.

use super::{
    answers::Answer,
    numbers::{likert, number, share},
    study::{Study, SubjectKind, Topic, points_of, scored},
    summary::{ChoiceShare, Choices, Number, Ranked, Ranking, Summary},
};
use crate::rehearse::Draw;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_model::{Choice, Item, QuestionKind, Survey};
use xxhash_rust::xxh3::xxh3_64;

/// What a question comes to over some people; nothing if nobody answered.
pub(super) fn item(seed: u64, study: &Study<'_>, topic: &Topic<'_>, people: &BTreeSet<u32>) -> Option<Summary> {
    let SubjectKind::Item(Item { name, question, .. }) = topic.subject.kind else { return None };
    let answers: Vec<&Answer> = people.iter().filter_map(|who| topic.column.get(who)).collect();
    let n = answers.len();
    if n == 0 {
        return None;
    }
    Some(match &question.kind {
        QuestionKind::Likert { .. } => {
            let points: Vec<i32> = answers.iter().filter_map(|answer| point(answer)).collect();
            Summary::Likert(likert(study.survey, &question.kind, &points)?)
        }
        QuestionKind::Single { choices } => Summary::Choices(chosen(study.survey, choices, &answers, false)?),
        QuestionKind::Multiple { choices } => Summary::Choices(chosen(study.survey, choices, &answers, true)?),
        QuestionKind::Ranking { choices } => Summary::Ranking(ranking(study.survey, choices, &answers)),
        QuestionKind::Integer { .. } | QuestionKind::Decimal { .. } => {
            Summary::Number(number(&answers.iter().filter_map(|answer| answer.number()).collect::<Vec<_>>())?)
        }
        QuestionKind::Date => Summary::Dates { n },
        QuestionKind::Text => Summary::Comments { n, comments: mixed(seed, &words(&answers), study, name) },
        _ => return None,
    })
}

/// What a scale comes to over some people; nothing if nobody has a score.
pub(super) fn scale(study: &Study<'_>, topic: &Topic<'_>, people: &BTreeSet<u32>) -> Option<Number> {
    let SubjectKind::Scale(scale) = topic.subject.kind else { return None };
    let scores: Vec<f64> = people.iter().filter_map(|who| topic.column.get(who)?.number()).collect();
    let mut found = number(&scores)?;
    let rows: Vec<&Vec<Option<i32>>> = people.iter().filter_map(|who| topic.rows.get(who)).collect();
    // Alpha is about those who answered every item: were they fewer, it would be a result about other people.
    found.alpha = scored(scale, points_of(study.survey, scale)?)
        .and_then(|scored| scored.alpha(&rows).ok())
        .filter(|alpha| alpha.incomplete == 0 && alpha.of.n == found.n)
        .map(|alpha| alpha.of.alpha);
    Some(found)
}

/// The least and the greatest value of a topic, if it has any.
pub(super) fn range(study: &Study<'_>, topic: &Topic<'_>) -> Option<[f64; 2]> {
    match topic.subject.kind {
        SubjectKind::Item(item) => match item.question.kind {
            QuestionKind::Likert { points, .. } => Some([1.0, points.into()]),
            _ => None,
        },
        SubjectKind::Scale(scale) => {
            let points = points_of(study.survey, scale)?;
            let items = u32::try_from(scale.items.len()).ok()?;
            let times = if scale.score == turnabout_model::Score::Sum { f64::from(items) } else { 1.0 };
            Some([f64::from(points.min()) * times, f64::from(points.max()) * times])
        }
    }
}

pub(super) fn point(answer: &Answer) -> Option<i32> {
    if let Answer::Point(point) = answer { Some(*point) } else { None }
}

fn chosen(survey: &Survey, choices: &[Choice], answers: &[&Answer], several: bool) -> Option<Choices> {
    let n = answers.len();
    let counted = |place: usize| {
        answers
            .iter()
            .filter(|answer| match answer {
                Answer::Choice(chosen) => *chosen == place,
                Answer::Choices(chosen) => chosen.contains(&place),
                _ => false,
            })
            .count()
    };
    let choices = choices.iter().enumerate().map(|(place, choice)| {
        let share = share(counted(place), n)?;
        Some(ChoiceShare { name: choice.name.clone(), label: label(survey, choice), share })
    });
    Some(Choices { n, several, choices: choices.collect::<Option<_>>()? })
}

pub(super) fn label(survey: &Survey, choice: &Choice) -> String {
    survey.say(&choice.label, &survey.default_language).to_owned()
}

#[allow(clippy::cast_precision_loss)] // places and people are few
fn ranking(survey: &Survey, choices: &[Choice], answers: &[&Answer]) -> Ranking {
    let orders: Vec<&Vec<usize>> =
        answers.iter().filter_map(|a| if let Answer::Choices(order) = a { Some(order) } else { None }).collect();
    let n = orders.len();
    let ranked = choices.iter().enumerate().map(|(place, choice)| {
        let rank = |order: &&Vec<usize>| match order.iter().position(|chosen| *chosen == place) {
            Some(at) => at as f64 + 1.0,
            // The places left are from one after the last that was given to the last of all.
            None => (order.len() as f64 + 1.0 + choices.len() as f64) / 2.0,
        };
        Ranked {
            name: choice.name.clone(),
            label: label(survey, choice),
            first: orders.iter().filter(|order| order.first() == Some(&place)).count(),
            mean_rank: orders.iter().map(rank).sum::<f64>() / n as f64,
        }
    });
    Ranking { n, choices: ranked.collect() }
}

fn words<'a>(answers: &[&'a Answer]) -> Vec<&'a str> {
    answers.iter().filter_map(|a| if let Answer::Words(words) = a { Some(words.as_str()) } else { None }).collect()
}

fn mixed(seed: u64, words: &[&str], study: &Study<'_>, name: &SmolStr) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    mix(seed, &format!("{}/{name}", study.wave.id), &mut words);
    words
}

/// Puts texts into an order that tells nothing about who wrote them, and is the same on every call. They are sorted
/// first, so that somebody who knows the seed can't turn the order back, and each list is mixed by itself, so that
/// places in two lists don't belong together.
pub(super) fn mix<T: Ord>(seed: u64, list: &str, texts: &mut [T]) {
    texts.sort_unstable();
    Draw::new(seed, xxh3_64(list.as_bytes())).shuffle(texts);
}
