//! `meeting(pair)`: the script waits until the pair says that it met.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec};
use crate::{decide::Deciding, run::MEETING};
use turnabout_model::{SignalSubject, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "meeting",
        required: &[Parameter { name: "pair", holds: "a pair" }],
        optional: &[],
        label: None,
        immediate: false,
        returns: "#{meeting, on, minutes, timed_out}",
        about: "Waits for the pair's next meeting. One that was recorded before the script asked counts.",
    },
    decide,
};

fn decide(_: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let pair = Arguments::new("meeting", call.arguments).pair(0)?;
    Ok(Decided::Wait(Wait::Signal { name: MEETING, subject: SignalSubject::Pair(pair) }))
}
