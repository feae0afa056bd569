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
    let (place, default) = if verb == "recruit" { (1, Period::weeks(4)) } else { (2, Period::weeks(2)) };
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
