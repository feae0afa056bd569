//! Settings: what a client may change in a template without touching its script.

use crate::{Period, PeriodError, Value};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// What a setting may hold, with its bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SettingKind {
    /// A whole number.
    Integer {
        /// The default.
        default: i64,
        /// The least value.
        #[serde(default)]
        least: Option<i64>,
        /// The most.
        #[serde(default)]
        most: Option<i64>,
        /// What it does, for the person who sets it.
        help: String,
    },
    /// A number.
    Number {
        /// The default.
        default: f64,
        /// The least value.
        #[serde(default)]
        least: Option<f64>,
        /// The most.
        #[serde(default)]
        most: Option<f64>,
        /// What it does.
        help: String,
    },
    /// Yes or no.
    Switch {
        /// The default.
        default: bool,
        /// What it does.
        help: String,
    },
    /// Text.
    Text {
        /// The default.
        default: String,
        /// What it does.
        help: String,
    },
    /// One of several words.
    Choice {
        /// The default.
        default: SmolStr,
        /// The words.
        choices: Vec<SmolStr>,
        /// What it does.
        help: String,
    },
    /// A length of time.
    Period {
        /// The default.
        default: Period,
        /// What it does.
        help: String,
    },
}

/// A setting of a template.
pub type Setting = SettingKind;

/// Why a value is not accepted for a setting.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SettingError {
    /// Another type.
    #[error("setting '{name}' wants {expected}, not {found}")]
    Kind {
        /// The setting.
        name: SmolStr,
        /// What it wants.
        expected: &'static str,
        /// What was given.
        found: &'static str,
    },
    /// Outside its bounds or choices.
    #[error("setting '{name}' is {found}; it must be {bounds}")]
    Bounds {
        /// The setting.
        name: SmolStr,
        /// What was given.
        found: String,
        /// What is allowed.
        bounds: String,
    },
    /// No such setting.
    #[error("this template has no setting '{name}'; it has {known}")]
    Unknown {
        /// The setting.
        name: SmolStr,
        /// The names there are.
        known: String,
    },
}

impl SettingKind {
    /// The value it has when nobody sets it.
    pub fn default_value(&self) -> Value {
        match self {
            Self::Integer { default, .. } => (*default).into(),
            Self::Number { default, .. } => (*default).into(),
            Self::Switch { default, .. } => (*default).into(),
            Self::Text { default, .. } => default.as_str().into(),
            Self::Choice { default, .. } => default.clone().into(),
            Self::Period { default, .. } => (*default).into(),
        }
    }

    /// What it does, for the person who sets it.
    pub fn help(&self) -> &str {
        match self {
            Self::Integer { help, .. }
            | Self::Number { help, .. }
            | Self::Switch { help, .. }
            | Self::Text { help, .. }
            | Self::Choice { help, .. }
            | Self::Period { help, .. } => help,
        }
    }

    /// What may be written there, in words: `a whole number from 4 to 12`.
    pub fn wants(&self) -> String {
        fn between<T: std::fmt::Display>(what: &str, least: Option<&T>, most: Option<&T>) -> String {
            let from = least.map(|least| format!(" from {least}")).unwrap_or_default();
            let to = most.map(|most| format!(" to {most}")).unwrap_or_default();
            format!("{what}{from}{to}")
        }
        match self {
            Self::Integer { least, most, .. } => between("a whole number", least.as_ref(), most.as_ref()),
            Self::Number { least, most, .. } => between("a number", least.as_ref(), most.as_ref()),
            Self::Switch { .. } => "true or false".into(),
            Self::Text { .. } => "a text".into(),
            Self::Choice { choices, .. } => {
                let choices: Vec<String> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
                format!("one of {}", choices.join(", "))
            }
            Self::Period { .. } => "a length of time, such as \"5 weeks\"".into(),
        }
    }

    /// Checks a value against type and bounds and returns it in its stored form.
    pub fn accept(&self, name: &str, value: &Value) -> Result<Value, SettingError> {
        let wrong = |expected| SettingError::Kind { name: name.into(), expected, found: value.kind() };
        let outside = |found: String, bounds: String| Err(SettingError::Bounds { name: name.into(), found, bounds });
        match (self, value) {
            (Self::Integer { least, most, .. }, Value::Int(n)) => {
                if least.is_some_and(|l| *n < l) || most.is_some_and(|m| *n > m) {
                    return outside(n.to_string(), bounds(least.as_ref(), most.as_ref()));
                }
                Ok(value.clone())
            }
            (Self::Number { least, most, .. }, Value::Int(_) | Value::Float(_)) => {
                #[allow(clippy::cast_precision_loss)] // a setting a person writes is far below 2^52
                let n = match value {
                    Value::Int(n) => *n as f64,
                    Value::Float(n) => *n,
                    _ => return Err(wrong("a number")),
                };
                if !n.is_finite() || least.is_some_and(|l| n < l) || most.is_some_and(|m| n > m) {
                    return outside(n.to_string(), bounds(least.as_ref(), most.as_ref()));
                }
                Ok(n.into())
            }
            (Self::Switch { .. }, Value::Bool(_)) | (Self::Text { .. }, Value::Text(_)) => Ok(value.clone()),
            (Self::Choice { choices, .. }, Value::Text(word)) => {
                if choices.contains(word) {
                    return Ok(value.clone());
                }
                outside(format!("'{word}'"), format!("one of {}", choices.join(", ")))
            }
            (Self::Period { .. }, Value::Period(period)) if period.is_positive() => Ok(value.clone()),
            (Self::Period { .. }, Value::Period(period)) => outside(format!("'{period}'"), TOO_SHORT.into()),
            (Self::Period { .. }, Value::Text(text)) => match text.parse::<Period>() {
                Ok(period) if period.is_positive() => Ok(period.into()),
                Ok(_) => outside(format!("'{text}'"), TOO_SHORT.into()),
                Err(PeriodError::TooLong(_)) => {
                    outside(format!("'{text}'"), "a length of time of a hundred years at most".into())
                }
                Err(PeriodError::Unreadable(_)) => {
                    outside(format!("'{text}'"), "a length of time such as '5 weeks'".into())
                }
            },
            (Self::Integer { .. }, _) => Err(wrong("a whole number")),
            (Self::Number { .. }, _) => Err(wrong("a number")),
            (Self::Switch { .. }, _) => Err(wrong("true or false")),
            (Self::Text { .. }, _) => Err(wrong("text")),
            (Self::Choice { .. }, _) => Err(wrong("one of its words")),
            (Self::Period { .. }, _) => Err(wrong("a length of time such as '5 weeks'")),
        }
    }
}

/// What a length of time has to be that is none, or leads backwards.
const TOO_SHORT: &str = "a length of time longer than none, such as '5 weeks'";

fn bounds<T: std::fmt::Display>(least: Option<&T>, most: Option<&T>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("from {least} to {most}"),
        (Some(least), None) => format!("{least} or more"),
        (None, Some(most)) => format!("{most} or less"),
        (None, None) => "a finite number".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_says_what_it_accepts() {
        let months =
            SettingKind::Integer { default: 6, least: Some(1), most: Some(24), help: "How long it lasts".into() };
        assert_eq!(months.accept("months", &4_i64.into()), Ok(Value::Int(4)));
        assert_eq!(
            months.accept("months", &40_i64.into()).unwrap_err().to_string(),
            "setting 'months' is 40; it must be from 1 to 24"
        );
        assert_eq!(
            months.accept("months", &"six".into()).unwrap_err().to_string(),
            "setting 'months' wants a whole number, not text"
        );
        let rhythm = SettingKind::Period { default: Period::weeks(4), help: "How often pairs meet".into() };
        assert_eq!(rhythm.accept("rhythm", &"5 weeks".into()), Ok(Period::weeks(5).into()));
        for (text, expect) in [
            ("-5 weeks", "a length of time longer than none, such as '5 weeks'"),
            ("0 days", "a length of time longer than none, such as '5 weeks'"),
            ("500 years", "a length of time of a hundred years at most"),
            ("often", "a length of time such as '5 weeks'"),
        ] {
            let said = rhythm.accept("rhythm", &text.into()).unwrap_err().to_string();
            assert_eq!(said, format!("setting 'rhythm' is '{text}'; it must be {expect}"));
        }
        assert!(
            rhythm.accept("rhythm", &Period::default().into()).unwrap_err().to_string().contains("longer than none")
        );
    }
}
