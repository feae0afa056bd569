//! Prefers a mentor from another site: change this into your own rule.

use turnabout_plugin_sdk::{
    Attribute, Categories, ColumnKind, Description, Failure, Part, ReasonText, Rule, Table, Verdict,
};

/// What a template may set; a field for every property of `settings.schema.json`, with the same defaults.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The attribute, on both sides.
    pub attribute: String,
    /// Whether people who are alike are never paired.
    pub veto_same: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { attribute: "site".into(), veto_same: false }
    }
}

/// The rule, with everyone's values.
#[derive(Debug)]
pub struct MyPlugin {
    veto_same: bool,
    mentors: Categories,
    mentees: Categories,
}

/// What is not declared here is never passed. `{attribute}` is the attribute that the setting names.
const READS: &[Attribute] = &[Attribute { name: "{attribute}", kind: ColumnKind::Category }];

impl Rule for MyPlugin {
    type Settings = Settings;

    const DESCRIPTION: Description = Description {
        id: "my-plugin",
        version: env!("CARGO_PKG_VERSION"),
        mentor_attributes: READS,
        mentee_attributes: READS,
        settings_schema: include_str!("../settings.schema.json"),
        reasons: &[
            ReasonText { code: "same", text: "They are alike in what they should differ in." },
            ReasonText { code: "different", text: "They differ in what they should differ in." },
        ],
    };

    fn prepare(settings: Settings, mut mentors: Table, mut mentees: Table) -> Result<Self, Failure> {
        Ok(Self {
            veto_same: settings.veto_same,
            mentors: mentors.take_categories(&settings.attribute)?,
            mentees: mentees.take_categories(&settings.attribute)?,
        })
    }

    fn pair(&self, mentor: usize, mentee: usize) -> Verdict {
        match self.mentors.get(mentor).zip(self.mentees.get(mentee)) {
            Some((mentor, mentee)) if mentor == mentee => {
                if self.veto_same { Verdict::Veto("same") } else { Verdict::Score(0.0) }
            }
            Some(_) => Verdict::Score(1.0),
            None => Verdict::Score(0.5), // it is not known
        }
    }

    fn explain(&self, mentor: usize, mentee: usize) -> Vec<Part> {
        match self.pair(mentor, mentee) {
            Verdict::Veto(code) => vec![Part { code, weight: 0.0 }],
            Verdict::Score(weight) if weight > 0.5 => vec![Part { code: "different", weight }],
            Verdict::Score(_) => Vec::new(),
        }
    }
}

turnabout_plugin_sdk::export_rule!(MyPlugin);
