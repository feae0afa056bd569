//! A page with something to say and nothing to fill in.

use super::form_style;
use crate::{
    Look,
    html::{self, Page},
};
use serde_json::json;

/// A page with something to say and nothing to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticePage<'a> {
    /// Over the heading: the survey that it is about.
    pub over: &'a str,
    /// What it says, in a few words.
    pub title: &'a str,
    /// What there is to know, a paragraph each.
    pub paragraphs: Vec<String>,
    /// What the answers are used for.
    pub purpose: Option<&'a str>,
    /// The language of the survey's own words.
    pub language: &'a str,
    /// A way on: what it says, and where it leads.
    pub onward: Option<(&'a str, &'a str)>,
    /// Whose programme it is.
    pub look: &'a Look,
}

/// Writes a notice.
pub fn notice_page(page: &NoticePage<'_>) -> String {
    let NoticePage { over, title, paragraphs, purpose, language, onward, look } = page;
    html::render_for(
        look,
        Page::Notice,
        &json!({
            "style": form_style(look),
            "lang": language,
            "other": !language.starts_with("en"),
            "purpose": purpose,
            "head": title,
            "title": title,
            "over": over,
            "paragraphs": paragraphs,
            "onward": onward.map(|(says, to)| json!({ "says": says, "to": to })),
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_what_it_is_about_and_where_to_go_on() {
        let look = Look::of("Harbour & Sons", None);
        let page = notice_page(&NoticePage {
            over: "Half-way <check>",
            title: "Your answers are kept",
            paragraphs: vec!["Come back by the link in your letter.".into()],
            purpose: Some("To do better."),
            language: "cy",
            onward: Some(("Go on answering", "?")),
            look: &look,
        });
        for part in [
            "<span lang=\"cy\">Half-way &lt;check&gt;</span>",
            "To do better.",
            "Harbour &amp; Sons",
            "<h1>Your answers are kept</h1>",
            "href=\"?\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}
