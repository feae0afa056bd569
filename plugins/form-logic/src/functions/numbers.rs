//! Functions of numbers.

/// The sum; NaN if one is NaN, an answer not given among them.
pub(crate) fn sum(numbers: &[f64]) -> f64 {
    numbers.iter().sum()
}

/// The least or the greatest; NaN if one is NaN.
pub(crate) fn extreme(numbers: &[f64], better: fn(f64, f64) -> f64) -> f64 {
    let worst = |one: f64, two: f64| if one.is_nan() || two.is_nan() { f64::NAN } else { better(one, two) };
    numbers.iter().copied().reduce(worst).unwrap_or(f64::NAN)
}

/// Rounds to so many places, halves away from zero (ODK's `round`; XPath rounds halves up and knows no places).
pub(crate) fn round(number: f64, places: f64) -> f64 {
    let scale = 10f64.powf(places.trunc());
    let rounded = (number * scale).round() / scale;
    // Too large to have such places, or no places to keep.
    if rounded.is_finite() || places.is_nan() { rounded } else { number }
}
