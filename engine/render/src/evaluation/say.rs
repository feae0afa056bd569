//! Views, shares and probabilities in words.

use crate::html::words;
use serde_json::Value;
use smol_str::SmolStr;
use turnabout_core::results::{Shown, ViewResult};

/// A statement, with a mark if a scale counts it reversed: less agreement is then more of what the scale measures.
pub(super) fn statement(text: &str, reversed: bool) -> String {
    if reversed { format!("{text} (worded the other way)") } else { text.to_owned() }
}

/// Whom a view is about: `Everyone`, `Mentors`, `Site: north`.
pub(super) fn who<T>(view: &ViewResult<T>) -> String {
    name(view.by.as_deref(), view.value.as_deref())
}

fn name(by: Option<&str>, value: Option<&str>) -> String {
    match (by, value) {
        (Some("role"), Some(role)) => format!("{}s", words::capital(role)),
        (Some(by), Some(value)) => format!("{}: {value}", words::title(by)),
        _ => "Everyone".into(),
    }
}

/// Whom a view is about and how many they are.
pub(super) fn who_and_how_many<T>(view: &ViewResult<T>, n: usize) -> String {
    format!("{} ({})", who(view), words::grouped(n))
}

/// What takes the place of a figure that is withheld, with whom it is about.
pub(super) fn withheld<T>(view: &ViewResult<T>) -> Option<String> {
    match &view.result {
        Shown::Shown(_) => None,
        Shown::Withheld(why) if view.by.is_none() => Some(why.sentence().to_owned()),
        Shown::Withheld(why) => Some(format!("{}: {}", who(view), lower(why.sentence()))),
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Marks whether a row of a table goes with the one above it: on paper the two stay together.
pub(super) fn belonging(mut row: Value, same: bool) -> Value {
    row["same"] = same.into();
    row
}

/// A share in whole per cents.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// Two shares as the ends of an interval: `31 to 74%`.
pub(super) fn between([lower, upper]: [f64; 2]) -> String {
    format!("{:.0} to {}", lower * 100.0, percent(upper))
}

/// A number as people write it: always two decimals, a real minus.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".into() } else { text.replace('-', "\u{2212}") }
}

/// A number with its sign.
pub(super) fn signed(value: f64) -> String {
    let text = number(value);
    if value > 0.0 && text != "0.00" { format!("+{text}") } else { text }
}

/// An interval of numbers: `0.2 to 0.9`.
pub(super) fn interval(ends: Option<[f64; 2]>) -> String {
    ends.map_or_else(|| "none".into(), |[lower, upper]| format!("{} to {}", signed(lower), signed(upper)))
}

/// A probability: `0.031`, `under 0.001`.
pub(super) fn probability(p: Option<f64>) -> String {
    match p {
        None => "none".into(),
        Some(p) if p < 0.001 => "under 0.001".into(),
        Some(p) => words::number(p, 3),
    }
}

/// The name of a scale or theme as a heading.
pub(super) fn heading(name: &SmolStr) -> String {
    words::title(name)
}
