//! `pairs()`: the pairs there are now, or those that have met.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec};
use crate::{decide::Deciding, run::Pair};
use turnabout_model::Value;

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "pairs",
        required: &[],
        optional: &[Parameter {
            name: "options",
            holds: "#{ met: true for those that have met at least once, also those that have ended since }",
        }],
        label: None,
        immediate: false,
        returns: "the pairs that have not ended, or those that have met: a list of #{id, mentor, mentee}",
        about: "Says which pairs there are now, or which have met.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("pairs", call.arguments);
    arguments.only(0, &["met"])?;
    let met = match arguments.option(0, "met")? {
        None => false,
        Some(Value::Bool(met)) => *met,
        Some(other) => {
            let message = format!("pairs: met must be true or false, not {}", other.kind());
            return Err(VerbError::new("script::bad_argument", message));
        }
    };
    let wanted = |pair: &&Pair| if met { pair.meetings > 0 } else { pair.ended.is_none() };
    let pairs = d.run().pairs.iter().filter(wanted).map(Pair::value).collect();
    Ok(Decided::Value(Value::List(pairs)))
}
