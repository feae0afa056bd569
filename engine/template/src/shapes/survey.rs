//! The shape of `surveys/NAME.toml`.

use super::{LINE, NAME, TEXTS};
use crate::{
    document::{Field, Shape, TableShape},
    formats,
    limits::MAX_QUESTIONS,
};

/// A survey.
pub(crate) static SURVEY: Shape = Shape::Table(&TableShape {
    what: "a survey",
    fields: &[&[
        Field::required("title", LINE, "title = \"Half-way\""),
        Field::required("introduction", Shape::Text, "introduction = \"Six questions; nobody sees single answers\""),
        Field::optional("mode", Shape::Word(&["confidential", "named"])),
        Field::optional("invitation", NAME),
        Field::required("questions", Shape::List { of: &QUESTION, least: 1, most: MAX_QUESTIONS }, "[[questions]]"),
    ]],
});

const COMMON: &[Field] = &[
    Field::required("name", Shape::Format(formats::label), "name = \"trust\""),
    Field::required("text", Shape::Text, "text = \"I can say what I think\""),
    Field::required("type", Shape::Text, "type = \"likert\""),
    Field::optional("required", Shape::Switch),
];
const CHOICES: &[Field] = &[Field::required("choices", TEXTS, "choices = [\"yes\", \"no\"]")];
const POINTS: &[Field] = &[Field::required("points", Shape::Integer { least: 2, most: 11 }, "points = 5")];

/// A question, by its `type`.
static QUESTION: Shape = Shape::Tagged(&[
    ("single", &TableShape { what: "a question of type 'single'", fields: &[COMMON, CHOICES] }),
    ("multiple", &TableShape { what: "a question of type 'multiple'", fields: &[COMMON, CHOICES] }),
    ("likert", &TableShape { what: "a question of type 'likert'", fields: &[COMMON, POINTS] }),
    ("text", &TableShape { what: "a question of type 'text'", fields: &[COMMON] }),
    ("ranking", &TableShape { what: "a question of type 'ranking'", fields: &[COMMON] }),
    ("avoid", &TableShape { what: "a question of type 'avoid'", fields: &[COMMON] }),
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{agrees, names};
    use turnabout_model::{Question, QuestionKind, Survey, SurveyMode};

    #[test]
    fn the_shape_has_every_field_and_type_of_the_model() {
        let question = |kind| Question { name: "q".into(), text: "t".into(), kind, required: true };
        let kinds = [
            QuestionKind::Single { choices: vec![] },
            QuestionKind::Multiple { choices: vec![] },
            QuestionKind::Likert { points: 5 },
            QuestionKind::Text,
            QuestionKind::Ranking,
            QuestionKind::Avoid,
        ];
        for kind in kinds {
            let json = serde_json::to_value(question(kind)).unwrap();
            let Shape::Tagged(kinds) = &QUESTION else { panic!() };
            let (_, table) = kinds.iter().find(|(word, _)| json["type"] == *word).unwrap();
            assert_eq!(names(table), json.as_object().unwrap().keys().map(String::as_str).collect(), "{json}");
        }
        agrees(
            &SURVEY,
            &Survey {
                title: "t".into(),
                introduction: "i".into(),
                mode: SurveyMode::Named,
                invitation: Some("i".into()),
                questions: vec![],
            },
        );
    }
}
