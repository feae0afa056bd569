//! The shape of `surveys/NAME.toml`.

use super::{LENGTH, LINE, MANY, NAME, NAMES};
use crate::{
    document::{Field, Shape, TableShape},
    formats,
    limits::{MAX_CHOICES, MAX_QUESTIONS},
};
use turnabout_model::Threshold;

/// A survey.
pub(crate) static SURVEY: Shape = Shape::Table(&TableShape {
    what: "a survey",
    fields: &[&[
        Field::required("title", "what people see", SAID_IN_A_LINE, "title = \"Half-way\""),
        Field::required(
            "introduction",
            "what it is for and who reads the answers, above the questions",
            SAID,
            "introduction = \"Six questions; nobody sees single answers\"",
        ),
        Field::optional(
            "purpose",
            "what the answers are used for, in a sentence, shown at launch and beside results",
            SAID,
        ),
        Field::optional(
            "mode",
            "who can be connected with an answer: `confidential`, kept by id and shown in figures alone; `anonymous`, kept without any key; `named`, which the programme itself reads, such as a ballot. `confidential` without it",
            Shape::Word(&["confidential", "anonymous", "named"]),
        ),
        Field::optional("invitation", "the message that invites to it", NAME),
        Field::optional("reminder", "the message to whoever has not answered", NAME),
        Field::optional(
            "remind_before",
            "how long before it closes the reminder goes out; three days without it",
            LENGTH,
        ),
        Field::optional(
            "logic",
            "the plugin that decides what is asked: a name of `[plugins]`; the standard `form-logic` without it",
            NAME,
        ),
        Field::optional("default_language", "the language of plain texts; `en` without it", LANGUAGE),
        Field::optional(
            "languages",
            "the languages that every text has to have",
            Shape::List { of: &LANGUAGE, least: 1, most: MANY },
        ),
        // The type is a byte, and so many people are in no programme.
        Field::optional(
            "threshold",
            "how many people have to be in a result before anybody sees it; 11 without it",
            Shape::Integer { least: Threshold::LEAST as i64, most: u8::MAX as i64 },
        ),
        Field::optional(
            "by",
            "by what results may be broken down: `role` or attributes, the most important first",
            NAMES,
        ),
        Field::optional("licence", "under what licence the questions are used", Shape::Text),
        Field::optional("attribution", "whose questions they are", Shape::Text),
        Field::optional(
            "requires_permission",
            "`true` if their owner has to permit their use: then `permission` is needed",
            Shape::Switch,
        ),
        Field::optional("permission", "who permitted it, and when", Shape::Text),
        Field::required(
            "questions",
            "what is asked, in order",
            Shape::List { of: &QUESTION, least: 1, most: MAX_QUESTIONS },
            "[[questions]]",
        ),
        Field::optional(
            "scales",
            "what several answers measure together",
            Shape::List { of: &SCALE, least: 0, most: MANY },
        ),
    ]],
});

static LANGUAGE: Shape = Shape::Format(formats::language);
static ANSWER: Shape = Shape::Format(formats::answer);
static LINE_SHAPE: Shape = LINE;
/// A text that people read, in one language or in several.
const SAID: Shape = Shape::Either(&[Shape::Text, Shape::Map { names: formats::language, of: &Shape::Text }]);
static SAID_SHAPE: Shape = SAID;
const SAID_IN_A_LINE: Shape = Shape::Either(&[LINE, Shape::Map { names: formats::language, of: &LINE_SHAPE }]);

const NAMED: Field = Field::required(
    "name",
    "its name: in answers, in expressions as `${name}`, and in figures",
    Shape::Format(formats::answer),
    "name = \"trust\"",
);
const TYPE: Field = Field::required("type", "what kind of question it is", Shape::Text, "type = \"likert\"");
const ASKED: &[Field] = &[
    NAMED,
    Field::required(
        "text",
        "what is asked; a text, or one for each language",
        SAID,
        "text = \"I can say what I think\"",
    ),
    TYPE,
    RELEVANT,
];
const UNSAID: &[Field] =
    &[NAMED, Field::optional("text", "a heading; a text, or one for each language", SAID), TYPE, RELEVANT];
const RELEVANT: Field = Field::optional(
    "relevant",
    "an expression that says whether it is asked, such as `${met} = 'yes'`; asked without it",
    Shape::Text,
);
const CALCULATION: Field =
    Field::optional("calculation", "an expression whose value is the answer: nobody then gives one", Shape::Text);
const ANSWERED: &[Field] = &[
    Field::optional(
        "required",
        "whether it has to be answered, or an expression that says so; no without it",
        Shape::Either(&[Shape::Switch, Shape::Text]),
    ),
    Field::optional("required_message", "what is said when it is left out", SAID),
    Field::optional("constraint", "an expression that an answer must make true; `.` is the answer", Shape::Text),
    Field::optional("constraint_message", "what is said when it does not", SAID),
    CALCULATION,
];
/// Of answers that may be passed on.
const PASSED_ON: &[Field] = &[Field::optional(
    "consent",
    "the `single` question, with choices among `named`, `unnamed` and `no`, that says whether this answer may be passed on",
    Shape::Format(formats::answer),
)];
const CHOICES: &[Field] = &[Field::required(
    "choices",
    "what can be chosen: texts, or `{ name, label }`",
    Shape::List { of: &CHOICE, least: 1, most: MAX_CHOICES },
    "choices = [\"yes\", \"no\"]",
)];
const RANKED: &[Field] = &[Field::optional(
    "choices",
    "what is ranked; without them it is a ballot, in which people of the other side are, several in one place if they like",
    Shape::List { of: &CHOICE, least: 1, most: MAX_CHOICES },
)];
const LIKERT: &[Field] = &[
    Field::optional("points", "how many points the answer has; 5 without it", Shape::Integer { least: 2, most: 11 }),
    Field::optional(
        "labels",
        "what the points are called, from the first to the last",
        Shape::List { of: &SAID_SHAPE, least: 2, most: 11 },
    ),
    Field::optional(
        "statements",
        "what is agreed with, each with an answer of its own; without them the question itself has the answer",
        Shape::List { of: &STATEMENT, least: 1, most: MAX_CHOICES },
    ),
];
const INTEGER: Shape = Shape::Integer { least: i64::MIN, most: i64::MAX };
const NUMBER: Shape = Shape::Number { least: f64::NEG_INFINITY, most: f64::INFINITY };
const WHOLE: &[Field] = &[
    Field::optional("least", "the least that may be answered", INTEGER),
    Field::optional("most", "the most that may be answered", INTEGER),
];
const BROKEN: &[Field] = &[
    Field::optional("least", "the least that may be answered", NUMBER),
    Field::optional("most", "the most that may be answered", NUMBER),
];
const COMPUTED: &[Field] = &[Field::required(
    "calculation",
    "the expression that computes it; it is not shown",
    Shape::Text,
    "calculation = \"${days} div 7\"",
)];

/// A question, by its `type`.
static QUESTION: Shape = Shape::Tagged(&[
    ("single", &TableShape { what: "a question of type 'single'", fields: &[ASKED, ANSWERED, CHOICES, PASSED_ON] }),
    ("multiple", &TableShape { what: "a question of type 'multiple'", fields: &[ASKED, ANSWERED, CHOICES, PASSED_ON] }),
    ("likert", &TableShape { what: "a question of type 'likert'", fields: &[ASKED, ANSWERED, LIKERT] }),
    ("text", &TableShape { what: "a question of type 'text'", fields: &[ASKED, ANSWERED, PASSED_ON] }),
    ("integer", &TableShape { what: "a question of type 'integer'", fields: &[ASKED, ANSWERED, WHOLE] }),
    ("decimal", &TableShape { what: "a question of type 'decimal'", fields: &[ASKED, ANSWERED, BROKEN] }),
    ("date", &TableShape { what: "a question of type 'date'", fields: &[ASKED, ANSWERED] }),
    ("note", &TableShape { what: "a note", fields: &[ASKED] }),
    (
        "group",
        &TableShape {
            what: "a group of questions",
            fields: &[
                UNSAID,
                // Inside this static, since it names it.
                &[Field::required(
                    "questions",
                    "what belongs together, in order: any types, groups too",
                    Shape::List { of: &QUESTION, least: 1, most: MAX_QUESTIONS },
                    "[[questions.questions]]",
                )],
            ],
        },
    ),
    ("ranking", &TableShape { what: "a question of type 'ranking'", fields: &[ASKED, ANSWERED, RANKED] }),
    ("avoid", &TableShape { what: "a question of type 'avoid'", fields: &[ASKED, ANSWERED] }),
    ("calculate", &TableShape { what: "a computed value", fields: &[UNSAID, COMPUTED] }),
]);

static CHOICE: Shape = Shape::Either(&[
    Shape::Text,
    Shape::Table(&TableShape {
        what: "a choice",
        fields: &[&[
            Field::required(
                "name",
                "what an answer holds, without spaces",
                Shape::Format(formats::choice),
                "name = \"yes\"",
            ),
            Field::required("label", "what people see", SAID, "label = \"Yes\""),
        ]],
    }),
]);

static STATEMENT: Shape = Shape::Table(&TableShape {
    what: "a statement",
    fields: &[&[NAMED, Field::required("label", "what is agreed with", SAID, "label = \"I am heard\"")]],
});

static SCALE: Shape = Shape::Table(&TableShape {
    what: "a scale",
    fields: &[&[
        NAMED,
        Field::required(
            "items",
            "the names of its answers: agreement, numbers, computed values, or choices whose names are numbers",
            Shape::List { of: &ANSWER, least: 1, most: MANY },
            "items = [\"heard\", \"held_back\"]",
        ),
        Field::optional(
            "reverse",
            "those of its items that are worded the other way round",
            Shape::List { of: &ANSWER, least: 0, most: MANY },
        ),
        Field::optional(
            "score",
            "the mean of the answered items, or their sum; the mean without it",
            Shape::Word(&["mean", "sum"]),
        ),
        Field::optional(
            "least",
            "how many items must be answered for a score; all without it",
            Shape::Integer { least: 1, most: u32::MAX as i64 },
        ),
    ]],
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{agrees, names};
    use turnabout_model::{Choice, Condition, Question, QuestionKind, Scale, Score, Statement, Survey, Text};

    fn full(kind: QuestionKind) -> Question {
        Question {
            required: Condition::Always,
            required_message: Some("r".into()),
            relevant: Some("x".into()),
            constraint: Some("x".into()),
            constraint_message: Some("c".into()),
            calculation: Some("x".into()),
            consent: Some("x".into()),
            ..Question::new("q", "t", kind)
        }
    }

    #[test]
    fn the_shape_has_every_field_and_type_of_the_model() {
        let choices = vec![Choice::plain("a")];
        let statements = vec![Statement { name: "s".into(), label: "s".into() }];
        let kinds = [
            QuestionKind::Single { choices: choices.clone() },
            QuestionKind::Multiple { choices: choices.clone() },
            QuestionKind::Likert { points: 5, labels: vec![Text::default()], statements },
            QuestionKind::Text,
            QuestionKind::Integer { least: Some(1), most: Some(2) },
            QuestionKind::Decimal { least: Some(1.0), most: Some(2.0) },
            QuestionKind::Date,
            QuestionKind::Note,
            QuestionKind::Group { questions: vec![] },
            QuestionKind::Ranking { choices },
            QuestionKind::Avoid,
            QuestionKind::Calculate,
        ];
        let Shape::Tagged(shapes) = &QUESTION else { panic!() };
        assert_eq!(shapes.len(), kinds.len());
        for kind in kinds {
            let json = serde_json::to_value(full(kind.clone())).unwrap();
            let (_, table) = shapes.iter().find(|(word, _)| json["type"] == *word).unwrap();
            let mut keys: std::collections::BTreeSet<_> =
                json.as_object().unwrap().keys().map(String::as_str).collect();
            // What has no answer can have none that is required, wrong or computed; what is computed can't be missing.
            let unanswered = matches!(kind, QuestionKind::Note | QuestionKind::Group { .. });
            if unanswered || kind == QuestionKind::Calculate {
                keys.retain(|key| !key.starts_with("required") && !key.starts_with("constraint"));
            }
            if unanswered {
                keys.remove("calculation");
            }
            // Only words and choices are passed on.
            if !matches!(json["type"].as_str(), Some("text" | "single" | "multiple")) {
                keys.remove("consent");
            }
            assert_eq!(names(table), keys, "{json}");
        }
    }

    #[test]
    fn the_survey_and_its_parts_have_every_field_of_the_model() {
        let mut survey = Survey::new("t", "i", vec![]);
        survey.purpose = Some("p".into());
        survey.invitation = Some("i".into());
        survey.reminder = Some("r".into());
        survey.remind_before = turnabout_model::Period::days(1);
        survey.languages = vec!["en".into()];
        survey.by = vec!["role".into()];
        survey.logic = "l".into();
        survey.licence = Some("l".into());
        survey.attribution = Some("a".into());
        survey.requires_permission = true;
        survey.permission = Some("p".into());
        let scale = Scale {
            name: "s".into(),
            items: vec!["a".into()],
            reverse: vec!["a".into()],
            score: Score::Sum,
            least: Some(1),
        };
        agrees(&SCALE, &scale);
        agrees(&STATEMENT, &Statement { name: "s".into(), label: "s".into() });
        survey.scales = vec![scale];
        agrees(&SURVEY, &survey);
    }
}
