//! `signal(name, about)`: the script waits for a letter.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, arguments::pair_of};
use crate::decide::Deciding;
use turnabout_model::{SignalSubject, Value, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "signal",
        required: &[Parameter { name: "name", holds: "text: the name of the signal" }],
        optional: &[Parameter { name: "about", holds: "a pair or a participant; the run by default" }],
        label: Some(0),
        immediate: false,
        returns: "what the signal carries",
        about: "Waits for a signal from outside. One that came before the script asked counts.",
    },
    decide,
};

fn decide(_: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("signal", call.arguments);
    let name = arguments.text(0, "the name")?;
    let about = arguments.at(1);
    let subject = match about {
        Value::Null => SignalSubject::Run,
        Value::Text(id) => SignalSubject::Participant(
            id.parse().map_err(|error| VerbError::new("script::bad_argument", format!("signal: {error}")))?,
        ),
        other => SignalSubject::Pair(pair_of(other).ok_or_else(|| {
            let message = format!("signal: it can be about a pair or a participant, not {}", other.kind());
            VerbError::new("script::bad_argument", message)
        })?),
    };
    Ok(Decided::Wait(Wait::Signal { name: name.into(), subject }))
}
