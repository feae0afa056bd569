//! The shape of `programme.toml`.

use super::{DIARY, LENGTH, LENGTH_OR_NONE, LINE, MANY, NAME, NAMES, TEXTS};
use crate::{
    document::{Field, Shape, TableShape},
    formats,
};

/// `programme.toml`.
pub(crate) static PROGRAMME: Shape = Shape::Table(&TableShape {
    what: "programme.toml",
    fields: &[&[
        Field::required(
            "name",
            "the template's name, by which a server and `run start --template` know it",
            Shape::Format(formats::name),
            "name = \"police\"",
        ),
        Field::required(
            "version",
            "its version, for people: runs are pinned by content, not by this",
            Shape::Text,
            "version = \"1.0\"",
        ),
        Field::required(
            "summary",
            "one sentence on what it is: `programme.summary` in messages",
            Shape::Text,
            "summary = \"Six months of reverse mentoring for a police force\"",
        ),
        Field::required(
            "purpose",
            "why an organisation runs it: what should be different afterwards, and for whom",
            Shape::Text,
            "purpose = \"Leaders learn what work is like for their youngest staff\"",
        ),
        Field::required(
            "length",
            "how long it lasts, for people who choose a template; the script itself decides when it ends",
            LENGTH,
            "length = \"6 months\"",
        ),
        Field::required(
            "licence",
            "under what licence others may use the template",
            Shape::Text,
            "licence = \"MIT OR Apache-2.0\"",
        ),
        Field::optional("lineage", "what it was forked from; `turnabout fork` and `upstream update` write it", LINEAGE),
        Field::optional(
            "time_zone",
            "the zone of a run unless the client names another; `Europe/London` without it",
            Shape::Format(formats::time_zone),
        ),
        Field::optional(
            "measures",
            "`false` for a programme that refuses measurement: then no figure is computed",
            Shape::Switch,
        ),
        Field::optional(
            "settings",
            "what a client may change; a script reads `settings.NAME`, a message `{{settings.NAME}}`",
            Shape::Map { names: formats::identifier, of: &SETTING },
        ),
        Field::optional(
            "attributes",
            "what is asked about people: the columns of the list of people that rules and reports use",
            Shape::Map { names: formats::label, of: &ATTRIBUTE },
        ),
        Field::optional("diary", "days on which nothing is planned", DIARY),
        Field::optional(
            "sessions",
            "the diary: what `hold(\"NAME\", ...)` can plan",
            Shape::Map { names: formats::label, of: &SESSION },
        ),
        Field::optional("gates", "what people must have been to or signed before they are matched or meet", GATES),
        Field::optional("pace", "how much people may be written to", PACE),
        Field::optional(
            "plugins",
            "the rules and logics it uses, each with the hash of its component: `plugin build --into` writes it",
            Shape::Map { names: formats::label, of: &Shape::Format(formats::sha256) },
        ),
        Field::optional(
            "matching",
            "the plans that `match_pairs(\"NAME\", ...)` can follow",
            Shape::Map { names: formats::label, of: &MATCHING },
        ),
        Field::optional("risk", "how pairs that may need help are found; without it nobody looks", RISK),
        Field::optional(
            "waivers",
            "warnings of good practice that do not apply here, each with its reason",
            Shape::List { of: &WAIVER, least: 0, most: MANY },
        ),
    ]],
});

const TYPE: Field = Field::required("type", "what kind of value it holds", Shape::Text, "type = \"integer\"");
const HELP: Field =
    Field::required("help", "what it does, for the person who sets it", Shape::Text, "help = \"How often pairs meet\"");
const INTEGER: Shape = Shape::Integer { least: i64::MIN, most: i64::MAX };
const NUMBER: Shape = Shape::Number { least: f64::NEG_INFINITY, most: f64::INFINITY };

/// A setting, by its `type`.
pub(crate) static SETTING: Shape = Shape::Tagged(&[
    (
        "integer",
        &TableShape {
            what: "a setting of type 'integer'",
            fields: &[&[
                TYPE,
                HELP,
                Field::required("default", "the value where a client sets none", INTEGER, "default = 6"),
                Field::optional("least", "the least that may be set", INTEGER),
                Field::optional("most", "the most that may be set", INTEGER),
            ]],
        },
    ),
    (
        "number",
        &TableShape {
            what: "a setting of type 'number'",
            fields: &[&[
                TYPE,
                HELP,
                Field::required("default", "the value where a client sets none", NUMBER, "default = 0.5"),
                Field::optional("least", "the least that may be set", NUMBER),
                Field::optional("most", "the most that may be set", NUMBER),
            ]],
        },
    ),
    (
        "switch",
        &TableShape {
            what: "a setting of type 'switch'",
            fields: &[&[
                TYPE,
                HELP,
                Field::required("default", "the value where a client sets none", Shape::Switch, "default = true"),
            ]],
        },
    ),
    (
        "text",
        &TableShape {
            what: "a setting of type 'text'",
            fields: &[&[
                TYPE,
                HELP,
                Field::required("default", "the value where a client sets none", Shape::AnyText, "default = \"\""),
            ]],
        },
    ),
    (
        "choice",
        &TableShape {
            what: "a setting of type 'choice'",
            fields: &[&[
                TYPE,
                HELP,
                Field::required(
                    "default",
                    "the value where a client sets none: one of the choices",
                    Shape::Text,
                    "default = \"video\"",
                ),
                Field::required(
                    "choices",
                    "the words one of which can be set",
                    TEXTS,
                    "choices = [\"video\", \"in person\"]",
                ),
            ]],
        },
    ),
    (
        "period",
        &TableShape {
            what: "a setting of type 'period'",
            fields: &[&[
                TYPE,
                HELP,
                Field::required("default", "the value where a client sets none", LENGTH, "default = \"5 weeks\""),
            ]],
        },
    ),
]);

const PACE: Shape = Shape::Table(&TableShape {
    what: "[pace]",
    fields: &[&[Field::optional(
        "most_messages_per_week",
        "the most letters to one person in seven days, without those that answer what they did; a rehearsal that has more is warned of, and no letter is held back",
        Shape::Integer { least: 1, most: 100 },
    )]],
});

static ATTRIBUTE: Shape = Shape::Table(&TableShape {
    what: "an attribute",
    fields: &[&[
        Field::required(
            "kind",
            "one number, one word, or several words (`a;b` in a list of people)",
            Shape::Word(&["number", "category", "set"]),
            "kind = \"set\"",
        ),
        Field::required(
            "help",
            "what it is, for the person who fills it in",
            Shape::Text,
            "help = \"Topics to talk about\"",
        ),
        Field::optional(
            "special",
            "`true` for special-category data: used only with the person's consent, and shown to nobody",
            Shape::Switch,
        ),
    ]],
});

static SESSION: Shape = Shape::Table(&TableShape {
    what: "a session",
    fields: &[&[
        Field::required(
            "kind",
            "what it is: `training`, `engagement`, `speed-dating`, `drop-in`, `group-call`, `focus-group`, `interview`, `celebration` or a word of your own; reports and good practice go by it",
            NAME,
            "kind = \"training\"",
        ),
        Field::required("title", "what people see in letters and calendars", LINE, "title = \"Training for mentors\""),
        Field::required("lasts", "how long it lasts", LENGTH, "lasts = \"2 hours\""),
        Field::optional(
            "notice",
            "how far ahead people are invited: it is planned no earlier than this after the script asks; two weeks without it",
            LENGTH_OR_NONE,
        ),
        Field::optional(
            "weekday",
            "the day of the week it is planned for; any without it",
            Shape::Word(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
        ),
        Field::optional("at", "the local time it starts; 10:00 without it", Shape::Format(formats::time_of_day)),
        Field::optional("invitation", "the message that invites to it", NAME),
        Field::optional("reminder", "the message that reminds of it", NAME),
        Field::optional("remind_before", "how long before it the reminder goes out; two days without it", LENGTH),
    ]],
});

const LINEAGE: Shape = Shape::Table(&TableShape {
    what: "the lineage",
    fields: &[&[
        Field::required("template", "the upstream's name", Shape::Format(formats::name), "template = \"police\""),
        Field::required("version", "the upstream's version when it was last taken", Shape::Text, "version = \"1.0\""),
        Field::required(
            "hash",
            "the content hash of the upstream's files then",
            Shape::Format(formats::content_hash),
            "hash = \"64 hexadecimal digits\"",
        ),
    ]],
});

const GATES: Shape = Shape::Table(&TableShape {
    what: "[gates]",
    fields: &[&[
        Field::optional("match_mentor", "sessions that a mentor must have attended to be matched", NAMES),
        Field::optional("match_mentee", "sessions that a mentee must have attended to be matched", NAMES),
        Field::optional("meet_mentor", "sessions that a mentor must have attended before a meeting is recorded", NAMES),
        Field::optional("meet_mentee", "sessions that a mentee must have attended before a meeting is recorded", NAMES),
        Field::optional(
            "meet_signed",
            "agreements that both of a pair must have signed before a meeting is recorded",
            NAMES,
        ),
    ]],
});

static MATCHING: Shape = Shape::Table(&TableShape {
    what: "a matching plan",
    fields: &[&[
        Field::required(
            "solver",
            "how pairs are chosen: [the solvers](../how-to/match.md#the-solvers)",
            Shape::Word(&["optimal", "elected", "stable"]),
            "solver = \"optimal\"",
        ),
        Field::optional(
            "mentor_places",
            "the mentors' attribute, a number, that says how many mentees one can have; one without it",
            NAME,
        ),
        Field::optional(
            "mentee_places",
            "the mentees' attribute, a number, that says how many mentors one can have; one without it",
            NAME,
        ),
        Field::optional(
            "choices_last",
            "how long ranked choices count after their survey closed; for good without it",
            LENGTH,
        ),
        Field::required(
            "rules",
            "what scores and vetoes: [the rules](../how-to/match.md#the-rules-that-are-there)",
            Shape::List { of: &RULE, least: 0, most: MANY },
            "rules = []",
        ),
    ]],
});

static RULE: Shape = Shape::Table(&TableShape {
    what: "a rule",
    fields: &[&[
        Field::required("plugin", "the rule: a name of `[plugins]`", NAME, "plugin = \"shared-topics\""),
        Field::required(
            "weight",
            "how much its score counts; 0 for a rule that only vetoes",
            Shape::Number { least: 0.0, most: f64::INFINITY },
            "weight = 1.0",
        ),
        Field::optional(
            "settings",
            "the rule's own settings, as its README says",
            Shape::Map { names: any_name, of: &Shape::Anything },
        ),
    ]],
});

const RISK: Shape = Shape::Table(&TableShape {
    what: "the way in which pairs at risk are found",
    fields: &[&[
        Field::required(
            "plugin",
            "the logic that reads the check-ins: a name of `[plugins]`",
            NAME,
            "plugin = \"pulse-risk\"",
        ),
        Field::required(
            "survey",
            "the survey whose waves are the check-ins; its mode is `named`",
            NAME,
            "survey = \"check-in\"",
        ),
        Field::optional(
            "settings",
            "the logic's own settings: which answers are signals",
            Shape::Map { names: any_name, of: &Shape::Anything },
        ),
    ]],
});

static WAIVER: Shape = Shape::Table(&TableShape {
    what: "a waiver",
    fields: &[&[
        Field::required(
            "lint",
            "the code that is waived, of [good practice](practice.md)",
            Shape::Text,
            "lint = \"audit::no_reminders\"",
        ),
        Field::required(
            "reason",
            "why it does not apply here, for whoever reads the template next",
            Shape::Text,
            "reason = \"The trust's own calendar reminds people\"",
        ),
    ]],
});

/// A plugin names its settings as it likes.
#[allow(clippy::unnecessary_wraps)] // it is a `Format`
fn any_name(_: &str) -> Result<(), formats::Complaint> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{agrees, names};
    use turnabout_model::{
        Attribute, Gates, MatchingPlan, Programme, RiskPlan, RuleUse, SessionKind, SettingKind, Waiver,
    };

    #[test]
    fn the_shape_has_every_field_of_the_model() {
        let json = serde_json::json!({
            "name": "a", "version": "1", "summary": "s", "purpose": "p", "length": "1 month", "licence": "l",
        });
        let mut programme = serde_json::from_value::<Programme>(json).unwrap();
        let risk = RiskPlan { plugin: "p".into(), survey: "s".into(), settings: serde_json::Map::new() };
        agrees(&RISK, &risk);
        programme.risk = Some(risk);
        let lineage =
            turnabout_model::Lineage { template: "t".into(), version: "1".into(), hash: "0".repeat(64).into() };
        agrees(&LINEAGE, &lineage);
        programme.lineage = Some(lineage);
        programme.pace.most_messages_per_week = Some(5);
        agrees(&PACE, &programme.pace);
        programme.diary.free.push("12-25".parse().unwrap());
        agrees(&DIARY, &programme.diary);
        agrees(&PROGRAMME, &programme);
        let session = serde_json::json!({ "kind": "k", "title": "t", "lasts": "1 hour", "weekday": "monday",
            "invitation": "i", "reminder": "r" });
        agrees(&SESSION, &serde_json::from_value::<SessionKind>(session).unwrap());
        agrees(&GATES, &Gates::default());
        let rule = RuleUse { plugin: "p".into(), weight: 1.0, settings: serde_json::Map::new() };
        agrees(&RULE, &rule);
        let mut plan = MatchingPlan::new(turnabout_model::SolverKind::Optimal, vec![rule]);
        plan.mentor_places = Some("places".into());
        plan.mentee_places = Some("places".into());
        plan.choices_last = Some(turnabout_model::Period::weeks(8));
        agrees(&MATCHING, &plan);
        agrees(&WAIVER, &Waiver { lint: "l".into(), reason: "r".into() });
        let kind = turnabout_model::AttributeKind::Set;
        agrees(&ATTRIBUTE, &Attribute { kind, help: "h".into(), special: false });
    }

    #[test]
    fn the_shape_has_every_type_of_setting() {
        let help = String::from("h");
        for setting in [
            SettingKind::Integer { default: 1, least: None, most: None, help: help.clone() },
            SettingKind::Number { default: 1.0, least: None, most: None, help: help.clone() },
            SettingKind::Switch { default: true, help: help.clone() },
            SettingKind::Text { default: String::new(), help: help.clone() },
            SettingKind::Choice { default: "a".into(), choices: vec!["a".into()], help: help.clone() },
            SettingKind::Period { default: turnabout_model::Period::weeks(1), help: help.clone() },
        ] {
            let json = serde_json::to_value(&setting).unwrap();
            let Shape::Tagged(kinds) = &SETTING else { panic!() };
            let (_, table) = kinds.iter().find(|(word, _)| json["type"] == *word).unwrap();
            assert_eq!(names(table), json.as_object().unwrap().keys().map(String::as_str).collect(), "{json}");
        }
    }
}
