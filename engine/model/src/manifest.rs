//! The manifest of a template: `programme.toml`.

use crate::{Diary, Lineage, Period, SessionKind, Setting};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A template's manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The template's name: lower case, digits and hyphens.
    pub name: SmolStr,
    /// Its version, for people.
    pub version: SmolStr,
    /// The upstream, if it is a fork.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
    /// One sentence on what it is.
    pub summary: String,
    /// Why the organisation runs it: EMCC's first standard.
    pub purpose: String,
    /// How long it lasts.
    pub length: Period,
    /// The licence of the template.
    pub licence: String,
    /// The IANA time zone a run has unless the client sets another.
    #[serde(default = "london")]
    pub time_zone: SmolStr,
    /// False if the programme refuses measurement: then the engine computes none.
    #[serde(default = "yes")]
    pub measures: bool,
    /// What a client may change, by name.
    #[serde(default)]
    pub settings: BTreeMap<SmolStr, Setting>,
    /// What the template asks about people, by attribute name.
    #[serde(default)]
    pub attributes: BTreeMap<SmolStr, Attribute>,
    /// The days on which no session is planned.
    #[serde(default, skip_serializing_if = "Diary::is_open")]
    pub diary: Diary,
    /// The diary: kinds of session by the name that scripts use.
    #[serde(default)]
    pub sessions: BTreeMap<SmolStr, SessionKind>,
    /// What has to have happened before people are matched or meet.
    #[serde(default)]
    pub gates: Gates,
    /// How much people are written to.
    #[serde(default, skip_serializing_if = "Pace::is_open")]
    pub pace: Pace,
    /// The plugins by id, with the SHA-256 of their component.
    #[serde(default)]
    pub plugins: BTreeMap<SmolStr, SmolStr>,
    /// The plans that `match_pairs` names.
    #[serde(default)]
    pub matching: BTreeMap<SmolStr, MatchingPlan>,
    /// How pairs at risk are found, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<RiskPlan>,
    /// Lints of the audit that the template waives.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

fn london() -> SmolStr {
    SmolStr::new_static("Europe/London")
}

fn yes() -> bool {
    true
}

/// What an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttributeKind {
    /// A number, for example a grade.
    Number,
    /// One word, for example a department.
    Category,
    /// Several words, for example topics; separated by `;` in a CSV.
    Set,
}

/// Something the template asks about people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// What it holds.
    pub kind: AttributeKind,
    /// What it is, for the person who fills it in.
    pub help: String,
    /// Special-category data: used only with the person's consent and shown to nobody else.
    #[serde(default)]
    pub special: bool,
}

/// The sessions that people must have attended, by role, and what they must have signed, before something may happen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    /// Before a mentor is matched: names of sessions.
    #[serde(default)]
    pub match_mentor: Vec<SmolStr>,
    /// Before a mentee is matched.
    #[serde(default)]
    pub match_mentee: Vec<SmolStr>,
    /// Before a mentor meets.
    #[serde(default)]
    pub meet_mentor: Vec<SmolStr>,
    /// Before a mentee meets.
    #[serde(default)]
    pub meet_mentee: Vec<SmolStr>,
    /// Before a pair meets: names of agreements that both have signed.
    #[serde(default)]
    pub meet_signed: Vec<SmolStr>,
}

/// How much people are written to, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Messages to one person in seven days, without what answers something they did. It is held against rehearsals, and stops no message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_messages_per_week: Option<u32>,
}

impl Pace {
    /// Whether nothing is said.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// How pairs are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SolverKind {
    /// The greatest total score.
    Optimal,
    /// Mentees' ranked choices, cascading to the next when a mentor is taken by a mentee with a better score.
    Elected,
    /// Both sides' ranked choices: no two who are not paired would both rather have each other.
    Stable,
}

/// A rule in a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleUse {
    /// The id of the plugin, a key of `[plugins]`.
    pub plugin: SmolStr,
    /// How much its score counts; 0 for a rule that only vetoes.
    pub weight: f64,
    /// The rule's own settings, as it describes them.
    #[serde(default)]
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// A plan that `match_pairs` names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchingPlan {
    /// How pairs are found.
    pub solver: SolverKind,
    /// The mentors' attribute (a number) that says with how many mentees somebody can be paired; one each without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor_places: Option<SmolStr>,
    /// The mentees' attribute (a number) that says with how many mentors somebody can be paired; one each without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentee_places: Option<SmolStr>,
    /// How long ranked choices count, from when their survey closed; for good without it. Whom somebody does not want to be
    /// paired with counts for good in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices_last: Option<Period>,
    /// The rules that score and veto.
    pub rules: Vec<RuleUse>,
}

impl MatchingPlan {
    /// A plan in which everybody has one place.
    pub fn new(solver: SolverKind, rules: Vec<RuleUse>) -> Self {
        Self { solver, mentor_places: None, mentee_places: None, choices_last: None, rules }
    }
}

/// How pairs at risk are found: a logic reads the check-ins of both and raises flags, by codes and never by words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskPlan {
    /// The id of the plugin, a key of `[plugins]`.
    pub plugin: SmolStr,
    /// The survey whose waves are the check-ins. People are told that the coordinator looks at it: its mode is `named`.
    pub survey: SmolStr,
    /// The logic's own settings: which answers are signals.
    #[serde(default)]
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// A lint of the audit that does not apply here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The lint's code.
    pub lint: SmolStr,
    /// Why.
    pub reason: String,
}
