//! The page on which somebody tells the contact what is wrong.

use super::form_style;
use crate::{
    Look,
    html::{self, Page},
};
use serde_json::json;

/// The field of the text.
const TEXT: &str = "text";
/// The field that says whether the contact may know who it is.
const NAMED: &str = "named";
/// Its values.
const YES: &str = "yes";
const NO: &str = "no";
/// The field with the page's own mark.
const PAGE: &str = "page";

/// The page on which somebody tells the contact what is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct RaisePage<'a> {
    /// Who reads it.
    pub contact: &'a str,
    /// Their e-mail address.
    pub email: &'a str,
    /// Whether they are somebody else than the coordinator.
    pub outside: bool,
    /// What was written and chosen so far. Its `page` tells this page from every other: sent twice, it counts once.
    pub so_far: &'a Raised,
    /// What is wrong with it; nothing before it was sent.
    pub faults: &'a [RaiseFault],
    /// Whose programme it is.
    pub look: &'a Look,
}

/// What somebody wrote and chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raised {
    /// The text, with plain line ends.
    pub text: String,
    /// Whether the contact may know whom it comes from; nothing if that was left open.
    pub named: Option<bool>,
    /// The mark of the page that it was written on.
    pub page: String,
}

/// What keeps it from being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RaiseFault {
    /// Nothing was written.
    Empty,
    /// It is too long.
    TooLong {
        /// How many characters there may be.
        most: usize,
        /// How many there are.
        found: usize,
    },
    /// Nobody knows whether it has been sent.
    Unsure,
    /// It was left open whether the contact may know whom it comes from.
    Unnamed,
}

impl RaiseFault {
    /// The control that it is about.
    fn id(self) -> &'static str {
        match self {
            Self::Empty | Self::TooLong { .. } => "text",
            Self::Unnamed => "named",
            Self::Unsure => "send",
        }
    }

    fn says(self) -> String {
        match self {
            Self::Empty => "Write what is wrong.".into(),
            Self::TooLong { most, found } => {
                format!("Shorten it to {most} characters; now it has {found}.")
            }
            Self::Unnamed => "Choose whether your name is given.".into(),
            Self::Unsure => {
                "Something went wrong, and it may not have been sent. Press Send again: it arrives once.".into()
            }
        }
    }
}

/// Writes the page.
pub fn raise_page(page: &RaisePage<'_>) -> String {
    let RaisePage { contact, email, outside, so_far, faults, look } = page;
    let title = format!("Tell {contact} what is wrong");
    let error = |id: &str| faults.iter().find(|fault| fault.id() == id).map(|fault| fault.says());
    let listed: Vec<_> = faults.iter().map(|fault| json!({ "id": fault.id(), "what": fault.says() })).collect();
    let head = if faults.is_empty() { title.clone() } else { format!("Error: {title}") };
    html::render_for(
        look,
        Page::Raise,
        &json!({
            "style": form_style(look),
            "head": head,
            "title": title,
            "contact": contact,
            "email": email,
            "outside": outside,
            "fields": { "text": TEXT, "named": NAMED, "yes": YES, "no": NO, "page": PAGE },
            "text": so_far.text,
            "mark": so_far.page,
            "with_name": so_far.named == Some(true),
            "without_name": so_far.named == Some(false),
            "faults": listed,
            "text_error": error("text"),
            "named_error": error("named"),
        }),
    )
}

/// Reads what a browser sent from the page.
pub fn read_raised(fields: &[(String, String)]) -> Raised {
    let last = |name: &str| fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    Raised {
        // Browsers send line ends as two characters.
        text: last(TEXT).unwrap_or_default().replace("\r\n", "\n").trim().to_owned(),
        named: match last(NAMED) {
            Some(YES) => Some(true),
            Some(NO) => Some(false),
            _ => None,
        },
        page: last(PAGE).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_stands_beside_what_was_written() {
        let look = Look::of("Harbour", None);
        let so_far = Raised { text: "It was <repeated>\nat work.".into(), named: None, page: "0f".into() };
        let write = |faults: &[RaiseFault]| {
            raise_page(&RaisePage {
                contact: "Vera Linton",
                email: "vera@example.org",
                outside: true,
                so_far: &so_far,
                faults,
                look: &look,
            })
        };
        let page = write(&[]);
        assert!(page.contains("<h1>Tell Vera Linton what is wrong</h1>"), "{page}");
        assert!(page.contains("\nIt was &lt;repeated&gt;\nat work.</textarea>"), "{page}");
        assert!(!page.contains("Error") && !page.contains(" checked"), "{page}");
        let page = write(&[RaiseFault::TooLong { most: 10, found: 24 }, RaiseFault::Unnamed]);
        for part in [
            "<title>Error: Tell Vera",
            "<a href=\"#text\">Shorten it to 10 characters; now it has 24.</a>",
            "<a href=\"#named\">Choose whether your name is given.</a>",
            "aria-describedby=\"named-error\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn what_a_browser_sends_is_read() {
        let fields = |all: &[(&str, &str)]| all.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect::<Vec<_>>();
        let sent = read_raised(&fields(&[("text", " One\r\ntwo "), ("named", "no"), ("page", "0f"), ("other", "x")]));
        assert_eq!(sent, Raised { text: "One\ntwo".into(), named: Some(false), page: "0f".into() });
        assert_eq!(read_raised(&fields(&[("named", "perhaps")])), Raised::default());
    }
}
