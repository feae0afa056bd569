//! Days, moments, counts and shares in words.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The local day of a moment.
pub(crate) fn date(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// A moment as a day: `Tue 3 Mar 2026`.
pub(crate) fn day(at: Timestamp, zone: &TimeZone) -> String {
    short(date(at, zone))
}

/// A date: `Tue 3 Mar 2026`.
pub(crate) fn short(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// A date without its weekday: `3 March 2026`.
pub(crate) fn long(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A moment with its time: `Tue 3 Mar 2026, 10:00`.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%a %-d %b %Y, %H:%M").to_string()
}

/// A number with its noun: `1 pair`, `10 pairs`.
pub(crate) fn count(n: usize, one: &str) -> String {
    format!("{} {one}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number with thin spaces between its thousands: `12 000`.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// Entries of a journal: `1 journal entry`, `12 000 journal entries`.
pub(crate) fn entries(n: usize) -> String {
    format!("{} journal {}", grouped(n), if n == 1 { "entry" } else { "entries" })
}

/// Minutes as hours with one decimal: `1.5`; nothing at all is `0`.
pub(crate) fn hours(minutes: f64) -> String {
    number(minutes / 60.0, 1)
}

/// Minutes as hours with their noun: `1 hour`, `1.5 hours`.
pub(crate) fn in_hours(minutes: f64) -> String {
    let hours = hours(minutes);
    format!("{hours} hour{}", if hours == "1" { "" } else { "s" })
}

/// A number with at most so many decimals: `2`, `1.5`.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.into() }
}

/// A word of code as a word for people: `group-call` becomes `Group call`.
pub(crate) fn title(word: &str) -> String {
    let word = word.replace(['-', '_'], " ");
    let words: Vec<String> =
        word.split(' ').map(|word| if is_initials(word) { word.to_uppercase() } else { word.into() }).collect();
    capital(&words.join(" "))
}

/// Tells whether letters are initials: two to four of them, and nothing among them that could be spoken.
fn is_initials(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() && !b"aeiouy".contains(&b))
}

/// A name that may be one of code: `fellmarch-trust` becomes `Fellmarch trust`, what is written as a name stays as it is.
pub(crate) fn known_as(name: &str) -> String {
    let of_code = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    if of_code { title(name) } else { name.to_owned() }
}

/// A text with a capital letter first.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A language as its speakers call it; the tag itself if it is not among those spoken most where programmes run.
pub(crate) fn language(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "cy" => "Cymraeg",
        "ga" => "Gaeilge",
        "gd" => "Gàidhlig",
        "de" => "Deutsch",
        "es" => "Español",
        "fr" => "Français",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "ro" => "Română",
        other => other,
    }
}

/// A count as a number to draw with.
pub(crate) fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        for (n, expect) in [(0, "0 pairs"), (1, "1 pair"), (9_999, "9999 pairs"), (12_000, "12\u{202f}000 pairs")] {
            assert_eq!(count(n, "pair"), expect);
        }
        for (minutes, expect) in [(0.0, "0"), (90.0, "1.5"), (60.0, "1"), (62.0, "1"), (6000.0, "100")] {
            assert_eq!(hours(minutes), expect);
        }
        for (minutes, expect) in [(0.0, "0 hours"), (59.0, "1 hour"), (60.0, "1 hour"), (90.0, "1.5 hours")] {
            assert_eq!(in_hours(minutes), expect);
        }
        assert_eq!((entries(1), entries(2)), ("1 journal entry".into(), "2 journal entries".into()));
        assert_eq!(number(-0.01, 1), "0");
        assert_eq!(number(100.0, 0), "100");
        assert_eq!(title("group-call"), "Group call");
        assert_eq!(title(""), "");
        assert_eq!(title("tpc-foundations"), "TPC foundations");
        assert_eq!(title("my-nhs-trust"), "My NHS trust");
        assert_eq!(known_as("fellmarch-trust"), "Fellmarch trust");
        assert_eq!(known_as("Stow-on-the-Wold Trust"), "Stow-on-the-Wold Trust");
    }

    #[test]
    fn days_are_those_of_the_zone() {
        let late: Timestamp = "2026-07-01T23:30:00Z".parse().unwrap();
        let london = TimeZone::get("Europe/London").unwrap();
        assert_eq!(day(late, &london), "Thu 2 Jul 2026");
        assert_eq!(moment(late, &london), "Thu 2 Jul 2026, 00:30");
        assert_eq!(day(late, &TimeZone::UTC), "Wed 1 Jul 2026");
    }
}
