//! Invented answers to a survey, drawn from a seed: figures from what somebody is like, words that say that they are none.

use super::{attitude::Attitude, draw::Draw, words};
use crate::run::Run;
use serde_json::Value as Json;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Consent, Item, ParticipantId, QuestionKind, Response, Role, Survey, WaveId};

/// The most people that an invented ballot names.
const BALLOT: usize = 5;
/// How often two neighbours of an invented ballot are wanted equally.
const EQUALS: f64 = 0.2;
/// How far an invented number lies above the least where nothing bounds it: most such questions count something that
/// happened a few times.
const REACH: i32 = 4;
/// How often somebody lets their words be passed on with their name, and how often without it.
const NAMED: f64 = 0.4;
const UNNAMED: f64 = 0.35;

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
/// How often one answer that is wrong is invented again before it is taken back.
const TRIES: u64 = 24;

/// Changes invented answers until a survey's logic takes them: what it asks besides is answered, what is wrong is invented
/// again, a choice of several by leaving out one after the other. What never fits is taken back unless it has to be there.
/// `judge` is the logic.
pub fn mend<E>(
    survey: &Survey,
    run: &Run,
    response: &mut Response,
    mut judge: impl FnMut(&BTreeMap<SmolStr, Json>) -> Result<Said, E>,
) -> Result<(), E> {
    let mut given_up = BTreeSet::new();
    for round in 0..ROUNDS {
        // Another round has other luck.
        let purpose = u64::from(response.wave.0) << 40 ^ u64::from(response.participant.0) << 20 ^ round;
        let said = judge(&response.answers)?;
        if round == TRIES {
            given_up = said.wrong.iter().filter(|name| response.answers.contains_key(*name)).cloned().collect();
        }
        if !improve(survey, run, response, &said, &given_up, &mut Draw::new(run.seed, purpose)) {
            break;
        }
    }
    Ok(())
}

/// One round of it. False if there was nothing to do.
fn improve(
    survey: &Survey,
    run: &Run,
    response: &mut Response,
    said: &Said,
    given_up: &BTreeSet<SmolStr>,
    draw: &mut Draw,
) -> bool {
    let mut changed = false;
    let somebody = Somebody::of(survey, run, response.wave, response.participant);
    for item in survey.items() {
        let wrong = said.wrong.contains(item.name);
        let present = response.answers.get(item.name);
        if let (true, Some(answer)) = (wrong, present) {
            let again = if given_up.contains(item.name) { None } else { again(&item, answer, &somebody, draw) };
            match again {
                Some(answer) => response.answers.insert(item.name.clone(), answer),
                None => response.answers.remove(item.name),
            };
            changed = true;
            continue;
        }
        let asked = item.conditional && item.question.calculation.is_none() && said.visible.contains(item.name);
        if present.is_some() || !(wrong || asked && !given_up.contains(item.name)) {
            continue;
        }
        let answer = match &item.question.kind {
            QuestionKind::Text if wrong => Some(somebody.words(&item)),
            _ => somebody.answer(&item, draw),
        };
        changed |= answer.is_some();
        response.answers.extend(answer.map(|answer| (item.name.clone(), answer)));
    }
    changed
}

/// Another answer in the place of one that is wrong; nothing if words are, since others would be no better.
fn again(item: &Item<'_>, wrong: &Json, somebody: &Somebody<'_>, draw: &mut Draw) -> Option<Json> {
    match (&item.question.kind, wrong.as_array()) {
        (QuestionKind::Text, _) => None,
        // Most often two choices exclude each other.
        (QuestionKind::Multiple { .. }, Some(chosen)) if chosen.len() > 1 => {
            let mut left = chosen.clone();
            left.remove(draw.below(left.len()));
            Some(left.into())
        }
        _ => somebody.answer(item, draw),
    }
}

/// Invents answers. What is asked under a condition only stays empty: whoever wants that too lets the survey's logic
/// [`mend`] them.
pub(super) fn invent(
    survey: &Survey,
    run: &Run,
    (wave, participant): (WaveId, ParticipantId),
    draw: &mut Draw,
) -> BTreeMap<SmolStr, Json> {
    let somebody = Somebody::of(survey, run, wave, participant);
    let asked = survey.items().into_iter().filter(|item| !item.conditional && item.question.calculation.is_none());
    asked.filter_map(|item| Some((item.name.clone(), somebody.answer(&item, draw)?))).collect()
}

/// Somebody who answers a survey.
struct Somebody<'a> {
    survey: &'a Survey,
    run: &'a Run,
    participant: ParticipantId,
    attitude: Attitude,
    /// The statements that are worded the other way round.
    reversed: BTreeSet<&'a SmolStr>,
    /// The questions whether words may be passed on.
    consents: BTreeSet<&'a SmolStr>,
}

impl<'a> Somebody<'a> {
    fn of(survey: &'a Survey, run: &'a Run, wave: WaveId, participant: ParticipantId) -> Self {
        let asked = run.wave(wave).map_or(run.started, |wave| wave.opened);
        Self {
            survey,
            run,
            participant,
            attitude: Attitude::of(run, participant, asked),
            reversed: survey.scales.iter().flat_map(|scale| &scale.reverse).collect(),
            consents: survey.consent_questions(),
        }
    }

    /// What they answer; nothing where they leave it out or nobody answers.
    fn answer(&self, item: &Item<'_>, draw: &mut Draw) -> Option<Json> {
        Some(match &item.question.kind {
            QuestionKind::Text => return words::writes(self.run, self.participant, item).then(|| self.words(item)),
            QuestionKind::Likert { points, .. } => {
                let point = self.attitude.point(*points, draw);
                if self.reversed.contains(item.name) { points + 1 - point } else { point }.into()
            }
            QuestionKind::Single { choices } if self.consents.contains(item.name) => {
                let lot = draw.unit();
                let consent = match lot {
                    named if named < NAMED => Consent::WORDS[0],
                    unnamed if unnamed < NAMED + UNNAMED => Consent::WORDS[1],
                    _ => Consent::WORDS[2],
                };
                let choice = choices.iter().find(|choice| choice.name == consent).or(choices.last())?;
                choice.name.as_str().into()
            }
            QuestionKind::Ranking { choices } if choices.is_empty() => {
                let ballot = one(&item.question.kind, self.run, self.participant, draw)?;
                // A stream of its own, so that nothing else that anybody answers depends on it.
                with_equals(
                    ballot,
                    &mut Draw::of(self.run.seed, &format_smolstr!("equals {}", item.name), self.participant.0),
                )
            }
            kind => one(kind, self.run, self.participant, draw)?,
        })
    }

    fn words(&self, item: &Item<'_>) -> Json {
        words::answer(self.survey, item, self.participant).into()
    }
}

/// Puts two neighbours of a ballot into one place now and then.
fn with_equals(ballot: Json, draw: &mut Draw) -> Json {
    match ballot {
        Json::Array(mut places) if places.len() > 1 && draw.chance(EQUALS) => {
            let first = draw.below(places.len() - 1);
            let second = places.remove(first + 1);
            places[first] = vec![places[first].take(), second].into();
            places.into()
        }
        ballot => ballot,
    }
}

fn one(kind: &QuestionKind, run: &Run, participant: ParticipantId, draw: &mut Draw) -> Option<Json> {
    Some(match kind {
        QuestionKind::Single { choices } => choices.get(draw.below(choices.len()))?.name.as_str().into(),
        QuestionKind::Multiple { choices } => {
            let chosen: Vec<&str> =
                choices.iter().filter(|_| draw.chance(0.4)).map(|choice| choice.name.as_str()).collect();
            // Whoever chooses nothing has not answered.
            if chosen.is_empty() { vec![choices.get(draw.below(choices.len()))?.name.as_str()] } else { chosen }.into()
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
        QuestionKind::Likert { .. }
        | QuestionKind::Text
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
            { "name": "more", "type": "single", "text": "?", "choices": ["a"], "relevant": "${years} > 3" },
            { "name": "twice", "type": "calculate", "calculation": "2 * ${years}" },
        ] }))
        .unwrap();
        for seed in 0..20 {
            let mut draw = Draw::new(seed, 0);
            let answers = invent(&survey, &Run::default(), (WaveId(1), ParticipantId(1)), &mut draw);
            let names: Vec<&str> = answers.keys().map(SmolStr::as_str).collect();
            assert_eq!(names, ["drinks", "drop_ins", "heard", "hours", "safe", "since", "years"]);
            assert!((1..=5).contains(&answers["heard"].as_i64().unwrap()));
            assert!((3..=4).contains(&answers["years"].as_i64().unwrap()));
            assert!((0..=4).contains(&answers["drop_ins"].as_i64().unwrap()));
            assert!((0.5..=4.5).contains(&answers["hours"].as_f64().unwrap()));
            assert_eq!((answers["drinks"].as_array().unwrap().len(), &answers["since"]), (2, &json!("1970-01-01")));
        }
    }

    #[test]
    fn some_invented_ballots_have_equals_and_name_the_same_people_in_the_same_order() {
        let flat = json!(["person-1", "person-2", "person-3"]);
        let mut with = 0;
        for who in 0..200 {
            let ballot = with_equals(flat.clone(), &mut Draw::new(3, who));
            let places = ballot.as_array().unwrap();
            with += usize::from(places.len() == 2);
            let in_place = |place: &Json| place.as_array().cloned().unwrap_or_else(|| vec![place.clone()]);
            assert_eq!(json!(places.iter().flat_map(in_place).collect::<Vec<_>>()), flat);
        }
        assert!((20..60).contains(&with), "{with}");
        assert_eq!(with_equals(json!(["person-1"]), &mut Draw::new(3, 0)), json!(["person-1"]));
    }

    #[allow(clippy::needless_pass_by_value)] // its calls read better without an &
    fn asked(question: serde_json::Value) -> Survey {
        serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [question] })).unwrap()
    }

    /// What many people answer to one question, whose logic finds wrong what `is_wrong` does.
    fn mended(survey: &Survey, is_wrong: impl Fn(Option<&Json>) -> bool) -> Vec<Option<Json>> {
        let mut run = Run::default();
        run.seed = 3;
        let name = survey.questions[0].name.clone();
        let answer = |who| {
            let (wave, participant) = (WaveId(1), ParticipantId(who));
            let answers = invent(survey, &run, (wave, participant), &mut Draw::new(3, who.into()));
            let mut response = Response { wave, participant, answers };
            let judge = |answers: &BTreeMap<SmolStr, Json>| {
                let wrong = if is_wrong(answers.get(&name)) { vec![name.clone()] } else { vec![] };
                Ok::<_, std::convert::Infallible>(Said { visible: vec![name.clone()], wrong })
            };
            mend(survey, &run, &mut response, judge).unwrap();
            response.answers.remove(&name)
        };
        (0..200).map(answer).collect()
    }

    #[test]
    fn an_answer_that_breaks_a_constraint_is_invented_again_until_it_fits() {
        let survey = asked(json!({ "name": "came", "type": "multiple", "text": "?",
            "choices": ["more", "less", "other", "nothing"] }));
        let is_wrong = |answer: Option<&Json>| {
            let chosen = answer.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
            chosen.len() > 1 && chosen.contains(&json!("nothing"))
        };
        let found = mended(&survey, is_wrong);
        assert!(found.iter().all(|answer| answer.is_some() && !is_wrong(answer.as_ref())), "{found:?}");
        let nothing = found.iter().filter(|answer| **answer == Some(json!(["nothing"]))).count();
        assert!((10..100).contains(&nothing), "some choose it alone: {nothing}");
        assert_eq!(found, mended(&survey, is_wrong), "the same seed, the same answers");
        // A number is drawn anew.
        let even = |answer: Option<&Json>| answer.and_then(Json::as_i64).is_some_and(|n| n % 2 == 1);
        let survey = asked(json!({ "name": "n", "type": "integer", "text": "?", "most": 9 }));
        assert!(mended(&survey, even).iter().all(|answer| answer.as_ref().and_then(Json::as_i64).unwrap() % 2 == 0));
    }

    #[test]
    fn an_answer_that_never_fits_is_taken_back() {
        let survey = asked(json!({ "name": "n", "type": "integer", "text": "?" }));
        assert_eq!(mended(&survey, |answer| answer.is_some()), vec![None; 200]);
        // What has to be there, words among it, is there.
        let survey = asked(json!({ "name": "why", "type": "text", "text": "?", "required": true }));
        assert!(mended(&survey, |answer| answer.is_none()).iter().all(Option::is_some));
        // What may be left out, some leave out.
        let survey = asked(json!({ "name": "why", "type": "text", "text": "?" }));
        let wrote = mended(&survey, |_| false).iter().flatten().count();
        assert!((90..150).contains(&wrote), "{wrote}");
    }

    #[test]
    fn what_is_worded_the_other_way_round_is_answered_the_other_way_round() {
        let survey: Survey = serde_json::from_value(json!({ "title": "t", "introduction": "i", "questions": [
            { "name": "it", "type": "likert", "text": "?", "statements": [
                { "name": "heard", "label": "h" }, { "name": "ignored", "label": "i" }] } ],
            "scales": [{ "name": "it", "items": ["heard", "ignored"], "reverse": ["ignored"] }] }))
        .unwrap();
        let mut run = Run::default();
        run.seed = 3;
        let mut together = 0;
        for who in 0..200 {
            let answers = invent(&survey, &run, (WaveId(1), ParticipantId(who)), &mut Draw::new(3, who.into()));
            let [heard, ignored] = ["heard", "ignored"].map(|name| answers[name].as_i64().unwrap() - 3);
            together += heard * ignored;
        }
        assert!(together < 0, "whoever agrees with one disagrees with the other: {together}");
    }
}
