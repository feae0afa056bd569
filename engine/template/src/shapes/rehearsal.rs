//! The shape of `rehearsals/NAME.toml`.

use super::{LENGTH, LENGTH_OR_NONE, LINE, MANY, NAME, TEXTS};
use crate::{
    document::{Field, Shape, TableShape},
    formats,
    limits::MAX_REHEARSED,
};

/// A rehearsal.
pub(crate) static REHEARSAL: Shape = Shape::Table(&TableShape {
    what: "a rehearsal",
    fields: &[&[
        Field::required("summary", "one sentence on what it tries", Shape::Text, "summary = \"A calm year\""),
        Field::required(
            "starts",
            "the day on which the run starts",
            Shape::Format(formats::date),
            "starts = 2026-10-05",
        ),
        Field::optional(
            "seed",
            "where chance begins: the same seed gives the same year; `--seed` goes before it",
            Shape::Integer { least: 0, most: i64::MAX },
        ),
        Field::optional(
            "settings",
            "settings that differ from the template's",
            Shape::Map { names: formats::identifier, of: &Shape::Plain },
        ),
        Field::required("cohort", "who is invented", COHORT, "[cohort]"),
        Field::optional("personas", "how invented people behave; a calm year without it", PERSONAS),
        Field::optional(
            "signals",
            "signals that the coordinator sends to the script",
            Shape::List { of: &SIGNAL, least: 0, most: MANY },
        ),
        Field::optional(
            "withdrawals",
            "people who leave at a given time, beside those who leave by chance",
            Shape::List { of: &WITHDRAWAL, least: 0, most: MANY },
        ),
        Field::optional(
            "declines",
            "pairs that one of the two declines at a given time",
            Shape::List { of: &DECLINE, least: 0, most: MANY },
        ),
        Field::optional(
            "concerns",
            "concerns at a given time, beside those raised by chance",
            Shape::List { of: &CONCERN, least: 0, most: MANY },
        ),
        Field::optional(
            "pauses",
            "when the coordinator pauses the run, and for how long",
            Shape::List { of: &PAUSE, least: 0, most: MANY },
        ),
        Field::optional(
            "mail_outages",
            "when no mail leaves; only with one does a rehearsal deliver letters at all, so that `sent:`, `stale:` and `unsent` can be counted",
            Shape::List { of: &OUTAGE, least: 0, most: MANY },
        ),
        Field::optional("words", "what invented people write and say in the evaluation, drawn by lot", WORDS),
        Field::optional(
            "expect",
            "what must come out: `turnabout test` fails when one does not hold",
            Shape::List { of: &EXPECTATION, least: 0, most: MANY },
        ),
    ]],
});

const PEOPLE: Shape = Shape::Integer { least: 0, most: MAX_REHEARSED };
const RECIPES: Shape = Shape::Map { names: formats::label, of: &RECIPE };

const COHORT: Shape = Shape::Table(&TableShape {
    what: "[cohort]",
    fields: &[&[
        Field::required("mentors", "how many mentors", PEOPLE, "mentors = 12"),
        Field::required("mentees", "how many mentees", PEOPLE, "mentees = 12"),
        Field::optional("alumni", "how many alumni of an earlier run stand by", PEOPLE),
        Field::optional("mentor", "the mentors' attributes by name, each drawn from a recipe", RECIPES),
        Field::optional("mentee", "the mentees' attributes by name", RECIPES),
    ]],
});

static RECIPE: Shape = Shape::Table(&TableShape {
    what: "the recipe of an attribute",
    fields: &[&[
        Field::required(
            "from",
            "the values to draw from; one that is listed twice is drawn twice as often",
            TEXTS,
            "from = [\"inclusion\", \"careers\"]",
        ),
        Field::optional(
            "pick",
            "how many different ones each person draws; one without it",
            Shape::Integer { least: 1, most: 1_000 },
        ),
    ]],
});

const RATE: Shape = Shape::Number { least: 0.0, most: 1.0 };

const PERSONAS: Shape = Shape::Table(&TableShape {
    what: "[personas]",
    fields: &[&[
        Field::optional("attendance", "how likely somebody invited comes to a session", RATE),
        Field::optional("response_rate", "how likely somebody answers a survey", RATE),
        Field::optional("response_delay", "how long an answer or a signature takes, in the mean", LENGTH_OR_NONE),
        Field::optional(
            "signs",
            "how likely somebody signs an agreement each time they are asked; the `response_rate` without it",
            RATE,
        ),
        Field::optional("decline_rate", "how likely the coordinator declines an application", RATE),
        Field::optional("application_delay", "how long people take to apply, in the mean", LENGTH_OR_NONE),
        Field::optional("meets_every", "how often a pair meets", LENGTH),
        Field::optional("meeting_jitter", "how far a meeting strays from that rhythm, as a share of it", RATE),
        Field::optional("slips", "how likely a pair lets one round slip, and waits twice as long", RATE),
        Field::optional("withdrawal_rate", "how likely a participant leaves in one month", RATE),
        Field::optional("concern_rate", "how likely a participant raises a concern in one month", RATE),
        Field::optional("coordinator_delay", "how long the coordinator takes over a task, in the mean", LENGTH_OR_NONE),
        Field::optional("cancellation_rate", "how likely a planned session is called off", RATE),
    ]],
});

const WORDS: Shape = Shape::Table(&TableShape {
    what: "[words]",
    fields: &[&[
        Field::optional(
            "answers",
            "what people answer in free text: by survey and question, `[words.answers.SURVEY]` and `QUESTION = [...]`",
            Shape::Map { names: formats::label, of: &Shape::Map { names: formats::answer, of: &TEXTS } },
        ),
        Field::optional("themes", "what focus groups and interviews speak about", TEXTS),
        Field::optional("quotes", "what people say in them", TEXTS),
        Field::optional("learning", "what the next programme should know", TEXTS),
    ]],
});

const AFTER: Field = Field::required("after", "when, counted from the start", LENGTH, "after = \"3 months\"");

static SIGNAL: Shape = Shape::Table(&TableShape {
    what: "a signal",
    fields: &[&[
        Field::required(
            "name",
            "the signal's name, as the script waits for it with `signal(\"NAME\")`",
            NAME,
            "name = \"surge\"",
        ),
        AFTER,
        Field::optional(
            "to",
            "the run as a whole, or every pair on its own; the run without it",
            Shape::Word(&["run", "pairs"]),
        ),
        Field::optional("quiet", "for how long the pairs that get it do not meet", LENGTH),
    ]],
});

static WITHDRAWAL: Shape = Shape::Table(&TableShape {
    what: "a withdrawal",
    fields: &[&[
        Field::required(
            "role",
            "which side leaves: somebody in a pair, by lot",
            Shape::Word(&["mentor", "mentee"]),
            "role = \"mentor\"",
        ),
        AFTER,
    ]],
});

static DECLINE: Shape = Shape::Table(&TableShape {
    what: "a decline",
    fields: &[&[
        Field::required(
            "role",
            "which side declines: somebody in a pair, by lot",
            Shape::Word(&["mentor", "mentee"]),
            "role = \"mentee\"",
        ),
        AFTER,
    ]],
});

static CONCERN: Shape = Shape::Table(&TableShape { what: "a concern", fields: &[&[AFTER]] });

static PAUSE: Shape = Shape::Table(&TableShape {
    what: "a pause",
    fields: &[&[
        AFTER,
        Field::required("lasts", "how long it lasts", LENGTH, "lasts = \"1 month\""),
        Field::optional("reason", "why, as the coordinator would write it", LINE),
    ]],
});

static OUTAGE: Shape = Shape::Table(&TableShape {
    what: "an outage of mail",
    fields: &[&[
        Field::required("from", "when it begins, counted from the start", LENGTH, "from = \"3 months\""),
        Field::required("lasts", "how long it lasts", LENGTH, "lasts = \"1 week\""),
    ]],
});

const COUNT: Shape = Shape::Integer { least: 0, most: i64::MAX };

static EXPECTATION: Shape = Shape::Table(&TableShape {
    what: "an expectation",
    fields: &[&[
        Field::required(
            "say",
            "the sentence that is printed with the verdict",
            Shape::Text,
            "say = \"everybody is paired\"",
        ),
        Field::optional("count", "what is counted: [every countable thing](#what-a-rehearsal-can-count)", Shape::Text),
        Field::optional("is", "exactly this many", COUNT),
        Field::optional("at_least", "this many or more", COUNT),
        Field::optional("at_most", "this many or fewer", COUNT),
        Field::optional("after", "count only from then on, from the start of the run", LENGTH),
        Field::optional("before", "count only until then, from the start of the run", LENGTH),
        Field::optional(
            "order",
            "in place of a count: things of which the last of each comes before the first of the next",
            Shape::List { of: &Shape::Text, least: 0, most: MANY },
        ),
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
