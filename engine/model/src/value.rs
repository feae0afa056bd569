//! The plain data that crosses between scripts, journal and plugins.

use crate::Period;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeMap};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A value a script can pass to a verb or receive from one.
///
/// In JSON an instant is `{"$instant": "2026-03-02T10:00:00Z"}` and a period is `{"$period": "5 weeks"}`; everything else
/// is itself. Ids are text.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing: rhai's `()`.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number; never NaN in a journal.
    Float(f64),
    /// Text, also ids.
    Text(SmolStr),
    /// A moment in UTC.
    Instant(Timestamp),
    /// A length of time on the calendar.
    Period(Period),
    /// Values in order.
    List(Vec<Value>),
    /// Named values, sorted by name so that equal maps have equal bytes.
    Map(BTreeMap<SmolStr, Value>),
}

impl Value {
    /// Builds text from anything that displays, typically an id.
    pub fn text(of: impl std::fmt::Display) -> Self {
        Self::Text(smol_str::format_smolstr!("{of}"))
    }

    /// Builds a map from names and values.
    pub fn map<const N: usize>(fields: [(&str, Value); N]) -> Self {
        Self::Map(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// Returns the named field, if this is a map that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Map(fields) => fields.get(name),
            _ => None,
        }
    }

    /// Returns the text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the list, if this is one.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// How many lists and maps lie around the innermost value: 0 for a value that is neither.
    pub fn depth(&self) -> usize {
        match self {
            Self::List(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            Self::Map(fields) => 1 + fields.values().map(Self::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// Says what kind of value this is, in the words of an error message.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Int(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Instant(_) => "a moment",
            Self::Period(_) => "a period",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}
from!(bool => Bool, i64 => Int, u32 => Int, f64 => Float, &str => Text, SmolStr => Text, String => Text,
      Timestamp => Instant, Period => Period, Vec<Value> => List);

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(value) => serializer.serialize_i64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Instant(value) => tagged(serializer, "$instant", value),
            Self::Period(value) => tagged(serializer, "$period", value),
            Self::List(items) => items.serialize(serializer),
            Self::Map(fields) => fields.serialize(serializer),
        }
    }
}

fn tagged<S: Serializer>(serializer: S, tag: &str, value: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, value)?;
    map.end()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::try_from(serde_json::Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl TryFrom<serde_json::Value> for Value {
    type Error = String;

    fn try_from(json: serde_json::Value) -> Result<Self, String> {
        use serde_json::Value as Json;
        Ok(match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Self::Int(whole),
                (None, Some(float)) if float.is_finite() => Self::Float(float),
                _ => return Err(format!("{number} is too large a number")),
            },
            Json::String(text) => Self::Text(text.into()),
            Json::Array(items) => Self::List(items.into_iter().map(Self::try_from).collect::<Result<_, _>>()?),
            Json::Object(fields) => {
                if fields.len() == 1 {
                    if let Some(Json::String(text)) = fields.get("$instant") {
                        return text.parse().map(Self::Instant).map_err(|e| format!("'{text}' is no moment: {e}"));
                    }
                    if let Some(Json::String(text)) = fields.get("$period") {
                        return text.parse().map(Self::Period).map_err(|e: crate::PeriodError| e.to_string());
                    }
                }
                if let Some(name) = fields.keys().find(|name| name.starts_with('$')) {
                    return Err(format!("the name '{name}' begins with $, which is kept for $instant and $period"));
                }
                let fields = fields.into_iter().map(|(name, value)| Ok((name.into(), Self::try_from(value)?)));
                Self::Map(fields.collect::<Result<_, String>>()?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_json() {
        let value = Value::map([
            ("nothing", Value::Null),
            ("on", true.into()),
            ("n", 3_i64.into()),
            ("share", 0.5.into()),
            ("exact", (5.0 / 11.0).into()),
            ("id", Value::text(crate::PairId(3))),
            ("when", "2026-03-02T10:00:00Z".parse::<Timestamp>().unwrap().into()),
            ("for", "5 weeks".parse::<Period>().unwrap().into()),
            ("list", vec![Value::Null, 1_i64.into()].into()),
        ]);
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
    }

    #[test]
    fn what_would_read_back_as_something_else_is_refused() {
        for json in [r#"{"$period": "soon"}"#, r#"{"$instant": 1}"#, r#"{"$instant": "2026-01-01T00:00:00Z", "b": 1}"#]
        {
            assert!(serde_json::from_str::<Value>(json).is_err(), "{json}");
        }
    }
}
