//! Texts that people read, in one language or in several.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A text that people read: a string for every language, or a string for each. `${name}` in it is filled with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// The same in every language.
    Plain(String),
    /// By language, a tag such as `en` or `cy`.
    In(BTreeMap<SmolStr, String>),
}

impl Text {
    /// The text in a language, else in the default one, else in whichever comes first; empty if there is none.
    pub fn in_language(&self, language: &str, default_language: &str) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::In(texts) => {
                let found = [language, default_language].into_iter().find_map(|language| texts.get(language));
                found.or_else(|| texts.values().next()).map_or("", String::as_str)
            }
        }
    }

    /// Every text with its language; a plain one has none.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let (plain, texts) = match self {
            Self::Plain(text) => (Some((None, text.as_str())), None),
            Self::In(texts) => (None, Some(texts)),
        };
        let texts = texts.into_iter().flatten().map(|(language, text)| (Some(language.as_str()), text.as_str()));
        plain.into_iter().chain(texts)
    }

    /// Tells whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.iter().all(|(_, text)| text.is_empty())
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_back_on_the_default_language() {
        let text: Text = serde_json::from_str(r#"{ "cy": "Croeso", "en": "Welcome" }"#).unwrap();
        for (language, default_language, expect) in
            [("cy", "en", "Croeso"), ("en", "cy", "Welcome"), ("de", "en", "Welcome"), ("de", "fr", "Croeso")]
        {
            assert_eq!(text.in_language(language, default_language), expect, "{language}");
        }
        assert_eq!(Text::from("Hello").in_language("cy", "en"), "Hello");
        assert_eq!(text.iter().collect::<Vec<_>>(), [(Some("cy"), "Croeso"), (Some("en"), "Welcome")]);
        assert!(Text::default().is_empty() && !text.is_empty());
    }
}
