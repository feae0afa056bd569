//! A page with something to read, and something to say to it.

use super::form_style;
use crate::{
    Look,
    html::{self, Page},
};
use serde::Serialize;
use serde_json::json;

/// A page with something to read, and something to say to it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentPage<'a> {
    /// Its title.
    pub title: &'a str,
    /// What there is to know first.
    pub lead: String,
    /// What there is to read.
    pub parts: Vec<DocumentPart>,
    /// Whose programme it is.
    pub look: &'a Look,
}

/// Something to read, with buttons.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct DocumentPart {
    /// Over it; nothing if the page's title says it.
    pub heading: Option<String>,
    /// The text, a line end where it has one.
    pub text: String,
    /// Something about it: who wrote it, who has signed it.
    pub about: Vec<String>,
    /// What may be said to it.
    pub button: Option<DocumentButton>,
    /// What may be said to it after a second thought: folded away.
    pub second: Option<SecondThought>,
}

/// A button that sends something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentButton {
    /// The field.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What the button says.
    pub says: String,
}

/// A button that is folded away, with what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondThought {
    /// What is seen of it.
    pub says: String,
    /// What it means.
    pub means: String,
    /// The button.
    pub button: DocumentButton,
}

/// Writes a document.
pub fn document_page(page: &DocumentPage<'_>) -> String {
    let DocumentPage { title, lead, parts, look } = page;
    html::render_for(
        look,
        Page::Document,
        &json!({ "style": form_style(look), "head": title, "title": title, "lead": lead, "parts": parts }),
    )
}

/// A line that is longer was broken to fit a file, not because a paragraph ends.
const BROKEN_AFTER: usize = 72;

/// A text as it was written in a file, with its paragraphs whole: a browser breaks lines where its window ends.
pub fn with_whole_paragraphs(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut lines = text.trim().lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        whole.push_str(line);
        let goes_on = lines.peek().is_some_and(|next| !next.is_empty() && !next.starts_with(['-', '*', ' ']));
        whole.push(if goes_on && line.chars().count() > BROKEN_AFTER { ' ' } else { '\n' });
    }
    whole.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_whole_and_headings_and_lists_stay() {
        let long = "What one of us says stays between the two of us: nobody repeats it, with or without a name,";
        let text = format!("What stays\n{long}\nunless it was agreed.\n\nTwo things:\n- {long}\n- {long}\nand more.\n");
        let whole = format!("What stays\n{long} unless it was agreed.\n\nTwo things:\n- {long}\n- {long} and more.");
        assert_eq!(with_whole_paragraphs(&text), whole);
    }

    #[test]
    fn a_document_is_read_and_answered() {
        let button =
            |value: &str| DocumentButton { name: "do".into(), value: value.into(), says: format!("To {value} <it>") };
        let page = document_page(&DocumentPage {
            title: "Between us",
            lead: "Read it first.".into(),
            parts: vec![DocumentPart {
                heading: Some("What stays between us".into()),
                text: "Two lines\nof <text>.".into(),
                about: vec!["Amara has signed.".into()],
                button: Some(button("sign")),
                second: Some(SecondThought {
                    says: "Rather not".into(),
                    means: "It ends.".into(),
                    button: button("end"),
                }),
            }],
            look: &Look::of("Harbour", None),
        });
        for part in [
            "<h1>Between us</h1>",
            "<h2>What stays between us</h2>",
            "Two lines\nof &lt;text&gt;.",
            "<button type=\"submit\" name=\"do\" value=\"sign\">To sign &lt;it&gt;</button>",
            "<summary>Rather not</summary>",
            "Amara has signed.",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}
