//! `alumni()`: who completed an earlier run and stands by.

use super::{Decided, Verb, VerbCall, VerbError, VerbSpec};
use crate::decide::Deciding;
use turnabout_model::Value;

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "alumni",
        required: &[],
        optional: &[],
        label: None,
        immediate: false,
        returns: "a list of participants; none in a run that renews no other",
        about: "Says which alumni of the run before stand by now. They get messages and come to sessions, and are neither \
                matched nor surveyed.",
    },
    decide,
};

#[allow(clippy::unnecessary_wraps)] // the signature of every verb
fn decide(d: &mut Deciding<'_>, _: &VerbCall<'_>) -> Result<Decided, VerbError> {
    Ok(Decided::Value(Value::List(d.run().alumni().map(|alumnus| Value::text(alumnus.id)).collect())))
}
