//! Functions of dates.

use crate::value::Value;
use turnabout_plugin_sdk::date::Moment;

/// A value as a date: a number is days since 1970, a text is read, a truth is none.
pub(crate) fn moment(value: &Value, offset_minutes: i32) -> Option<Moment> {
    match value {
        Value::Date(moment) => Some(*moment),
        Value::Number(days) => Moment::new(*days, offset_minutes),
        Value::Text(text) => Moment::read(text, offset_minutes),
        Value::Truth(_) => None,
    }
}
