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
        Field::required("name", Shape::Format(formats::name), "name = \"police\""),
        Field::required("version", Shape::Text, "version = \"1.0\""),
        Field::required("summary", Shape::Text, "summary = \"Six months of reverse mentoring for a police force\""),
        Field::required(
            "purpose",
            Shape::Text,
            "purpose = \"Leaders learn what work is like for their youngest staff\"",
        ),
        Field::required("length", LENGTH, "length = \"6 months\""),
        Field::required("licence", Shape::Text, "licence = \"MIT OR Apache-2.0\""),
        Field::optional("lineage", LINEAGE),
        Field::optional("time_zone", Shape::Format(formats::time_zone)),
        Field::optional("measures", Shape::Switch),
        Field::optional("settings", Shape::Map { names: formats::identifier, of: &SETTING }),
        Field::optional("attributes", Shape::Map { names: formats::label, of: &ATTRIBUTE }),
        Field::optional("diary", DIARY),
        Field::optional("sessions", Shape::Map { names: formats::label, of: &SESSION }),
        Field::optional("gates", GATES),
        Field::optional("pace", PACE),
        Field::optional("plugins", Shape::Map { names: formats::label, of: &Shape::Format(formats::sha256) }),
        Field::optional("matching", Shape::Map { names: formats::label, of: &MATCHING }),
        Field::optional("risk", RISK),
        Field::optional("waivers", Shape::List { of: &WAIVER, least: 0, most: MANY }),
    ]],
});

const TYPE: Field = Field::required("type", Shape::Text, "type = \"integer\"");
const HELP: Field = Field::required("help", Shape::Text, "help = \"How often pairs meet\"");
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
                Field::required("default", INTEGER, "default = 6"),
                Field::optional("least", INTEGER),
                Field::optional("most", INTEGER),
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
                Field::required("default", NUMBER, "default = 0.5"),
                Field::optional("least", NUMBER),
                Field::optional("most", NUMBER),
            ]],
        },
    ),
    (
        "switch",
        &TableShape {
            what: "a setting of type 'switch'",
            fields: &[&[TYPE, HELP, Field::required("default", Shape::Switch, "default = true")]],
        },
    ),
    (
        "text",
        &TableShape {
            what: "a setting of type 'text'",
            fields: &[&[TYPE, HELP, Field::required("default", Shape::AnyText, "default = \"\"")]],
        },
    ),
    (
        "choice",
        &TableShape {
            what: "a setting of type 'choice'",
            fields: &[&[
                TYPE,
                HELP,
                Field::required("default", Shape::Text, "default = \"video\""),
                Field::required("choices", TEXTS, "choices = [\"video\", \"in person\"]"),
            ]],
        },
    ),
    (
        "period",
        &TableShape {
            what: "a setting of type 'period'",
            fields: &[&[TYPE, HELP, Field::required("default", LENGTH, "default = \"5 weeks\"")]],
        },
    ),
]);

const PACE: Shape = Shape::Table(&TableShape {
    what: "[pace]",
    fields: &[&[Field::optional("most_messages_per_week", Shape::Integer { least: 1, most: 100 })]],
});

static ATTRIBUTE: Shape = Shape::Table(&TableShape {
    what: "an attribute",
    fields: &[&[
        Field::required("kind", Shape::Word(&["number", "category", "set"]), "kind = \"set\""),
        Field::required("help", Shape::Text, "help = \"Topics to talk about\""),
        Field::optional("special", Shape::Switch),
    ]],
});

static SESSION: Shape = Shape::Table(&TableShape {
    what: "a session",
    fields: &[&[
        Field::required("kind", NAME, "kind = \"training\""),
        Field::required("title", LINE, "title = \"Training for mentors\""),
        Field::required("lasts", LENGTH, "lasts = \"2 hours\""),
        Field::optional("notice", LENGTH_OR_NONE),
        Field::optional(
            "weekday",
            Shape::Word(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
        ),
        Field::optional("at", Shape::Format(formats::time_of_day)),
        Field::optional("invitation", NAME),
        Field::optional("reminder", NAME),
        Field::optional("remind_before", LENGTH),
    ]],
});

const LINEAGE: Shape = Shape::Table(&TableShape {
    what: "the lineage",
    fields: &[&[
        Field::required("template", Shape::Format(formats::name), "template = \"police\""),
        Field::required("version", Shape::Text, "version = \"1.0\""),
        Field::required("hash", Shape::Format(formats::sha256), "hash = \"64 hexadecimal digits\""),
    ]],
});

const GATES: Shape = Shape::Table(&TableShape {
    what: "[gates]",
    fields: &[&[
        Field::optional("match_mentor", NAMES),
        Field::optional("match_mentee", NAMES),
        Field::optional("meet_mentor", NAMES),
        Field::optional("meet_mentee", NAMES),
        Field::optional("meet_signed", NAMES),
    ]],
});

static MATCHING: Shape = Shape::Table(&TableShape {
    what: "a matching plan",
    fields: &[&[
        Field::required("solver", Shape::Word(&["optimal", "elected", "stable"]), "solver = \"optimal\""),
        Field::optional("mentor_places", NAME),
        Field::optional("mentee_places", NAME),
        Field::optional("choices_last", LENGTH),
        Field::required("rules", Shape::List { of: &RULE, least: 0, most: MANY }, "rules = []"),
    ]],
});

static RULE: Shape = Shape::Table(&TableShape {
    what: "a rule",
    fields: &[&[
        Field::required("plugin", NAME, "plugin = \"shared-topics\""),
        Field::required("weight", Shape::Number { least: 0.0, most: f64::INFINITY }, "weight = 1.0"),
        Field::optional("settings", Shape::Map { names: any_name, of: &Shape::Anything }),
    ]],
});

const RISK: Shape = Shape::Table(&TableShape {
    what: "the way in which pairs at risk are found",
    fields: &[&[
        Field::required("plugin", NAME, "plugin = \"pulse-risk\""),
        Field::required("survey", NAME, "survey = \"check-in\""),
        Field::optional("settings", Shape::Map { names: any_name, of: &Shape::Anything }),
    ]],
});

static WAIVER: Shape = Shape::Table(&TableShape {
    what: "a waiver",
    fields: &[&[
        Field::required("lint", Shape::Text, "lint = \"audit::no_reminders\""),
        Field::required("reason", Shape::Text, "reason = \"The trust's own calendar reminds people\""),
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
