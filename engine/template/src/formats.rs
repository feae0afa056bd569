//! The formats of texts in TOML and CSV: each says what is wrong and what to write instead.

use crate::{
    limits::{MAX_NAME_BYTES, MAX_VALUE_CHARS},
    suggest,
};
use turnabout_model::{FreeDays, FreeDaysError, Period, PeriodError, is_language_tag};

/// What is wrong with a text, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// A check of one text.
pub(crate) type Format = fn(&str) -> Result<(), Complaint>;

fn complaint(message: impl Into<String>, help: impl Into<String>) -> Result<(), Complaint> {
    Err(Complaint { message: message.into(), help: help.into() })
}

/// Cuts a text that is quoted in a message, so that nobody has to read a page of it.
pub(crate) fn shown(text: &str) -> String {
    let cut: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cut.len() < text.len() { format!("{cut}...") } else { cut }
}

/// A length of time that leads forward.
pub(crate) fn length(text: &str) -> Result<(), Complaint> {
    match text.parse::<Period>() {
        Ok(period) if period.is_positive() => Ok(()),
        Ok(period) if period == Period::default() => {
            complaint(format!("'{}' is no time at all", shown(text)), "write for example '5 weeks' or '90 minutes'")
        }
        Ok(_) => backwards(text),
        Err(error) => not_a_length(text, &error),
    }
}

/// A length of time that may be nothing.
pub(crate) fn length_or_none(text: &str) -> Result<(), Complaint> {
    match text.parse::<Period>() {
        Ok(period) if period.is_positive() || period == Period::default() => Ok(()),
        Ok(_) => backwards(text),
        Err(error) => not_a_length(text, &error),
    }
}

fn backwards(text: &str) -> Result<(), Complaint> {
    complaint(format!("'{}' leads backwards", shown(text)), "write it without the minus")
}

fn not_a_length(text: &str, error: &PeriodError) -> Result<(), Complaint> {
    match error {
        PeriodError::Unreadable(_) => complaint(
            format!("'{}' is not a length of time", shown(text)),
            "write for example '5 weeks', '1 month' or '90 minutes'",
        ),
        PeriodError::TooLong(_) => {
            complaint(format!("'{}' is longer than a hundred years", shown(text)), "write a hundred years at most")
        }
    }
}

/// A calendar date.
pub(crate) fn date(text: &str) -> Result<(), Complaint> {
    match text.parse::<jiff::civil::Date>() {
        Ok(_) => Ok(()),
        Err(_) => complaint(format!("'{}' is not a date", shown(text)), "write year-month-day, for example 2026-10-05"),
    }
}

/// Days that a diary keeps free.
pub(crate) fn free_days(text: &str) -> Result<(), Complaint> {
    let Err(error) = text.parse::<FreeDays>() else { return Ok(()) };
    let help = match error {
        FreeDaysError::Unreadable(_) => {
            "write '12-25' for a day of every year, '2027-03-26' for a date, and '12-24..01-01' from one through another"
        }
        FreeDaysError::NoSuchDay(_) => "write the month before the day, and a day that the month has: '12-25'",
        FreeDaysError::Mixed(_) => "write both ends as days of every year, '12-24..01-01', or both as dates",
        FreeDaysError::Backwards(_) => "write the earlier date first: '2027-03-26..2027-03-29'",
        FreeDaysError::TooLong(_) => "write the days on which people are really away",
    };
    let message = match error {
        FreeDaysError::Unreadable(text) => format!("'{}' is not a day", shown(&text)),
        other => other.to_string(),
    };
    complaint(message, help)
}

/// A time of day, `HH:MM`.
pub(crate) fn time_of_day(text: &str) -> Result<(), Complaint> {
    let part = |digits: &str, below: u8| {
        digits.len() == 2
            && digits.bytes().all(|b| b.is_ascii_digit())
            && digits.parse::<u8>().is_ok_and(|number| number < below)
    };
    match text.split_once(':') {
        Some((hours, minutes)) if part(hours, 24) && part(minutes, 60) => Ok(()),
        _ => complaint(
            format!("'{}' is not a time of day", shown(text)),
            "write hours and minutes with two digits each, for example '09:30'",
        ),
    }
}

/// An IANA time zone.
pub(crate) fn time_zone(text: &str) -> Result<(), Complaint> {
    if jiff::tz::TimeZone::get(text).is_ok() {
        return Ok(());
    }
    let zones: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let help = match suggest::closest(text, zones.iter().map(String::as_str)) {
        Some(zone) => format!("did you mean '{zone}'?"),
        None => "write the name of a time zone, for example 'Europe/London'".into(),
    };
    complaint(format!("there is no time zone '{}'", shown(text)), help)
}

/// A SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(text: &str) -> Result<(), Complaint> {
    if text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return Ok(());
    }
    complaint(
        format!("'{}' is not a SHA-256", shown(text)),
        "write the 64 digits 0-9 and a-f that `turnabout plugin build` prints for the component",
    )
}

/// The content hash of an upstream's files, likewise.
pub(crate) fn content_hash(text: &str) -> Result<(), Complaint> {
    let help = "leave the 64 digits that `turnabout fork` and `turnabout upstream update` write";
    sha256(text).map_err(|complaint| Complaint { message: complaint.message, help: help.into() })
}

/// Checks the name of a template or a client: lower-case letters, digits and hyphens, a letter first. Where it does not fit,
/// says what is wrong and what to write.
pub fn check_name(text: &str) -> Result<(), (String, String)> {
    name(text).map_err(|complaint| (complaint.message, complaint.help))
}

/// A name that is safe as a folder, in an address and on a command line.
pub(crate) fn name(text: &str) -> Result<(), Complaint> {
    let fits = text.len() <= MAX_NAME_BYTES
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits {
        return Ok(());
    }
    complaint(
        format!("'{}' can't be a name here", shown(text)),
        format!(
            "use lower-case letters, digits and hyphens, a letter first, {MAX_NAME_BYTES} at most: {}",
            tidy(text, '-')
        ),
    )
}

/// A name that a script can write after a dot: `settings.meets_every`.
pub(crate) fn identifier(text: &str) -> Result<(), Complaint> {
    let fits = text.len() <= MAX_NAME_BYTES
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if fits {
        return Ok(());
    }
    complaint(
        format!("'{}' can't be a name here, because scripts and messages write it after a dot", shown(text)),
        format!("use lower-case letters, digits and _, a letter first: {}", tidy(text, '_')),
    )
}

/// A name with either joint: `career-stage` or `career_stage`.
pub(crate) fn label(text: &str) -> Result<(), Complaint> {
    let plain = text.replace('_', "-");
    name(&plain).map_err(|c| Complaint { message: format!("'{}' can't be a name here", shown(text)), help: c.help })
}

/// The name of an answer, as forms elsewhere have it: expressions write it as `${name}`.
pub(crate) fn answer(text: &str) -> Result<(), Complaint> {
    let fits = text.len() <= MAX_NAME_BYTES
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    if fits {
        return Ok(());
    }
    complaint(
        format!("'{}' can't be a name here", shown(text)),
        format!("use letters, digits, _, - and ., a letter or _ first, {MAX_NAME_BYTES} at most: {}", tidy(text, '_')),
    )
}

/// The name of a choice: lists of answers are written with spaces between.
pub(crate) fn choice(text: &str) -> Result<(), Complaint> {
    if !text.is_empty() && text.chars().count() <= MAX_VALUE_CHARS && !text.contains(char::is_whitespace) {
        return Ok(());
    }
    complaint(
        format!("'{}' can't be the name of a choice", shown(text)),
        format!("write it without white space and in {MAX_VALUE_CHARS} characters at most: {}", tidy(text, '_')),
    )
}

/// A language, by its tag. What a run has pinned was held to no more than this.
pub(crate) fn language(text: &str) -> Result<(), Complaint> {
    let fits = text.len() <= MAX_NAME_BYTES
        && text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || c == '-');
    if fits { Ok(()) } else { no_language(text) }
}

/// A language of which something is written now, by its tag.
pub(crate) fn new_language(text: &str) -> Result<(), Complaint> {
    if is_language_tag(text) { Ok(()) } else { no_language(text) }
}

fn no_language(text: &str) -> Result<(), Complaint> {
    complaint(format!("'{}' can't be a language", shown(text)), "write its tag, for example 'en', 'cy' or 'pt-BR'")
}

/// Makes a name of a text, as a suggestion.
fn tidy(text: &str, joint: char) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join(&joint.to_string());
    let name = name.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    if name.is_empty() { "for example 'review'".into() } else { format!("for example '{}'", shown(name)) }
}

/// An e-mail address, as strict as a message header needs it.
pub(crate) fn email(text: &str) -> Result<(), Complaint> {
    let fits = text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"@<>,;:\"()[]\\".contains(c);
            let dotted = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
            !local.is_empty()
                && local.len() <= 64
                && local.chars().all(plain)
                && dotted(local)
                && domain.contains('.')
                && dotted(domain)
                && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        });
    if fits {
        return Ok(());
    }
    complaint(format!("'{}' is not an e-mail address", shown(text)), "write one address, for example 'sam@example.org'")
}

/// A person's name: one line, and no link, since it is written into messages to others.
pub(crate) fn person(text: &str) -> Result<(), Complaint> {
    if text.chars().count() > crate::limits::MAX_PERSON_NAME {
        return complaint(
            "the name is too long",
            format!("write at most {} characters", crate::limits::MAX_PERSON_NAME),
        );
    }
    if text.chars().any(char::is_control) || text.contains("://") {
        return complaint(format!("'{}' can't be a name", shown(text)), "write the name alone, on one line");
    }
    Ok(())
}

/// One line of text.
pub(crate) fn line(text: &str) -> Result<(), Complaint> {
    if text.chars().any(char::is_control) {
        return complaint("this has to be one line", "leave out line breaks and tabs");
    }
    Ok(())
}

/// A colour, `#rrggbb`.
pub(crate) fn colour(text: &str) -> Result<(), Complaint> {
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(());
    }
    complaint(format!("'{}' is not a colour", shown(text)), "write # and six digits, for example '#1d70b8'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_take_what_is_right_and_refuse_the_rest() {
        let table: &[(Format, &[&str], &[&str])] = &[
            (length, &["5 weeks", "P1M"], &["0 days", "-1 week", "soon", "2000 years"]),
            (length_or_none, &["0 days", "2 days"], &["-1 day", ""]),
            (date, &["2026-10-05"], &["5 October", "2026-13-01"]),
            (time_of_day, &["00:00", "23:59"], &["24:00", "9:30", "10:60", "10", "+1:00", "10:00:00"]),
            (time_zone, &["Europe/London", "UTC"], &["Europe/Lodnon", "here"]),
            (sha256, &[&"a1".repeat(32)], &["", "abc", &"A1".repeat(32), &"a".repeat(65)]),
            (
                name,
                &["police", "speed-dating", "a1"],
                &["Police", "-a", "a-", "1a", "a b", "../x", "", &"a".repeat(61)],
            ),
            (identifier, &["months", "meets_every"], &["meets-every", "Months", "1a", ""]),
            (label, &["career-stage", "career_stage"], &["Career stage", "é"]),
            (
                email,
                &["a@example.org", "o'hara+x@nhs.example.co.uk"],
                &[
                    "a",
                    "a@b",
                    "a b@example.org",
                    "a@example.org\nBcc: x@y.z",
                    "@example.org",
                    "a@@b.c",
                    "a@.b.c",
                    "<a@b.c>",
                ],
            ),
            (person, &["Amara O'Hara-Díaz"], &["a\nb", "see https://x", &"a".repeat(121)]),
            (colour, &["#1d70b8"], &["1d70b8", "#fff", "red"]),
            (answer, &["trust", "held_back", "Q1.a", "_x"], &["", "1st", "a b", "é", &"a".repeat(61)]),
            (choice, &["yes", "3", "über"], &["", "in person"]),
            (language, &["en", "pt-BR", "Cymraeg"], &["", "English (en)", "-"]),
        ];
        for (format, good, bad) in table {
            for text in *good {
                assert_eq!(format(text), Ok(()), "{text}");
            }
            for text in *bad {
                assert!(format(text).is_err(), "{text}");
            }
        }
        for (text, expect) in [
            ("0 days", "'0 days' is no time at all"),
            ("-1 weeks", "'-1 weeks' leads backwards"),
            ("500 years", "'500 years' is longer than a hundred years"),
            ("soon", "'soon' is not a length of time"),
        ] {
            assert_eq!(length(text).unwrap_err().message, expect);
        }
        assert_eq!(time_zone("Europe/Lodnon").unwrap_err().help, "did you mean 'Europe/London'?");
        assert!(identifier("Meets every").unwrap_err().help.ends_with("for example 'meets_every'"));
    }
}
