//! What makes a page a client's own.

use crate::html::words;
use serde::Serialize;

/// What makes a page a client's own: the organisation's name over the heading, and the colour of links, marks and bars. Without
/// either a page is Turnabout's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Look {
    organisation: Option<String>,
    colour: Option<String>,
}

impl Look {
    /// The look of an organisation. A colour that is not written `#rrggbb` is left out: it would be a part of the page's style.
    pub fn of(organisation: &str, colour: Option<&str>) -> Self {
        let plain = |colour: &&str| {
            colour
                .strip_prefix('#')
                .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        Self { organisation: Some(organisation.into()), colour: colour.filter(plain).map(Into::into) }
    }

    pub(crate) fn colour(&self) -> Option<&str> {
        self.colour.as_deref()
    }

    /// What a page calls the programme of a name: as the organisation writes itself, else the name made readable.
    pub(crate) fn title(&self, name: &str) -> String {
        self.organisation.clone().unwrap_or_else(|| words::known_as(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ManyReport, many_report};

    #[test]
    fn a_page_has_the_clients_name_and_colour_and_nothing_that_is_no_colour() {
        let page = |look: &Look| many_report(&ManyReport::of(&[]), look);
        let own = page(&Look::of("Fellmarch & Sons", Some("#12436d")));
        assert!(own.contains(":root{--deed:#12436d}</style>") && own.contains("Fellmarch &amp; Sons. "));
        let stray = page(&Look::of("Fellmarch", Some("red}</style><script>")));
        assert!(!stray.contains("<script>") && !stray.contains(":root{--deed:red"));
        assert_eq!(page(&Look::default()).matches("--deed:").count(), 1);
    }
}
