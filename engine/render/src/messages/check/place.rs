//! Where in the file a piece of a template stands.

use std::ops::Range;
use turnabout_model::Diagnostic;

/// A template's text and its place in the message's file.
pub(super) struct Place<'t> {
    /// The message's file.
    pub file: &'t str,
    /// The template's text.
    pub text: &'t str,
    /// Where it starts in the file, if it stands there letter by letter.
    pub at: Option<usize>,
    /// What to underline if it does not.
    pub whole: Range<usize>,
    /// The groups of variables that it can show; all of a message's if none are named.
    pub only: Option<&'static [&'static str]>,
}

impl Place<'_> {
    /// The byte of a line and column, both from 1, columns in characters.
    pub(super) fn byte(&self, line: usize, column: usize) -> usize {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &self.text[start..];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }

    /// The bytes from here to the end of the line.
    pub(super) fn rest_of_line(&self, at: usize) -> Range<usize> {
        let at = at.min(self.text.len());
        at..self.text[at..].find('\n').map_or(self.text.len(), |end| at + end)
    }

    /// The bytes of a word at or after a byte, as a whole word; else of the tag that starts there.
    pub(super) fn word(&self, word: &str, from: usize) -> Range<usize> {
        let end = self.text[from..].find("}}").map_or(self.text.len(), |end| from + end);
        // Two braces, or three or four where it opened with as many.
        let braces = self.text[end..].chars().take_while(|c| *c == '}').count();
        let tag = from..end + braces;
        let part = |c: char| c.is_alphanumeric() || "._-".contains(c);
        self.text[from..]
            .match_indices(word)
            .map(|(at, _)| from + at..from + at + word.len())
            .find(|range| !self.text[..range.start].ends_with(part) && !self.text[range.end..].starts_with(part))
            .filter(|_| !word.is_empty())
            .unwrap_or(tag)
    }

    /// An error that underlines a piece of the template.
    pub(super) fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        bytes: Range<usize>,
        label: impl Into<String>,
    ) -> Diagnostic {
        let bytes = self.at.map_or(self.whole.clone(), |base| bytes.start + base..bytes.end + base);
        Diagnostic::error(code, message).at(self.file, bytes, label)
    }
}
