//! The shape of `rehearsals/NAME.toml`.

use super::{LENGTH, LENGTH_OR_NONE, MANY, TEXTS};
use crate::{
    document::{Field, Shape, TableShape},
    formats,
    limits::MAX_REHEARSED,
};

/// A rehearsal.
pub(crate) static REHEARSAL: Shape = Shape::Table(&TableShape {
    what: "a rehearsal",
    fields: &[&[
        Field::required("summary", Shape::Text, "summary = \"A calm year\""),
        Field::required("starts", Shape::Format(formats::date), "starts = 2026-10-05"),
        Field::optional("seed", Shape::Integer { least: 0, most: i64::MAX }),
        Field::optional("settings", Shape::Map { names: formats::identifier, of: &Shape::Plain }),
        Field::required("cohort", COHORT, "[cohort]"),
        Field::optional("personas", PERSONAS),
        Field::optional("expect", Shape::List { of: &EXPECTATION, least: 0, most: MANY }),
    ]],
});

const PEOPLE: Shape = Shape::Integer { least: 0, most: MAX_REHEARSED };
const RECIPES: Shape = Shape::Map { names: formats::label, of: &RECIPE };

const COHORT: Shape = Shape::Table(&TableShape {
    what: "[cohort]",
    fields: &[&[
        Field::required("mentors", PEOPLE, "mentors = 12"),
        Field::required("mentees", PEOPLE, "mentees = 12"),
        Field::optional("mentor", RECIPES),
        Field::optional("mentee", RECIPES),
    ]],
});

static RECIPE: Shape = Shape::Table(&TableShape {
    what: "the recipe of an attribute",
    fields: &[&[
        Field::required("from", TEXTS, "from = [\"inclusion\", \"careers\"]"),
        Field::optional("pick", Shape::Integer { least: 1, most: 1_000 }),
    ]],
});

const RATE: Shape = Shape::Number { least: 0.0, most: 1.0 };

const PERSONAS: Shape = Shape::Table(&TableShape {
    what: "[personas]",
    fields: &[&[
        Field::optional("attendance", RATE),
        Field::optional("response_rate", RATE),
        Field::optional("response_delay", LENGTH_OR_NONE),
        Field::optional("signs", RATE),
        Field::optional("application_delay", LENGTH_OR_NONE),
        Field::optional("meets_every", LENGTH),
        Field::optional("meeting_jitter", RATE),
        Field::optional("slips", RATE),
        Field::optional("withdrawal_rate", RATE),
        Field::optional("concern_rate", RATE),
        Field::optional("coordinator_delay", LENGTH_OR_NONE),
        Field::optional("cancellation_rate", RATE),
    ]],
});

const COUNT: Shape = Shape::Integer { least: 0, most: i64::MAX };

static EXPECTATION: Shape = Shape::Table(&TableShape {
    what: "an expectation",
    fields: &[&[
        Field::required("say", Shape::Text, "say = \"everybody is paired\""),
        Field::optional("count", Shape::Text),
        Field::optional("is", COUNT),
        Field::optional("at_least", COUNT),
        Field::optional("at_most", COUNT),
        Field::optional("order", Shape::List { of: &Shape::Text, least: 0, most: MANY }),
    ]],
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::agrees;
    use turnabout_model::{AttributeRecipe, Expectation, Personas, RehearsalPlan};

    #[test]
    fn the_shape_has_every_field_of_the_model() {
        let plan =
            serde_json::json!({ "summary": "s", "starts": "2026-10-05", "cohort": { "mentors": 1, "mentees": 1 } });
        let plan = serde_json::from_value::<RehearsalPlan>(plan).unwrap();
        agrees(&REHEARSAL, &plan);
        agrees(&COHORT, &plan.cohort);
        agrees(&PERSONAS, &Personas::default());
        agrees(&RECIPE, &AttributeRecipe { from: vec![], pick: 1 });
        agrees(
            &EXPECTATION,
            &Expectation {
                say: "s".into(),
                count: Some("pairs".into()),
                is: Some(1),
                at_least: Some(1),
                at_most: Some(1),
                order: vec!["pairs".into()],
            },
        );
    }
}
