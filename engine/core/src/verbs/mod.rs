//! The durable verbs: one room each. What a script can do to the world, and nothing else can.

mod agree;
mod alumni;
mod arguments;
mod cohort;
mod deadline;
mod each;
mod end_pair;
mod hold;
mod match_pairs;
mod meeting;
mod now;
mod own;
mod pairs;
mod recruit;
mod send;
mod signal;
mod sleep;
mod spec;
mod stage;
mod survey;
mod task;

pub(crate) use agree::agreement_value;
pub use arguments::{Arguments, VerbError};
pub use cohort::{cohort_value, gate_missed};
pub(crate) use cohort::{invited, present};
pub(crate) use deadline::{deadline, is_counted};
pub use hold::diary_name;
pub(crate) use hold::{first_slot, put_in_diary};
pub(crate) use match_pairs::{is_outdated, publish};
pub use own::{Invented, OwnDecided, OwnVerb, Verbs, VerbsError};
pub use spec::{COMPOSITES, Composite, HELPERS, Parameter, VerbSpec};

use crate::decide::Deciding;
use turnabout_model::{Address, JourneyId, StepKey, Value, Wait};

/// A verb that a script asked for.
#[derive(Debug, Clone, Copy)]
pub struct VerbCall<'a> {
    /// The journey that asked.
    pub journey: JourneyId,
    /// The step's key.
    pub step: StepKey,
    /// The step's address.
    pub address: &'a Address,
    /// What the script passed.
    pub arguments: &'a [Value],
}

/// What a verb comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Decided {
    /// It has its value at once.
    Value(Value),
    /// It waits.
    Wait(Wait),
}

/// A verb: what it is called and takes, and what it does.
pub(crate) struct Verb {
    pub(crate) spec: VerbSpec,
    decide: fn(&mut Deciding<'_>, &VerbCall<'_>) -> Result<Decided, VerbError>,
}

/// Every verb but the composite ones.
static VERBS: [&Verb; 18] = [
    &recruit::VERB,
    &hold::VERB,
    &survey::VERB,
    &agree::VERB,
    &match_pairs::VERB,
    &pairs::VERB,
    &end_pair::VERB,
    &each::VERB,
    &send::VERB,
    &meeting::VERB,
    &signal::VERB,
    &task::VERB,
    &sleep::SLEEP,
    &sleep::SLEEP_UNTIL,
    &now::VERB,
    &stage::VERB,
    &cohort::VERB,
    &alumni::VERB,
];

/// What every verb is called, takes and returns, for those who register or document them.
pub fn specs() -> impl Iterator<Item = &'static VerbSpec> {
    VERBS.iter().map(|verb| &verb.spec)
}

/// Decides a verb that a script asked for.
pub(crate) fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    if let Some(verb) = VERBS.iter().find(|verb| verb.spec.name == call.address.verb) {
        return (verb.decide)(d, call);
    }
    let bundle = d.context().bundle;
    let own = bundle
        .verbs
        .find(&call.address.verb)
        .ok_or_else(|| VerbError::new("script::unknown_verb", format!("there is no verb '{}'", call.address.verb)))?;
    own::decide(d, own, call)
}
