//! `pairs()`: the pairs there are now.

use super::{Decided, Verb, VerbCall, VerbError, VerbSpec};
use crate::{decide::Deciding, run::Pair};
use turnabout_model::Value;

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "pairs",
        required: &[],
        optional: &[],
        label: None,
        immediate: false,
        returns: "the pairs that have not ended: a list of #{id, mentor, mentee}",
        about: "Says which pairs there are now.",
    },
    decide,
};

#[allow(clippy::unnecessary_wraps)] // the signature of every verb
fn decide(d: &mut Deciding<'_>, _: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let pairs = d.run().pairs.iter().filter(|pair| pair.ended.is_none()).map(Pair::value).collect();
    Ok(Decided::Value(Value::List(pairs)))
}
