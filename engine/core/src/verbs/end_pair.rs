//! `end_pair(pair, reason)`: the pair is over.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec};
use crate::decide::Deciding;
use turnabout_model::Value;

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "end_pair",
        required: &[
            Parameter { name: "pair", holds: "a pair" },
            Parameter { name: "reason", holds: "text: a word for the records, such as \"completed\"" },
        ],
        optional: &[],
        label: None,
        immediate: true,
        returns: "nothing",
        about: "Ends a pair, and every other journey about it. The journey that asks goes on.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("end_pair", call.arguments);
    let pair = arguments.pair(0)?;
    let reason = arguments.text(1, "the reason")?;
    if d.run().pair(pair).is_some_and(|pair| pair.ended.is_none()) {
        d.end_pair(pair, reason, Some(call.journey));
    }
    Ok(Decided::Value(Value::Null))
}
