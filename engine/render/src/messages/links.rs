//! Links in messages: `https` and nothing else.

use std::ops::Range;

/// What can stand before `:` and makes a mail program run or open something.
const DANGEROUS: [&str; 4] = ["javascript:", "data:text", "vbscript:", "file:/"];

/// Finds the first link that is not `https`.
pub(super) fn find_bad(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let schemes = lower.match_indices("://").map(|(at, _)| {
        let start = lower[..at]
            .rfind(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
            .map_or(0, |before| before + lower[before..].chars().next().map_or(1, char::len_utf8));
        (start, at)
    });
    let mut bad = schemes.filter(|(start, at)| &lower[*start..*at] != "https").map(|(start, at)| start..at + 3);
    let first = bad.next();
    let dangerous = DANGEROUS.iter().filter_map(|word| lower.find(word).map(|at| at..at + word.len()));
    first.into_iter().chain(dangerous).min_by_key(|range| range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_passes() {
        for (text, expect) in [
            ("see https://example.org/a?b=c.", None),
            ("HTTPS://EXAMPLE.ORG", None),
            ("a://b", Some("a://")),
            ("see http://example.org", Some("http://")),
            ("see éhttp://example.org", Some("http://")),
            ("{{scheme}}://example.org", Some("://")),
            ("click JavaScript:alert(1)", Some("JavaScript:")),
            ("mail sam@example.org: thanks", None),
        ] {
            assert_eq!(find_bad(text).map(|range| &text[range]), expect, "{text}");
        }
    }
}
