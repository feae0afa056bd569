//! Invented answers to a survey: drawn from a seed, and never words.

use super::draw::Draw;
use crate::run::Run;
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{ParticipantId, QuestionKind, Response, Role, Survey};

/// The most people that an invented ballot names.
const BALLOT: usize = 5;
/// How far an invented number lies above the least where nothing bounds it: most such questions count something that
/// happened a few times.
const REACH: i32 = 4;

/// What a survey's logic says of invented answers.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// What is asked.
    pub visible: Vec<SmolStr>,
    /// What is wrong.
    pub wrong: Vec<SmolStr>,
}

/// How often invented answers are changed before a survey's logic has to take them as they are.
const ROUNDS: u64 = 32;

/// Changes invented answers until a survey's logic takes them: what it asks besides is answered, what is wrong is taken
/// back, what is missing is invented. `judge` is the logic.
pub fn mend<E>(
    survey: &Survey,
    run: &Run,
    response: &mut Response,
    mut judge: impl FnMut(&BTreeMap<SmolStr, Json>) -> Result<Said, E>,
) -> Result<(), E> {
    for round in 0..ROUNDS {
        // Another round has other luck.
        let purpose = u64::from(response.wave.0) << 40 ^ u64::from(response.participant.0) << 20 ^ round;
        let said = judge(&response.answers)?;
        if !improve(survey, run, response, &said, &mut Draw::new(run.seed, purpose)) {
            break;
        }
    }
    Ok(())
}

/// One round of it. False if there was nothing to do.
fn improve(survey: &Survey, run: &Run, response: &mut Response, said: &Said, draw: &mut Draw) -> bool {
    let mut changed = false;
    for item in survey.items() {
        let wrong = said.wrong.contains(item.name);
        let missing = !response.answers.contains_key(item.name);
        let asked = item.conditional && item.question.calculation.is_none() && said.visible.contains(item.name);
        if wrong && !missing {
            response.answers.remove(item.name);
            changed = true;
            continue;
        }
        if !missing || !(wrong || asked) {
            continue;
        }
        let answer = match &item.question.kind {
            QuestionKind::Text if wrong => Some(Json::from("An invented answer.")),
            kind => one(kind, run, response.participant, draw),
        };
        changed |= answer.is_some();
        response.answers.extend(answer.map(|answer| (item.name.clone(), answer)));
    }
    changed
}

/// Invents answers. Free text stays empty, and so does what is asked under a condition only: whoever wants that too lets
/// the survey's logic [`mend`] them.
pub(super) fn invent(
    survey: &Survey,
    run: &Run,
    participant: ParticipantId,
    draw: &mut Draw,
) -> BTreeMap<SmolStr, Json> {
    let asked = survey.items().into_iter().filter(|item| !item.conditional && item.question.calculation.is_none());
    asked.filter_map(|item| Some((item.name.clone(), one(&item.question.kind, run, participant, draw)?))).collect()
}

fn one(kind: &QuestionKind, run: &Run, participant: ParticipantId, draw: &mut Draw) -> Option<Json> {
    Some(match kind {
        QuestionKind::Single { choices } => choices.get(draw.below(choices.len()))?.name.as_str().into(),
        QuestionKind::Multiple { choices } => {
            choices.iter().filter(|_| draw.chance(0.4)).map(|choice| choice.name.as_str()).collect()
        }
        QuestionKind::Likert { points, .. } => {
            let points = usize::from(*points);
            (1 + draw.below(points).max(draw.below(points))).into()
        }
        QuestionKind::Integer { least, most } => {
            let least = least.unwrap_or(0);
            let most = most.unwrap_or(least.saturating_add(REACH.into()));
            let wide = usize::try_from(most.saturating_sub(least)).unwrap_or(0);
            let places = wide.saturating_add(1);
            let (one, other) = (draw.below(places), draw.below(places));
            // What is counted from nothing is small for most people; other numbers lie anywhere.
            least.saturating_add_unsigned(if least == 0 { one.min(other) } else { one } as u64).into()
        }
        QuestionKind::Decimal { least, most } => {
            let least = least.unwrap_or(0.0);
            let most = most.unwrap_or(least + f64::from(REACH));
            (least + (most - least) * draw.unit()).into()
        }
        QuestionKind::Date => run.started.to_zoned(run.zone.clone()).date().to_string().into(),
        QuestionKind::Ranking { choices } if choices.is_empty() => {
            let others = match run.participants.get(&participant).map(|p| p.role) {
                Some(Role::Mentor) => Role::Mentee,
                _ => Role::Mentor,
            };
            let mut others: Vec<String> = run.accepted(others).map(|other| other.id.to_string()).collect();
            draw.shuffle(&mut others);
            others.truncate(BALLOT);
            others.into()
        }
        QuestionKind::Ranking { choices } => {
            let mut names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
            draw.shuffle(&mut names);
            names.into_iter().collect()
        }
        QuestionKind::Text
        | QuestionKind::Note
        | QuestionKind::Group { .. }
        | QuestionKind::Avoid
        | QuestionKind::Calculate => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_invented_answer_fits_its_question() {
        let survey: Survey = serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "trust", "type": "likert", "text": "?", "statements": [
                { "name": "heard", "label": "h" }, { "name": "safe", "label": "s" }] },
            { "name": "years", "type": "integer", "text": "?", "least": 3, "most": 4 },
            { "name": "drop_ins", "type": "integer", "text": "?" },
            { "name": "hours", "type": "decimal", "text": "?", "least": 0.5 },
            { "name": "since", "type": "date", "text": "?" },
            { "name": "drinks", "type": "ranking", "text": "?", "choices": ["tea", "coffee"] },
            { "name": "why", "type": "text", "text": "?" },
            { "name": "more", "type": "single", "text": "?", "choices": ["a"], "relevant": "${years} > 3" },
            { "name": "twice", "type": "calculate", "calculation": "2 * ${years}" },
        ] }))
        .unwrap();
        for seed in 0..20 {
            let mut draw = Draw::new(seed, 0);
            let answers = invent(&survey, &Run::default(), ParticipantId(1), &mut draw);
            let names: Vec<&str> = answers.keys().map(SmolStr::as_str).collect();
            assert_eq!(names, ["drinks", "drop_ins", "heard", "hours", "safe", "since", "years"]);
            assert!((1..=5).contains(&answers["heard"].as_i64().unwrap()));
            assert!((3..=4).contains(&answers["years"].as_i64().unwrap()));
            assert!((0..=4).contains(&answers["drop_ins"].as_i64().unwrap()));
            assert!((0.5..=4.5).contains(&answers["hours"].as_f64().unwrap()));
            assert_eq!((answers["drinks"].as_array().unwrap().len(), &answers["since"]), (2, &json!("1970-01-01")));
        }
    }
}
