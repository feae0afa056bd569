//! `send(message, to, about)`: a message goes into the outbox for each recipient.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, arguments::pair_of};
use crate::decide::Deciding;
use std::collections::BTreeMap;
use turnabout_model::Value;

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "send",
        required: &[
            Parameter { name: "message", holds: "text: a message of the template" },
            Parameter { name: "to", holds: "people, a pair, a cohort, or \"coordinator\", \"sponsor\" or \"contact\"" },
        ],
        optional: &[Parameter { name: "about", holds: "a pair, or a map of ids that the message may speak of" }],
        label: Some(0),
        immediate: true,
        returns: "nothing",
        about: "Sends a message to each recipient once. People who have withdrawn get none.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("send", call.arguments);
    let name = arguments.text(0, "the message")?;
    let bundle = d.context().bundle;
    if !bundle.messages.contains_key(name) {
        return Err(VerbError::unknown("message", name, bundle.messages.keys()));
    }
    let to = arguments.recipients(1, "to")?;
    let about = match (arguments.at(2), arguments.at(1)) {
        (Value::Null, to) => pair_of(to).map_or(Value::Null, |pair| Value::map([("pair", Value::text(pair))])),
        (about, _) => ids(about),
    };
    d.queue(name, &to, &about);
    Ok(Decided::Value(Value::Null))
}

/// Keeps what a message may speak of: ids. A pair becomes its id; a session or wave is known by its own field.
fn ids(about: &Value) -> Value {
    let mut kept = BTreeMap::new();
    if let Some(pair) = pair_of(about) {
        kept.insert("pair".into(), Value::text(pair));
    } else if let Value::Map(fields) = about {
        for (name, value) in fields {
            if let Some(pair) = pair_of(value) {
                kept.insert(name.clone(), Value::text(pair));
            } else if matches!(value, Value::Text(_) | Value::Int(_) | Value::Instant(_)) {
                kept.insert(name.clone(), value.clone());
            }
        }
    }
    Value::Map(kept)
}
