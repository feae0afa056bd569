//! Languages as XLSForm writes them in a heading: `English (en)`.

use smol_str::SmolStr;

/// Names of languages by their tag, for headings that people read. A language that is not here is headed by its tag.
const NAMES: [(&str, &str); 30] = [
    ("ar", "Arabic"),
    ("bn", "Bengali"),
    ("cs", "Czech"),
    ("cy", "Welsh"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("ga", "Irish"),
    ("gd", "Scottish Gaelic"),
    ("gu", "Gujarati"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("lt", "Lithuanian"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pa", "Punjabi"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("so", "Somali"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("ur", "Urdu"),
    ("zh", "Chinese"),
];

/// A language as a heading has it.
pub(crate) fn heading(tag: &str) -> String {
    match NAMES.iter().find(|(known, _)| *known == tag) {
        Some((_, name)) => format!("{name} ({tag})"),
        None => tag.into(),
    }
}

/// The tag of a language in a heading: what stands in parentheses, else the whole, with hyphens for other signs.
pub(crate) fn tag(heading: &str) -> SmolStr {
    let heading = heading.trim();
    let inside = heading.strip_suffix(')').and_then(|rest| Some(rest.rsplit_once('(')?.1.trim()));
    let tag = inside.filter(|tag| !tag.is_empty()).unwrap_or(heading);
    let tag: String = tag.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    tag.trim_matches('-').into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_again_by_its_heading() {
        for tag in NAMES.iter().map(|(tag, _)| *tag).chain(["pt-BR", "English", "xx"]) {
            assert_eq!(super::tag(&heading(tag)), tag);
        }
        for (heading, expect) in
            [(" French (fr) ", "fr"), ("Haitian Creole", "Haitian-Creole"), ("English ()", "English"), ("(", "")]
        {
            assert_eq!(tag(heading), expect, "{heading}");
        }
    }
}
