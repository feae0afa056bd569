//! Functions of answers that choose: a choice's name, or several with spaces between.

use super::text::words;
use crate::value::SPACES;

/// Whether a choice is among the chosen.
pub(crate) fn selected(answer: &str, choice: &str) -> bool {
    let choice = choice.trim_matches(SPACES);
    words(answer).any(|chosen| chosen == choice)
}

/// How many are chosen.
pub(crate) fn count_selected(answer: &str) -> f64 {
    words(answer).map(|_| 1.0).sum()
}

/// The chosen at a place, counted from 0; empty if there is none.
pub(crate) fn selected_at(answer: &str, place: f64) -> &str {
    let mut left = place.trunc();
    words(answer)
        .find(|_| {
            let here = left == 0.0;
            left -= 1.0;
            here
        })
        .unwrap_or_default()
}
