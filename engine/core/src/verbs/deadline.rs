//! When a step's waiting ends by itself, as its arguments say.

use super::{Arguments, VerbError};
use jiff::{Timestamp, tz::TimeZone};
use turnabout_model::{Period, Value};

/// When what was opened at a moment closes by itself: as the option `closes` says, or after 2 weeks, applications after 4.
pub(super) fn closes(
    verb: &str,
    arguments: &[Value],
    from: Timestamp,
    zone: &TimeZone,
) -> Result<Timestamp, VerbError> {
    let default = if verb == "recruit" { Period::weeks(4) } else { Period::weeks(2) };
    let place = options_of(verb);
    let arguments = Arguments::new(verb, arguments);
    let default = Value::Period(default);
    arguments.moment(arguments.option(place, "closes")?.unwrap_or(&default), "closes", from, zone)
}

/// When the waiting of a step that was asked for at a moment ends by itself; nothing if it does not, or if its arguments
/// are wrong.
pub(crate) fn deadline(verb: &str, arguments: &[Value], from: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    match (verb, arguments) {
        ("sleep", given) => Arguments::new("sleep", given).period(0, "the period").ok().map(|p| p.after(from, zone)),
        ("sleep_until", [Value::Instant(at)]) => Some(*at),
        ("recruit" | "survey" | "agree", given) => closes(verb, given, from, zone).ok(),
        _ => None,
    }
}

/// Tells whether a step's waiting is counted from when it was asked for: then it moves on with a pause, and a date stays.
/// `arguments` are what the script passes, if it still comes past the step.
pub(crate) fn is_counted(verb: &str, arguments: Option<&[Value]>) -> bool {
    match verb {
        "sleep" => true,
        "recruit" | "survey" | "agree" => {
            let closes = |given| Arguments::new(verb, given).option(options_of(verb), "closes").ok().flatten();
            !matches!(arguments.and_then(closes), Some(Value::Instant(_)))
        }
        _ => false,
    }
}

/// The place of a verb's options.
fn options_of(verb: &str) -> usize {
    if verb == "recruit" { 1 } else { 2 }
}
