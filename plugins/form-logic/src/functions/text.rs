//! Functions of texts. Letters are Unicode's characters, where JavaScript counts UTF-16's halves.

use crate::value::SPACES;
use regex_lite::RegexBuilder;

/// How much memory a pattern may take when it is read, in bytes: it bounds `[0-9]{1,100000}`.
const MOST_PATTERN: usize = 64 << 10;

/// Trims, and makes one space of each run of white space.
pub(crate) fn normalize_space(text: &str) -> String {
    let words: Vec<&str> = words(text).collect();
    words.join(" ")
}

/// The words between white space.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(SPACES).filter(|word| !word.is_empty())
}

/// Replaces each letter of `from` by the one at its place in `to`, or by nothing.
pub(crate) fn translate(text: &str, from: &str, to: &str) -> String {
    text.chars()
        .filter_map(|letter| match from.chars().position(|other| other == letter) {
            Some(place) => to.chars().nth(place),
            None => Some(letter),
        })
        .collect()
}

/// The letters from `start` to before `end`, counted from 0; negative ones count from the end (ODK's `substr`).
pub(crate) fn substr(text: &str, start: f64, end: Option<f64>) -> String {
    let length = count(text);
    let place = |place: f64| if place.trunc() < 0.0 { (length + place.trunc()).max(0.0) } else { place.trunc() };
    let (start, end) = (place(start), end.map_or(length, place));
    letters(text, |at| at >= start && at < end)
}

/// The letters at the places `p`, counted from 1, with `p >= round(start)` and `p < round(start) + round(length)`
/// (XPath 1.0, section 4.2).
pub(crate) fn substring(text: &str, start: f64, length: Option<f64>) -> String {
    let round = |number: f64| (number + 0.5).floor();
    let start = round(start);
    let end = length.map_or(f64::INFINITY, |length| start + round(length));
    letters(text, |at| at + 1.0 >= start && at + 1.0 < end)
}

/// How many letters.
pub(crate) fn count(text: &str) -> f64 {
    text.chars().map(|_| 1.0).sum()
}

fn letters(text: &str, keep: impl Fn(f64) -> bool) -> String {
    let mut at = -1.0;
    text.chars()
        .filter(|_| {
            at += 1.0;
            keep(at)
        })
        .collect()
}

/// Whether a whole text matches a pattern ("an exact and complete match", say ODK's documents and Collect does).
pub(crate) fn regex(text: &str, pattern: &str) -> Result<bool, String> {
    // The pattern alone first: `a)|(b` must not become a good one by what is put around it.
    let read = |pattern: &str| RegexBuilder::new(pattern).size_limit(MOST_PATTERN).build();
    read(pattern)
        .and_then(|_| read(&[r"\A(?:", pattern, r")\z"].concat()))
        .map(|pattern| pattern.is_match(text))
        .map_err(|error| error.to_string())
}
