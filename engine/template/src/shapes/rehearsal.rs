//! The shape of `rehearsals/NAME.toml`.

use super::{LENGTH, LENGTH_OR_NONE, MANY, NAME, TEXTS};
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
        Field::optional("signals", Shape::List { of: &SIGNAL, least: 0, most: MANY }),
        Field::optional("withdrawals", Shape::List { of: &WITHDRAWAL, least: 0, most: MANY }),
        Field::optional("declines", Shape::List { of: &DECLINE, least: 0, most: MANY }),
        Field::optional("concerns", Shape::List { of: &CONCERN, least: 0, most: MANY }),
        Field::optional("pauses", Shape::List { of: &PAUSE, least: 0, most: MANY }),
        Field::optional("mail_outages", Shape::List { of: &OUTAGE, least: 0, most: MANY }),
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
        Field::optional("alumni", PEOPLE),
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
        Field::optional("decline_rate", RATE),
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

const AFTER: Field = Field::required("after", LENGTH, "after = \"3 months\"");

static SIGNAL: Shape = Shape::Table(&TableShape {
    what: "a signal",
    fields: &[&[
        Field::required("name", NAME, "name = \"surge\""),
        AFTER,
        Field::optional("to", Shape::Word(&["run", "pairs"])),
        Field::optional("quiet", LENGTH),
    ]],
});

static WITHDRAWAL: Shape = Shape::Table(&TableShape {
    what: "a withdrawal",
    fields: &[&[Field::required("role", Shape::Word(&["mentor", "mentee"]), "role = \"mentor\""), AFTER]],
});

static DECLINE: Shape = Shape::Table(&TableShape {
    what: "a decline",
    fields: &[&[Field::required("role", Shape::Word(&["mentor", "mentee"]), "role = \"mentee\""), AFTER]],
});

static CONCERN: Shape = Shape::Table(&TableShape { what: "a concern", fields: &[&[AFTER]] });

static PAUSE: Shape = Shape::Table(&TableShape {
    what: "a pause",
    fields: &[&[AFTER, Field::required("lasts", LENGTH, "lasts = \"1 month\"")]],
});

static OUTAGE: Shape = Shape::Table(&TableShape {
    what: "an outage of mail",
    fields: &[&[
        Field::required("from", LENGTH, "from = \"3 months\""),
        Field::required("lasts", LENGTH, "lasts = \"1 week\""),
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
        Field::optional("after", LENGTH),
        Field::optional("before", LENGTH),
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
                after: Some(turnabout_model::Period::weeks(1)),
                before: Some(turnabout_model::Period::weeks(2)),
                order: vec!["pairs".into()],
            },
        );
        let json = serde_json::json!({ "name": "surge", "after": "1 week" });
        agrees(&SIGNAL, &serde_json::from_value::<turnabout_model::SignalPlan>(json).unwrap());
        let json = serde_json::json!({ "role": "mentor", "after": "1 week" });
        agrees(&WITHDRAWAL, &serde_json::from_value::<turnabout_model::WithdrawalPlan>(json).unwrap());
        let json = serde_json::json!({ "after": "1 week" });
        agrees(&CONCERN, &serde_json::from_value::<turnabout_model::ConcernPlan>(json).unwrap());
        let json = serde_json::json!({ "from": "1 week", "lasts": "1 week" });
        agrees(&OUTAGE, &serde_json::from_value::<turnabout_model::MailOutage>(json).unwrap());
    }
}
