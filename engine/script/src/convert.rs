//! Values across the border: plain data only.

use jiff::Timestamp;
use rhai::{Dynamic, ImmutableString};
use smol_str::SmolStr;
use turnabout_model::{Period, Value};

/// Values nested deeper than this do not cross: it also ends a list that contains itself.
const DEEPEST: usize = 32;

/// Turns a script's value into plain data, or says what can't cross.
pub(crate) fn to_value(dynamic: &Dynamic) -> Result<Value, String> {
    to_value_at(dynamic, 0)
}

fn to_value_at(dynamic: &Dynamic, depth: usize) -> Result<Value, String> {
    if depth > DEEPEST {
        return Err(format!("the value is nested more than {DEEPEST} levels deep"));
    }
    if dynamic.is_unit() {
        return Ok(Value::Null);
    }
    if let Ok(value) = dynamic.as_bool() {
        return Ok(value.into());
    }
    if let Ok(value) = dynamic.as_int() {
        return Ok(value.into());
    }
    if let Ok(value) = dynamic.as_float() {
        if value.is_finite() {
            return Ok(value.into());
        }
        return Err(format!("{value} is no number that can be kept"));
    }
    if let Some(text) = dynamic.read_lock::<ImmutableString>() {
        return Ok(Value::Text(SmolStr::new(text.as_str())));
    }
    if let Some(list) = dynamic.read_lock::<rhai::Array>() {
        return list.iter().map(|item| to_value_at(item, depth + 1)).collect::<Result<Vec<_>, _>>().map(Value::List);
    }
    if let Some(map) = dynamic.read_lock::<rhai::Map>() {
        let fields = map.iter().map(|(name, value)| {
            if name.starts_with('$') {
                return Err(format!("the name '{name}' begins with $, which is kept for moments and periods"));
            }
            Ok((SmolStr::new(name.as_str()), to_value_at(value, depth + 1)?))
        });
        return fields.collect::<Result<_, String>>().map(Value::Map);
    }
    if let Some(at) = dynamic.read_lock::<Timestamp>() {
        return Ok(Value::Instant(*at));
    }
    if let Some(period) = dynamic.read_lock::<Period>() {
        return Ok(Value::Period(*period));
    }
    if let Ok(character) = dynamic.as_char() {
        return Ok(Value::text(character));
    }
    Err(format!("{} can't be kept: pass text, numbers, periods, lists or maps", called(dynamic)))
}

/// What a value that can't be kept is called by people who read scripts.
fn called(dynamic: &Dynamic) -> &str {
    let name = dynamic.type_name();
    match name {
        "Fn" => "a closure",
        _ if name.contains("Range") => "a range such as 0..10",
        _ if name.contains("::") => "this value",
        _ => name,
    }
}

/// Turns plain data into a script's value.
pub(crate) fn to_dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Text(text) => ImmutableString::from(text.as_str()).into(),
        Value::Instant(at) => Dynamic::from(*at),
        Value::Period(period) => Dynamic::from(*period),
        Value::List(items) => Dynamic::from_array(items.iter().map(to_dynamic).collect()),
        Value::Map(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.as_str().into(), to_dynamic(value)));
            Dynamic::from_map(fields.collect())
        }
    }
}
