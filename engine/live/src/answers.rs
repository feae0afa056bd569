//! Checks answers against their survey, and says everything that is wrong with them at once.
//!
//! Types, choices, bounds and people are checked here. What depends on other answers is the logic component's: whether a
//! question is asked at all, whether it has to be answered, and constraints.

use crate::{AnswerFault, AnswerProblem, limits::LiveLimits};
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::run::Run;
use turnabout_model::{Choice, Condition, Item, ParticipantId, ParticipantStatus, QuestionKind, Role, Survey};

/// What kind of thing is wrong with an answer, what it is, and what to do.
type Wrong = (AnswerFault, String, String);

/// Answers that were read: those that can be taken, and what is wrong with the others.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Without the empty ones, and without those to questions whose answer is computed.
    pub(crate) kept: BTreeMap<SmolStr, Json>,
    /// One for each answer that can't be taken or is missing.
    pub(crate) problems: Vec<AnswerProblem>,
}

/// Reads answers against their survey.
pub(crate) fn read(
    answers: &BTreeMap<SmolStr, Json>,
    by: Option<ParticipantId>,
    survey: &Survey,
    run: &Run,
    limits: &LiveLimits,
) -> Read {
    let by = by.and_then(|by| run.participants.get(&by)).map(|participant| participant.role);
    let mut read = Read::default();
    let items = survey.items();
    for item in items.iter().filter(|item| item.question.calculation.is_none()) {
        let kind = &item.question.kind;
        let answer = answers.get(item.name).filter(|answer| !is_empty(answer));
        let verdict = match answer {
            Some(answer) => one(answer, kind, by, run, limits),
            None if always_required(item) => Err((AnswerFault::Missing, "an answer is required".into(), wanted(kind))),
            None => continue,
        };
        match (verdict, answer) {
            (Ok(()), Some(answer)) => drop(read.kept.insert(item.name.clone(), answer.clone())),
            (Err((fault, what, help)), _) => {
                read.problems.push(AnswerProblem { question: item.name.clone(), what, help, fault });
            }
            (Ok(()), None) => {}
        }
    }
    read.problems.extend(unknown(answers, survey));
    read
}

/// What answers name that the survey does not ask.
pub(crate) fn unknown(answers: &BTreeMap<SmolStr, Json>, survey: &Survey) -> Vec<AnswerProblem> {
    let items = survey.items();
    let strangers = answers.keys().filter(|name| items.iter().all(|item| item.name != *name));
    let problem = |name: &SmolStr| AnswerProblem {
        question: name.chars().take(60).collect::<String>().into(),
        what: "the survey has no such question".into(),
        help: format!("it asks {}", items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>().join(", ")),
        fault: AnswerFault::Unfit,
    };
    strangers.map(problem).collect()
}

/// Whether an answer has to be there whatever else is answered: a question that may be hidden is not required here.
fn always_required(item: &Item<'_>) -> bool {
    item.question.required == Condition::Always && !item.conditional
}

fn is_empty(answer: &Json) -> bool {
    match answer {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn one(answer: &Json, kind: &QuestionKind, by: Option<Role>, run: &Run, limits: &LiveLimits) -> Result<(), Wrong> {
    let wrong = |what: &str| Err((AnswerFault::Unfit, what.to_owned(), wanted(kind)));
    match kind {
        QuestionKind::Single { choices } => match answer.as_str() {
            Some(choice) if is_among(choice, choices) => Ok(()),
            Some(_) => wrong("that is not among the choices"),
            None => wrong("one choice is expected, as text"),
        },
        QuestionKind::Ranking { choices } if choices.is_empty() => people(answer, kind, by, run, limits),
        QuestionKind::Avoid => people(answer, kind, by, run, limits),
        QuestionKind::Multiple { choices } | QuestionKind::Ranking { choices } => {
            let Some(picked) = texts(answer) else {
                let nested = answer.as_array().is_some_and(|places| places.iter().any(Json::is_array));
                let ballot = "a list within the list is for ballots: choices don't share a place";
                let fault = if nested { AnswerFault::SharedPlace } else { AnswerFault::Unfit };
                return Err((
                    fault,
                    (if nested { ballot } else { "a list of choices is expected" }).into(),
                    wanted(kind),
                ));
            };
            if picked.iter().any(|choice| !is_among(choice, choices)) {
                return wrong("one of these is not among the choices");
            }
            if all_differ(&picked) { Ok(()) } else { wrong("a choice is named twice") }
        }
        QuestionKind::Likert { points, .. } => match answer.as_i64() {
            Some(point) if (1..=i64::from(*points)).contains(&point) => Ok(()),
            _ => wrong("that is no point of the scale"),
        },
        QuestionKind::Integer { least, most } => match answer.as_i64() {
            Some(number) if least.is_some_and(|least| number < least) => wrong("the number is too small"),
            Some(number) if most.is_some_and(|most| number > most) => wrong("the number is too large"),
            Some(_) => Ok(()),
            None => wrong("a whole number is expected"),
        },
        QuestionKind::Decimal { least, most } => match answer.as_f64() {
            Some(number) if least.is_some_and(|least| number < least) => wrong("the number is too small"),
            Some(number) if most.is_some_and(|most| number > most) => wrong("the number is too large"),
            Some(_) => Ok(()),
            None => wrong("a number is expected"),
        },
        QuestionKind::Date => match answer.as_str() {
            Some(text) if is_date(text) => Ok(()),
            Some(_) => wrong("that is no date of the calendar"),
            None => wrong("a date is expected, as text"),
        },
        QuestionKind::Text => match answer.as_str() {
            Some(text) if text.chars().count() <= limits.answer_chars => Ok(()),
            Some(_) => {
                let help = format!("write {} characters at most", limits.answer_chars);
                Err((AnswerFault::TooMuch, "the text is too long".into(), help))
            }
            None => wrong("text is expected"),
        },
        // They are no items, or their answer is computed.
        QuestionKind::Note | QuestionKind::Group { .. } | QuestionKind::Calculate => Ok(()),
    }
}

/// Year, month and day with their digits and nothing else: other parts of ISO 8601 would not compare as text.
fn is_date(text: &str) -> bool {
    text.len() == "2026-01-31".len() && text.parse::<jiff::civil::Date>().is_ok()
}

fn people(answer: &Json, kind: &QuestionKind, by: Option<Role>, run: &Run, limits: &LiveLimits) -> Result<(), Wrong> {
    // Whoever only looks at a form may be on either side.
    let other = by.map(|by| if by == Role::Mentor { Role::Mentee } else { Role::Mentor });
    let said = other.map_or_else(|| "person".to_owned(), |other| other.to_string());
    let wrong = |what: String| Err((AnswerFault::Unfit, what, wanted(kind)));
    let Some(places) = answer.as_array() else { return wrong(format!("a list of {said}s is expected")) };
    let mut named: Vec<(&str, usize)> = Vec::new();
    for (place, number) in places.iter().zip(1..) {
        match in_place(place) {
            Ok(_) if place.is_array() && *kind == QuestionKind::Avoid => {
                return wrong(format!("place {number} is a list of its own, and here people are named one by one"));
            }
            Ok(ids) => named.extend(ids.into_iter().map(|id| (id, number))),
            Err(what) => return wrong(format!("place {number} {what}")),
        }
    }
    if named.len() > limits.ballot_ranks {
        let most = limits.ballot_ranks;
        let help = format!("name {most} at most, everybody in every place counted");
        return Err((AnswerFault::TooMuch, format!("too many {said}s are named: {}", named.len()), help));
    }
    let mut known: BTreeMap<ParticipantId, usize> = BTreeMap::new();
    for (text, number) in named {
        let id: ParticipantId = text
            .parse()
            .map_err(|error: turnabout_model::IdError| (AnswerFault::Unfit, error.to_string(), wanted(kind)))?;
        let stands = run.participants.get(&id);
        if !stands.is_some_and(|p| other.is_none_or(|other| p.role == other) && p.status == ParticipantStatus::Accepted)
        {
            return Err((AnswerFault::NotThere, format!("{id} is no {said} who takes part"), wanted(kind)));
        }
        match known.insert(id, number) {
            None => {}
            Some(first) if first == number => return wrong(format!("{id} is named twice in place {number}")),
            Some(first) => return wrong(format!("{id} is named twice, in place {first} and in place {number}")),
        }
    }
    Ok(())
}

/// The ids in one place of a ballot: one alone, or several that are wanted equally. Otherwise what is wrong with it.
fn in_place(place: &Json) -> Result<Vec<&str>, &'static str> {
    match place {
        Json::String(id) => Ok(vec![id]),
        Json::Array(ids) if ids.is_empty() => Err("is an empty list"),
        Json::Array(ids) if ids.iter().any(Json::is_array) => Err("holds a list within its list"),
        Json::Array(ids) => ids.iter().map(Json::as_str).collect::<Option<_>>().ok_or("holds something that is no id"),
        _ => Err("is neither an id nor a list of ids"),
    }
}

fn is_among(name: &str, choices: &[Choice]) -> bool {
    choices.iter().any(|choice| choice.name == name)
}

fn texts(answer: &Json) -> Option<Vec<&str>> {
    answer.as_array()?.iter().map(Json::as_str).collect()
}

fn all_differ(items: &[&str]) -> bool {
    items.iter().collect::<BTreeSet<_>>().len() == items.len()
}

pub(crate) fn wanted(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Single { choices } => format!("choose one of: {}", names(choices)),
        QuestionKind::Multiple { choices } => format!("choose from: {}, each once at most", names(choices)),
        QuestionKind::Likert { points, .. } => format!("write a whole number from 1 to {points}"),
        QuestionKind::Text => "write something".into(),
        QuestionKind::Integer { least, most } => format!("write a whole number{}", within(*least, *most)),
        QuestionKind::Decimal { least, most } => format!("write a number{}", within(*least, *most)),
        QuestionKind::Date => "write year-month-day, for example 2026-01-31".into(),
        QuestionKind::Ranking { choices } if choices.is_empty() => {
            "list ids such as person-3, the most wanted first, each once at most; people who are wanted equally share a place \
             as a list of their own: [\"person-3\", [\"person-4\", \"person-5\"]]"
                .into()
        }
        QuestionKind::Ranking { choices } => {
            format!("put in order: {}, the most wanted first, each once at most", names(choices))
        }
        QuestionKind::Avoid => "list ids such as person-3, each once at most".into(),
        QuestionKind::Note | QuestionKind::Group { .. } | QuestionKind::Calculate => "leave it out".into(),
    }
}

fn names(choices: &[Choice]) -> String {
    choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn within<T: std::fmt::Display>(least: Option<T>, most: Option<T>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!(" from {least} to {most}"),
        (Some(least), None) => format!(" of at least {least}"),
        (None, Some(most)) => format!(" of at most {most}"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use turnabout_model::Event;

    fn survey() -> Survey {
        serde_json::from_value(json!({
            "title": "t", "introduction": "i", "questions": [
                { "name": "trust", "text": "?", "type": "likert", "points": 5, "required": true },
                { "name": "site", "text": "?", "type": "single", "choices": ["north", "south"] },
                { "name": "days", "text": "?", "type": "multiple", "choices": ["mon", "tue"] },
                { "name": "more", "text": "?", "type": "text" },
                { "name": "mentors", "text": "?", "type": "ranking" },
                { "name": "not", "text": "?", "type": "avoid" },
                { "name": "about", "type": "group", "questions": [
                    { "name": "years", "text": "?", "type": "integer", "least": 0, "most": 50 },
                    { "name": "hours", "text": "?", "type": "decimal", "least": 0.5 },
                    { "name": "since", "text": "?", "type": "date" } ] },
                { "name": "drinks", "text": "?", "type": "ranking", "choices": ["green tea", "coffee"] },
                { "name": "agree", "text": "?", "type": "likert", "relevant": "${trust} > 3", "required": true,
                  "statements": [{ "name": "heard", "label": "h" }, { "name": "safe", "label": "s" }] },
                { "name": "twice", "type": "calculate", "calculation": "2 * ${trust}" },
            ]
        }))
        .unwrap()
    }

    fn run() -> Run {
        let mut run = Run::default();
        for (id, role, status) in [
            (1, Role::Mentor, ParticipantStatus::Accepted),
            (2, Role::Mentee, ParticipantStatus::Accepted),
            (3, Role::Mentor, ParticipantStatus::Withdrawn),
            (4, Role::Mentor, ParticipantStatus::Accepted),
            (5, Role::Mentor, ParticipantStatus::Accepted),
            (6, Role::Mentor, ParticipantStatus::Accepted),
        ] {
            let participant = ParticipantId(id);
            run.apply(jiff::Timestamp::UNIX_EPOCH, &Event::ParticipantAdded { participant, role, status });
        }
        run
    }

    fn answers(json: Json) -> BTreeMap<SmolStr, Json> {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn each_answer_is_held_against_its_question() {
        let limits = LiveLimits { answer_chars: 5, ballot_ranks: 1, ..LiveLimits::standard() };
        for (given, expect) in [
            (json!({"trust": 3, "site": "north", "days": ["tue", "mon"], "more": "fünf", "mentors": ["person-1"]}), ""),
            (json!({"trust": 3, "site": "", "days": [], "more": null}), ""),
            (json!({}), "trust: an answer is required"),
            (json!({"trust": 0}), "trust: that is no point of the scale"),
            (json!({"trust": 6}), "trust: that is no point of the scale"),
            (json!({"trust": 2.5}), "trust: that is no point of the scale"),
            (json!({"trust": 1, "site": "west"}), "site: that is not among the choices"),
            (json!({"trust": 1, "days": ["mon", "mon"]}), "days: a choice is named twice"),
            (json!({"trust": 1, "days": "mon"}), "days: a list of choices is expected"),
            (json!({"trust": 1, "more": "sechs!"}), "more: the text is too long"),
            (json!({"trust": 1, "more": 5}), "more: text is expected"),
            (json!({"trust": 1, "mentors": ["person-2"]}), "mentors: person-2 is no mentor who takes part"),
            (json!({"trust": 1, "mentors": ["person-3"]}), "mentors: person-3 is no mentor who takes part"),
            (json!({"trust": 1, "mentors": ["pair-1"]}), "mentors: 'pair-1' is not the id of a person"),
            (json!({"trust": 1, "mentors": ["person-1", "person-1"]}), "mentors: too many mentors are named: 2"),
            (json!({"trust": 1, "mentors": [["person-1", "person-4"]]}), "mentors: too many mentors are named: 2"),
            (json!({"trust": 1, "mentors": [["person-1"]]}), ""),
            (json!({"trust": 1, "mentors": "person-1"}), "mentors: a list of mentors is expected"),
            (json!({"trust": 1, "colour": "red"}), "colour: the survey has no such question"),
            (json!({"trust": 1, "years": 50, "hours": 1, "since": "2024-02-29", "heard": 5, "twice": "?"}), ""),
            (json!({"trust": 1, "years": -1}), "years: the number is too small"),
            (json!({"trust": 1, "years": 51}), "years: the number is too large"),
            (json!({"trust": 1, "years": 2.5}), "years: a whole number is expected"),
            (json!({"trust": 1, "hours": 0.4}), "hours: the number is too small"),
            (json!({"trust": 1, "hours": "1"}), "hours: a number is expected"),
            (json!({"trust": 1, "since": "2026-02-30"}), "since: that is no date of the calendar"),
            (json!({"trust": 1, "since": "20260228"}), "since: that is no date of the calendar"),
            (json!({"trust": 1, "since": 2026}), "since: a date is expected, as text"),
            (json!({"trust": 1, "drinks": ["coffee", "green_tea"]}), ""),
            (json!({"trust": 1, "drinks": ["coffee", "coffee"]}), "drinks: a choice is named twice"),
            (json!({"trust": 1, "drinks": [["coffee", "green_tea"]]}), "drinks: a list within the list is for ballots"),
            (json!({"trust": 1, "drinks": ["water"]}), "drinks: one of these is not among the choices"),
            (json!({"trust": 1, "heard": 6}), "heard: that is no point of the scale"),
            (json!({"trust": 1, "agree": 3}), "agree: the survey has no such question"),
            (json!({"trust": 1, "about": "x"}), "about: the survey has no such question"),
        ] {
            let read = read(&answers(given.clone()), Some(ParticipantId(2)), &survey(), &run(), &limits);
            let found = read.problems.first().map(|problem| format!("{}: {}", problem.question, problem.what));
            let found = found.unwrap_or_default();
            assert!(found.starts_with(expect) && found.is_empty() == expect.is_empty(), "{given}: {found}");
        }
    }

    #[test]
    fn what_is_empty_or_computed_is_not_kept() {
        let given = answers(json!({"trust": 1, "more": " ", "twice": 9}));
        let read = read(&given, Some(ParticipantId(2)), &survey(), &run(), &LiveLimits::standard());
        assert_eq!(read.kept, answers(json!({"trust": 1})));
    }

    #[test]
    fn a_place_of_a_ballot_holds_one_person_or_several_who_are_wanted_equally() {
        let limits = LiveLimits { ballot_ranks: 3, ..LiveLimits::standard() };
        for (mentors, expect) in [
            (json!(["person-1", "person-4"]), ""),
            (json!(["person-1", ["person-4", "person-5"]]), ""),
            (json!([["person-5", "person-4", "person-1"]]), ""),
            (json!(["person-1", []]), "place 2 is an empty list"),
            (json!([[]]), "place 1 is an empty list"),
            (json!(["person-1", ["person-4", ["person-5"]]]), "place 2 holds a list within its list"),
            (json!(["person-1", 4]), "place 2 is neither an id nor a list of ids"),
            (json!([["person-1", 4]]), "place 1 holds something that is no id"),
            (json!(["person-1", "person-1"]), "person-1 is named twice, in place 1 and in place 2"),
            (json!(["person-4", ["person-1", "person-4"]]), "person-4 is named twice, in place 1 and in place 2"),
            (json!(["person-1", ["person-4", "person-4"]]), "person-4 is named twice in place 2"),
            (json!(["person-1", ["person-4", "person-2"]]), "person-2 is no mentor who takes part"),
            (json!([["person-1", "person-4"], ["person-5", "person-6"]]), "too many mentors are named: 4"),
        ] {
            let given = answers(json!({ "trust": 1, "mentors": mentors }));
            let read = read(&given, Some(ParticipantId(2)), &survey(), &run(), &limits);
            let found: Vec<&str> = read.problems.iter().map(|problem| problem.what.as_str()).collect();
            assert_eq!(found.join("; "), expect, "{mentors}");
            let help = read.problems.iter().all(|problem| {
                problem.help.contains("[\"person-3\", [\"person-4\", \"person-5\"]]")
                    || problem.help == "name 3 at most, everybody in every place counted"
            });
            assert!(help, "{:?}", read.problems);
            assert_eq!(read.kept.get("mentors"), expect.is_empty().then_some(&mentors), "it is kept as it was given");
        }
    }

    #[test]
    fn whom_somebody_would_rather_not_meet_has_no_place() {
        let given = answers(json!({ "trust": 1, "not": ["person-1", ["person-4"]] }));
        let problems = read(&given, Some(ParticipantId(2)), &survey(), &run(), &LiveLimits::standard()).problems;
        let what = "place 2 is a list of its own, and here people are named one by one";
        assert_eq!((problems[0].what.as_str(), problems.len()), (what, 1));
    }

    #[test]
    fn all_problems_come_at_once() {
        let given = answers(json!({"site": "west", "colour": "red"}));
        let read = read(&given, Some(ParticipantId(2)), &survey(), &run(), &LiveLimits::standard());
        assert_eq!(read.problems.len(), 3);
    }
}
