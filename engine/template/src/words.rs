//! Files of words, `words/TAG.toml`: read as they are, and written for whoever translates them.

use crate::{
    document::{self, Document, Node, Shape},
    formats,
    report::Report,
};
use smol_str::SmolStr;
use std::fmt::Write as _;
use toml_writer::{ToTomlValue as _, TomlStringBuilder};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::{Diagnostic, Phrase, Words};

/// Why there are no words to translate.
#[derive(Debug, thiserror::Error)]
pub enum NoWords {
    /// The language is none.
    #[error("{what}")]
    Language {
        /// What is wrong with it.
        what: String,
        /// What to write instead.
        help: String,
    },
    /// The words that are there already can't be read, so that they would be lost.
    #[error("{path} can't be read")]
    Unreadable {
        /// The file of a template.
        path: SmolStr,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
}

/// Writes a file of words in a language with every phrase, the English text above each. Those that the files of a template have
/// already are filled in, and nothing of them is left out; the others are empty, which is said in English.
pub fn words_to_translate(language: &str, files: &TemplateFiles) -> Result<String, NoWords> {
    formats::new_language(language).map_err(|wrong| NoWords::Language { what: wrong.message, help: wrong.help })?;
    let path = SmolStr::from(format!("words/{language}.toml"));
    let written = files.get(&path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let mut report = Report::default();
    let document = Document::parse(path.clone(), &written, &mut report);
    for (_, text) in document.root().entries() {
        document::check(text, &Shape::AnyText, &mut report);
    }
    if report.errors() > 0 {
        return Err(NoWords::Unreadable { path, problems: report.finish() });
    }
    Ok(sheet(language, document.root()))
}

/// What a file of words says; whatever is no text is left out.
pub(crate) fn read(file: Node<'_>) -> Words {
    let texts = file.entries().into_iter().filter_map(|(key, node)| Some((key.into(), node.text()?.to_owned())));
    Words::new(texts.collect())
}

fn sheet(language: &str, own: Node<'_>) -> String {
    let mut text = format!(
        "# The words around surveys, in {language}. Translate what is between the quotes, and keep what is in braces as it is:\n\
         # something is filled in there. What is left empty is said in English.\n"
    );
    let mut line = |line: &str| writeln!(text, "{line}").expect("invariant: a string takes all");
    for phrase in Phrase::ALL {
        let said = own.text_of(phrase.key()).unwrap_or_default();
        line(&format!("\n# {}\n# English: {}\n{} = {}", phrase.about(), phrase.english(), phrase.key(), quoted(said)));
    }
    let known = |key: &str| Phrase::ALL.iter().any(|phrase| phrase.key() == key);
    let strangers: Vec<_> = own.entries().into_iter().filter(|(key, _)| !known(key)).collect();
    if !strangers.is_empty() {
        line("\n# Pages say no such phrase:");
    }
    for (key, node) in strangers {
        line(&format!("# {} = {}", quoted(key), quoted(node.text().unwrap_or_default())));
    }
    text
}

/// A text in the quotes of TOML, in one line.
fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn files(text: &str) -> TemplateFiles {
        BTreeMap::from([("words/cy.toml".into(), text.as_bytes().to_vec())])
    }

    #[test]
    fn what_is_translated_stays_and_the_rest_waits_below_its_english() {
        let own = "save = \"Cadw \\\"hyn\\\"\\n\\u0007C:\\\\\"\nold = \"Hen\"\n";
        let sheet = words_to_translate("cy", &files(own)).unwrap();
        assert!(sheet.contains("# English: Hand in\nhand_in = \"\"\n"), "{sheet}");
        assert!(sheet.contains("# \"old\" = \"Hen\"\n"), "{sheet}");
        let read: toml::Table = sheet.parse().unwrap();
        let said: Vec<_> = read.iter().filter(|(_, text)| !text.as_str().unwrap().is_empty()).collect();
        assert_eq!(read.len(), Phrase::ALL.len());
        assert_eq!(said[0].1.as_str(), Some("Cadw \"hyn\"\n\u{7}C:\\"));
        assert_eq!(said.len(), 1);
        let (known, _) = sheet.split_once("\n# Pages say no such phrase:").unwrap();
        assert_eq!(words_to_translate("cy", &files(&sheet)).unwrap(), known, "written again, it is the same");
    }

    #[test]
    fn nothing_is_written_over_words_that_cannot_be_read() {
        for text in ["save = \"Cadw", "save = [\"Cadw\"]"] {
            let broken = words_to_translate("cy", &files(text)).unwrap_err();
            assert!(matches!(broken, NoWords::Unreadable { ref path, .. } if path == "words/cy.toml"), "{broken}");
        }
        assert!(matches!(words_to_translate("../cy", &files("")), Err(NoWords::Language { .. })));
    }
}
