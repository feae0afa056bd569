//! A template's rehearsals: who takes part, how people behave, what must come out.

use crate::{Period, Role, Value};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A rehearsal, from `rehearsals/NAME.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RehearsalPlan {
    /// One sentence on what it tries.
    pub summary: String,
    /// The local date on which the run starts.
    pub starts: jiff::civil::Date,
    /// The seed when the command names none.
    #[serde(default = "seven")]
    pub seed: u64,
    /// Settings that differ from the defaults.
    #[serde(default)]
    pub settings: BTreeMap<SmolStr, Value>,
    /// Who takes part.
    pub cohort: CohortRecipe,
    /// How people behave.
    #[serde(default)]
    pub personas: Personas,
    /// Letters that the coordinator writes to the script.
    #[serde(default)]
    pub signals: Vec<SignalPlan>,
    /// People who leave at a given time, beside those who leave by chance.
    #[serde(default)]
    pub withdrawals: Vec<WithdrawalPlan>,
    /// People who decline their partner at a given time.
    #[serde(default)]
    pub declines: Vec<DeclinePlan>,
    /// Concerns that are raised at a given time, beside those that are raised by chance.
    #[serde(default)]
    pub concerns: Vec<ConcernPlan>,
    /// When the coordinator pauses the run, and for how long.
    #[serde(default)]
    pub pauses: Vec<PausePlan>,
    /// When no mail leaves. Only a rehearsal with an outage delivers its messages at all: at once, or after the outage.
    #[serde(default)]
    pub mail_outages: Vec<MailOutage>,
    /// What invented people write and say in its evaluation.
    #[serde(default)]
    pub words: InventedWords,
    /// What must come out.
    #[serde(default)]
    pub expect: Vec<Expectation>,
}

/// What invented people write and say, drawn by lot: an evaluation shows all of it as invented. Where there is nothing to draw
/// from, an answer or a quote has a number and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InventedWords {
    /// What people answer in free text, by survey and question.
    pub answers: BTreeMap<SmolStr, BTreeMap<SmolStr, Vec<String>>>,
    /// What focus groups and interviews speak about.
    pub themes: Vec<SmolStr>,
    /// What people say in them.
    pub quotes: Vec<String>,
    /// What the next programme should know.
    pub learning: Vec<String>,
}

impl RehearsalPlan {
    /// A calm time with seed 7, in which nothing happens but what the script and the people do, and nothing is expected.
    pub fn calm(summary: impl Into<String>, starts: jiff::civil::Date, cohort: CohortRecipe) -> Self {
        Self {
            summary: summary.into(),
            starts,
            seed: seven(),
            settings: BTreeMap::new(),
            cohort,
            personas: Personas::default(),
            signals: Vec::new(),
            withdrawals: Vec::new(),
            declines: Vec::new(),
            concerns: Vec::new(),
            pauses: Vec::new(),
            mail_outages: Vec::new(),
            words: InventedWords::default(),
            expect: Vec::new(),
        }
    }
}

fn seven() -> u64 {
    7
}

/// To what a planned signal goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignalTo {
    /// The run as a whole.
    #[default]
    Run,
    /// Every pair that has not ended, each on its own.
    Pairs,
}

/// A letter that the coordinator writes to the script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalPlan {
    /// Its name.
    pub name: SmolStr,
    /// When, counted from the start.
    pub after: Period,
    /// To what it goes.
    #[serde(default)]
    pub to: SignalTo,
    /// For how long the pairs that get it do not meet.
    #[serde(default)]
    pub quiet: Option<Period>,
}

/// Somebody in a pair leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalPlan {
    /// Who: a mentor or a mentee in a pair, by lot.
    pub role: Role,
    /// When, counted from the start.
    pub after: Period,
}

/// Somebody in a pair declines their partner, in private, and stays in the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclinePlan {
    /// Who: a mentor or a mentee in a pair, by lot.
    pub role: Role,
    /// When, counted from the start.
    pub after: Period,
}

/// Somebody says that something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConcernPlan {
    /// When, counted from the start.
    pub after: Period,
}

/// The coordinator pauses the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PausePlan {
    /// When, counted from the start.
    pub after: Period,
    /// How long it lasts.
    pub lasts: Period,
    /// Why, as the coordinator would write it.
    #[serde(default)]
    pub reason: Option<SmolStr>,
}

/// A time in which no mail leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailOutage {
    /// When it begins, counted from the start.
    pub from: Period,
    /// How long it lasts.
    pub lasts: Period,
}

/// A recipe for invented people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CohortRecipe {
    /// How many mentors.
    pub mentors: u32,
    /// How many mentees.
    pub mentees: u32,
    /// How many alumni of an earlier run stand by, of both sides in turn.
    #[serde(default)]
    pub alumni: u32,
    /// The attributes of mentors, by name: each person draws from the recipe.
    #[serde(default)]
    pub mentor: BTreeMap<SmolStr, AttributeRecipe>,
    /// The attributes of mentees.
    #[serde(default)]
    pub mentee: BTreeMap<SmolStr, AttributeRecipe>,
}

impl CohortRecipe {
    /// The attributes of one role.
    pub fn attributes(&self, role: Role) -> &BTreeMap<SmolStr, AttributeRecipe> {
        match role {
            Role::Mentor => &self.mentor,
            Role::Mentee => &self.mentee,
        }
    }
}

/// How an invented person's attribute is drawn: `pick` distinct values out of `from`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeRecipe {
    /// The values to draw from; one is drawn more often when it is listed more often.
    pub from: Vec<SmolStr>,
    /// How many to draw.
    #[serde(default = "one")]
    pub pick: u32,
}

fn one() -> u32 {
    1
}

/// How invented people behave. Rates are probabilities from 0 to 1, delays are means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Personas {
    /// How likely an invited person comes to a session.
    pub attendance: f64,
    /// How likely a person answers a survey.
    pub response_rate: f64,
    /// How long an answer or a signature takes.
    pub response_delay: Period,
    /// How likely a person signs an agreement each time they are asked: as likely as they answer a survey, if not given.
    pub signs: Option<f64>,
    /// How likely the coordinator declines an application.
    pub decline_rate: f64,
    /// How long applicants take to come forward once recruitment opens.
    pub application_delay: Period,
    /// How often a pair meets.
    pub meets_every: Period,
    /// How far a meeting strays from that rhythm, as a share of it.
    pub meeting_jitter: f64,
    /// How likely a pair lets its rhythm slip in one round: then it waits twice as long.
    pub slips: f64,
    /// How likely a participant withdraws in one month.
    pub withdrawal_rate: f64,
    /// How likely a participant raises a concern in one month.
    pub concern_rate: f64,
    /// How long the coordinator takes over a task.
    pub coordinator_delay: Period,
    /// How likely a planned session is cancelled.
    pub cancellation_rate: f64,
}

impl Default for Personas {
    fn default() -> Self {
        Self {
            attendance: 0.95,
            response_rate: 0.8,
            response_delay: Period::days(3),
            signs: None,
            decline_rate: 0.0,
            application_delay: Period::days(10),
            meets_every: Period::weeks(4),
            meeting_jitter: 0.25,
            slips: 0.1,
            withdrawal_rate: 0.0,
            concern_rate: 0.0,
            coordinator_delay: Period::days(1),
            cancellation_rate: 0.0,
        }
    }
}

/// Something that must hold after a rehearsal.
///
/// Either `count` with `is`, `at_least` or `at_most`; or `order`, a list of things each of which comes before the next.
/// A count is of the whole rehearsal, or of the time from `after` until `before`, both counted from the start.
/// Things are named `session:NAME`, `sessions:KIND`, `message:NAME`, `survey:NAME`, `agreement:NAME` (one that both have
/// signed), `agreements`, `pairs`, `meetings`, `concerns`, `withdrawals`, `declines`, `parked`, `matching`, `finished`; in
/// a rehearsal with an outage of mail also `sent:NAME`, `stale:NAME`, `stale` and `unsent`. In an order, the *last* of an
/// earlier thing comes before the *first* of a later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The sentence that is printed.
    pub say: String,
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<SmolStr>,
    /// Exactly this many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<u64>,
    /// This many or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// This many or fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
    /// Only what happened from then on, counted from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Period>,
    /// Only what happened before then, counted from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Period>,
    /// Each comes before the next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<SmolStr>,
}
