//! Answers as values to count with. What does not fit its question is no answer.

use serde_json::Value as Json;
use turnabout_model::{Choice, QuestionKind};

/// Numbers further from 0 than this are taken for mistakes: sums of them would lose their digits.
const LARGEST: f64 = 1e15;

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// A point of agreement, from 1.
    Point(i32),
    /// The place of the choice.
    Choice(usize),
    /// The places of the choices; of a ranking the most wanted first.
    Choices(Vec<usize>),
    /// A number or a score.
    Number(f64),
    /// A date; which one is nobody's business.
    Date,
    /// Words, without white space around them.
    Words(String),
}

impl Answer {
    /// The answer as a number, if it is one.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Point(point) => Some(f64::from(*point)),
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// Tells whether a question of a kind has a result at all: ballots belong to the matching, and what is computed was not
/// answered by anybody.
pub(super) fn has_result(kind: &QuestionKind) -> bool {
    !matches!(kind, QuestionKind::Note | QuestionKind::Group { .. } | QuestionKind::Calculate)
        && !kind.asks_for_people()
}

/// Reads an answer to a question of a kind.
pub(super) fn read(kind: &QuestionKind, answer: &Json) -> Option<Answer> {
    match kind {
        QuestionKind::Likert { points, .. } => {
            let point = answer.as_i64().filter(|point| (1..=i64::from(*points)).contains(point))?;
            Some(Answer::Point(i32::try_from(point).ok()?))
        }
        QuestionKind::Single { choices } => Some(Answer::Choice(place(choices, answer)?)),
        QuestionKind::Multiple { choices } => several(choices, answer),
        QuestionKind::Ranking { choices } if !choices.is_empty() => several(choices, answer),
        QuestionKind::Integer { .. } | QuestionKind::Decimal { .. } => {
            answer.as_f64().filter(|number| number.abs() <= LARGEST).map(Answer::Number)
        }
        QuestionKind::Date => answer.as_str().filter(|date| !date.trim().is_empty()).map(|_| Answer::Date),
        QuestionKind::Text => {
            answer.as_str().map(str::trim).filter(|words| !words.is_empty()).map(|words| Answer::Words(words.into()))
        }
        _ => None,
    }
}

fn place(choices: &[Choice], answer: &Json) -> Option<usize> {
    let name = answer.as_str()?;
    choices.iter().position(|choice| choice.name == name)
}

fn several(choices: &[Choice], answer: &Json) -> Option<Answer> {
    let places: Vec<usize> = answer.as_array()?.iter().map(|one| place(choices, one)).collect::<Option<_>>()?;
    let mut known = vec![false; choices.len()];
    let differ = places.iter().all(|place| !std::mem::replace(&mut known[*place], true));
    (differ && !places.is_empty()).then_some(Answer::Choices(places))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_does_not_fit_its_question_is_no_answer() {
        let choices = vec![Choice::plain("tea"), Choice::plain("coffee")];
        let multiple = QuestionKind::Multiple { choices: choices.clone() };
        let single = QuestionKind::Single { choices };
        let decimal = QuestionKind::Decimal { least: None, most: None };
        for (kind, answer, expect) in [
            (QuestionKind::likert(5), json!(5), Some(Answer::Point(5))),
            (QuestionKind::likert(5), json!(6), None),
            (QuestionKind::likert(5), json!(0), None),
            (QuestionKind::likert(5), json!("5"), None),
            (single.clone(), json!("coffee"), Some(Answer::Choice(1))),
            (single, json!("water"), None),
            (multiple.clone(), json!(["coffee", "tea"]), Some(Answer::Choices(vec![1, 0]))),
            (multiple.clone(), json!(["tea", "tea"]), None),
            (multiple, json!([]), None),
            (decimal.clone(), json!(2), Some(Answer::Number(2.0))),
            (decimal, json!(1e300), None),
            (QuestionKind::Text, json!("  \n"), None),
            (QuestionKind::Text, json!(" well "), Some(Answer::Words("well".into()))),
            (QuestionKind::Ranking { choices: vec![] }, json!(["person-1"]), None),
            (QuestionKind::Avoid, json!(["person-1"]), None),
        ] {
            assert_eq!(read(&kind, &answer), expect, "{kind:?} {answer}");
        }
    }
}
