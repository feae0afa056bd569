//! One cell of a CSV of people.

use crate::{
    formats::shown,
    limits::{MAX_SET_VALUES, MAX_VALUE_CHARS},
};
use smol_str::SmolStr;
use turnabout_model::AttributeKind;

/// What is wrong with a cell, and what to do.
pub(super) type Wrong = (String, String);

/// Undoes the guard that the export puts before a formula.
pub(super) fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if super::write::is_dangerous(rest) => rest,
        _ => cell,
    }
}

/// Splits the values of a set.
pub(super) fn set(cell: &str) -> Vec<&str> {
    let mut values: Vec<&str> = Vec::new();
    for value in cell.split(';').map(str::trim).filter(|value| !value.is_empty()) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Reads the value of an attribute; none if the cell is empty.
pub(super) fn attribute(cell: &str, kind: AttributeKind) -> Result<Vec<SmolStr>, Wrong> {
    let values = match kind {
        AttributeKind::Set => set(cell),
        AttributeKind::Number | AttributeKind::Category if cell.is_empty() => Vec::new(),
        AttributeKind::Number => {
            if !cell.parse::<f64>().is_ok_and(f64::is_finite) {
                return Err((
                    format!("'{}' is no number", shown(cell)),
                    "write digits, with a point for parts: 3 or 3.5".into(),
                ));
            }
            vec![cell]
        }
        AttributeKind::Category => {
            if cell.contains(';') {
                return Err(("one value is expected, not several".into(), "keep one of them".into()));
            }
            vec![cell]
        }
    };
    if values.len() > MAX_SET_VALUES {
        return Err((format!("there are {} values", values.len()), format!("keep {MAX_SET_VALUES} at most")));
    }
    if values.iter().any(|value| value.chars().count() > MAX_VALUE_CHARS || value.chars().any(char::is_control)) {
        return Err((
            "a value is too long or has a line break".into(),
            format!("write one line of {MAX_VALUE_CHARS} characters at most"),
        ));
    }
    Ok(values.into_iter().map(SmolStr::new).collect())
}
