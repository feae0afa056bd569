//! "Did you mean": the nearest known name to a mistyped one.

use std::fmt::Write as _;

/// How many known names a help line lists before it says how many more there are.
const LISTED: usize = 12;

/// Finds the known name that was most probably meant.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let word = plain(word);
    let reach = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&word, &plain(name)), name))
        .filter(|(distance, name)| *distance <= reach && !name.is_empty())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Writes the help for an unknown name: the nearest one, or all of them.
pub(crate) fn help<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, none: &str) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match closest(word, known.iter().copied()) {
        Some(name) => format!("did you mean '{name}'?"),
        None if known.is_empty() => none.to_owned(),
        None => format!("there is {}", list(&known)),
    }
}

/// Lists names for a sentence.
pub(crate) fn list(names: &[&str]) -> String {
    let mut text = names.iter().take(LISTED).map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    if names.len() > LISTED {
        let _ = write!(text, " and {} more", names.len() - LISTED);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_name_and_a_stranger_does_not() {
        let known = ["reminder", "invitation", "remind_before", "at"];
        for (word, expect) in [
            ("reminders", Some("reminder")),
            ("invitaton", Some("invitation")),
            ("remind-before", Some("remind_before")),
            ("Reminder", Some("reminder")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(closest(word, known), expect, "{word}");
        }
    }
}
