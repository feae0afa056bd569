//! Whether two surveys ask the same. A question that was reworded is another one.

use super::study::{Subject, SubjectKind};
use serde_json::{Value as Json, json};
use turnabout_model::{Choice, Item, QuestionKind, Survey, Text};

/// What makes a question or scale the same in two surveys: name, kind, points, and every text in the survey's own
/// language. Nothing if it is of a kind whose change says nothing.
pub(super) fn identity(survey: &Survey, subject: &Subject<'_>) -> Option<String> {
    match subject.kind {
        SubjectKind::Item(item) => changes(&item.question.kind).then(|| of_item(survey, &item).to_string()),
        SubjectKind::Scale(scale) => {
            let all = survey.items();
            let items = scale.items.iter().map(|name| all.iter().find(|item| item.name == name));
            let items: Option<Vec<Json>> = items.map(|item| item.map(|item| of_item(survey, item))).collect();
            let scored = serde_json::to_value(scale.score).ok()?;
            Some(json!(["scale", scale.name, items?, scale.reverse, scored, scale.least]).to_string())
        }
    }
}

/// Kinds of question whose change can be told: numbers, and a choice between two.
fn changes(kind: &QuestionKind) -> bool {
    match kind {
        QuestionKind::Likert { .. } | QuestionKind::Integer { .. } | QuestionKind::Decimal { .. } => true,
        QuestionKind::Single { choices } => choices.len() == 2,
        _ => false,
    }
}

fn of_item(survey: &Survey, item: &Item<'_>) -> Json {
    let say = |text: &Text| survey.say(text, &survey.default_language).to_owned();
    let chosen = |choices: &[Choice]| -> Json {
        choices.iter().map(|choice| json!([choice.name, say(&choice.label)])).collect()
    };
    let asked = match &item.question.kind {
        QuestionKind::Likert { points, labels, .. } => {
            json!(["likert", points, labels.iter().map(say).collect::<Vec<_>>()])
        }
        QuestionKind::Integer { .. } => json!("integer"),
        QuestionKind::Decimal { .. } => json!("decimal"),
        QuestionKind::Single { choices } => json!(["single", chosen(choices)]),
        _ => json!("other"),
    };
    json!([item.name, say(&item.question.text), item.statement.map(|statement| say(&statement.label)), asked])
}
