//! `now()`: the moment at which the script first asked, and the same for ever after.

use super::{Decided, Verb, VerbCall, VerbError, VerbSpec};
use crate::decide::Deciding;

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "now",
        required: &[],
        optional: &[],
        label: None,
        immediate: true,
        returns: "a moment",
        about: "Says what time it is. The answer is journaled, so that a replay gets the same.",
    },
    decide,
};

#[allow(clippy::unnecessary_wraps)] // the signature of every verb
fn decide(d: &mut Deciding<'_>, _: &VerbCall<'_>) -> Result<Decided, VerbError> {
    Ok(Decided::Value(d.context().now.into()))
}
