//! Scales: what several answers say together.

use super::Form;
use crate::problem::{Code, Column, Problems};
use crate::survey::{Kind, Scale, Score};
use crate::value::number_of;

/// Looks at every scale of a survey.
pub(super) fn check(form: &Form<'_>, problems: &mut Problems) {
    for (index, scale) in form.survey.scales.iter().enumerate() {
        let mut wrong = |column, code, message: &[&str]| problems.add(&scale.name, column, code, message.concat());
        if scale.name.is_empty() {
            wrong(Column::Name, Code::BadName, &["a scale needs a name"]);
        }
        if form.survey.scales[..index].iter().any(|other| other.name == scale.name) {
            wrong(Column::Name, Code::Repeated, &["another scale has this name"]);
        }
        if scale.items.is_empty() {
            wrong(Column::Items, Code::Missing, &["a scale needs items"]);
        }
        for (index, item) in scale.items.iter().enumerate() {
            if scale.items[..index].contains(item) {
                wrong(Column::Items, Code::Repeated, &["'", item, "' is there twice"]);
            }
            match form.item(item) {
                None => wrong(Column::Items, Code::UnknownName, &["there is no question '", item, "'"]),
                Some((_, found)) if !found.has_answer() => {
                    wrong(Column::Items, Code::NoAnswer, &["'", item, "' has no answer: name its statements"]);
                }
                Some((_, found)) => {
                    let number = match found.question.kind {
                        Kind::Likert | Kind::Integer | Kind::Decimal | Kind::Calculate => true,
                        Kind::Single => found.question.choices.iter().all(|choice| number_of(&choice.name).is_some()),
                        _ => false,
                    };
                    if !number {
                        wrong(Column::Items, Code::Type, &["'", item, "' is no number and can't be scored"]);
                    }
                }
            }
        }
        for item in &scale.reverse {
            if !scale.items.contains(item) {
                wrong(Column::Reverse, Code::UnknownName, &["'", item, "' is not among the scale's items"]);
            } else if form.item(item).is_some_and(|(_, found)| found.question.kind != Kind::Likert) {
                wrong(
                    Column::Reverse,
                    Code::Type,
                    &["'", item, "' has no points that could be reversed: only Likert has"],
                );
            }
        }
        if scale.least.is_some_and(|least| least == 0 || least as usize > scale.items.len()) {
            wrong(Column::Least, Code::Range, &["at least one item and at most all can be needed"]);
        }
    }
}

/// Scores a scale from the answers as numbers; `None` if fewer items than it needs are answered.
///
/// A sum with items missing is the mean of the others times the number of items (person-mean imputation), so that it can
/// be compared with a sum of all.
pub(super) fn score(form: &Form<'_>, scale: &Scale, answer: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let (mut total, mut answered) = (0.0, 0u32);
    for name in &scale.items {
        let (place, item) = form.item(name)?;
        if let Some(number) = answer(place) {
            let reverse = scale.reverse.contains(name);
            total += if reverse { f64::from(item.question.points) + 1.0 - number } else { number };
            answered += 1;
        }
    }
    let items = u32::try_from(scale.items.len()).ok()?;
    if answered == 0 || answered < scale.least.unwrap_or(items) {
        return None;
    }
    let mean = total / f64::from(answered);
    Some(match scale.score {
        Score::Mean => mean,
        Score::Sum if answered == items => total,
        Score::Sum => mean * f64::from(items),
    })
}
