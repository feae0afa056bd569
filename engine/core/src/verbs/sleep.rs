//! `sleep(period)` and `sleep_until(moment)`: the script waits for a time. Deadlines are absolute once they are set.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec};
use crate::decide::Deciding;
use turnabout_model::{Value, Wait};

pub(super) static SLEEP: Verb = Verb {
    spec: VerbSpec {
        name: "sleep",
        required: &[Parameter { name: "period", holds: "a period such as weeks(5)" }],
        optional: &[],
        label: None,
        immediate: false,
        returns: "#{timed_out: true}",
        about: "Waits for a period. In a race it is the time limit.",
    },
    decide: sleep,
};

pub(super) static SLEEP_UNTIL: Verb = Verb {
    spec: VerbSpec {
        name: "sleep_until",
        required: &[Parameter { name: "moment", holds: "a moment" }],
        optional: &[],
        label: None,
        immediate: false,
        returns: "#{timed_out: true}",
        about: "Waits until a moment; one that has passed is no wait.",
    },
    decide: sleep_until,
};

fn sleep(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let period = Arguments::new("sleep", call.arguments).period(0, "the period")?;
    Ok(Decided::Wait(Wait::Until(period.after(d.counts_from(), &d.run().zone))))
}

fn sleep_until(_: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    match Arguments::new("sleep_until", call.arguments).at(0) {
        Value::Instant(at) => Ok(Decided::Wait(Wait::Until(*at))),
        other => {
            let message = format!("sleep_until: the moment must be a moment, not {}", other.kind());
            Err(VerbError::new("script::bad_argument", message).help("For a length of time use sleep(weeks(5))."))
        }
    }
}
