//! A message's file: front matter in TOML between two lines `+++`, then the body.

use crate::limits::MAX_MESSAGE_BYTES;
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use turnabout_model::{Diagnostic, MessageHead, Period};

/// A message's file, taken apart.
#[derive(Debug)]
pub(super) struct MessageFile {
    /// What the front matter says.
    pub head: MessageHead,
    /// The bytes of the subject in the file; of the whole value, quotes included, if it has escapes.
    pub subject_at: Range<usize>,
    /// Whether the subject stands in the file letter by letter.
    pub subject_is_literal: bool,
    /// The byte at which the body starts.
    pub body_at: usize,
}

const FENCE: &str = "+++";
const EXAMPLE: &str =
    "a message starts with a line +++, then `subject = \"...\"`, then another line +++, then the text";

/// The front matter of a file, as read, and where its body starts.
pub(super) struct Front<'t> {
    file: &'t str,
    text: &'t str,
    /// The byte at which the front matter starts.
    base: usize,
    /// Where the body starts.
    pub body_at: usize,
    table: Spanned<DeTable<'t>>,
    problems: Vec<Diagnostic>,
    example: &'static str,
}

/// A line of text in the front matter.
pub(super) struct Line {
    /// What it says.
    pub text: String,
    /// Its bytes in the file; of the whole value, quotes included, if it has escapes.
    pub at: Range<usize>,
    /// Whether it stands in the file letter by letter.
    pub is_literal: bool,
}

impl<'t> Front<'t> {
    /// Finds and reads the front matter of a file; `what` it is, and what one looks like, is for the reader.
    pub(super) fn read(
        file: &'t str,
        text: &'t str,
        what: &str,
        example: &'static str,
    ) -> Result<Self, Vec<Diagnostic>> {
        if text.len() > MAX_MESSAGE_BYTES {
            let message = format!("the {what} has {} bytes; it may have {MAX_MESSAGE_BYTES}", text.len());
            return Err(vec![
                Diagnostic::error("message::too_large", message).at(file, 0..0, "this file").help("shorten it"),
            ]);
        }
        let Some((front, body_at)) = fences(text) else {
            return Err(vec![
                Diagnostic::error("message::no_front_matter", format!("the {what} has no front matter"))
                    .at(file, 0..0, "here")
                    .help(example),
            ]);
        };
        let base = front.start;
        let (table, errors) = DeTable::parse_recoverable(&text[front]);
        let mut read = Self { file, text, base, body_at, table, problems: Vec::new(), example };
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let message = format!("the front matter can't be read here: {}", error.message());
            read.wrong("message::syntax", message, &span, example);
        }
        Ok(read)
    }

    /// Takes the values one by one, in the order of the file. Each is the key and the value.
    pub(super) fn each(&mut self, mut take: impl FnMut(&mut Self, &str, &DeValue<'t>, &Spans)) {
        let table = self.table.get_ref().clone();
        for (key, value) in &table {
            let spans = Spans { key: key.span(), value: value.span() };
            take(self, key.get_ref(), value.get_ref(), &spans);
        }
    }

    /// Reports a problem of the front matter.
    pub(super) fn wrong(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        span: &Range<usize>,
        help: impl Into<String>,
    ) {
        let at = shift(span, self.base);
        self.problems.push(Diagnostic::error(code, message).at(self.file, at, "this").help(help));
    }

    /// Reports a key that there is not.
    pub(super) fn unknown_key(&mut self, message: String, span: &Range<usize>, help: &str) {
        let at = shift(span, self.base);
        let problem = Diagnostic::error("message::unknown_key", message).at(self.file, at, "unknown key");
        self.problems.push(problem.help(help));
    }

    /// Reports a key that has to be there and is not.
    pub(super) fn needs(&mut self, key: &str, code: &'static str, message: &str) {
        if !self.table.get_ref().contains_key(key) {
            let at = self.base..self.base;
            self.problems.push(Diagnostic::error(code, message).at(self.file, at, "here").help(self.example));
        }
    }

    /// A line of text with its place.
    pub(super) fn line(&self, said: &str, span: &Range<usize>) -> Line {
        let whole = shift(span, self.base);
        let inner = whole.start + 1..whole.end.saturating_sub(1).max(whole.start + 1);
        let is_literal = self.text.get(inner.clone()) == Some(said);
        Line { text: said.to_owned(), at: if is_literal { inner } else { whole }, is_literal }
    }

    /// The body.
    pub(super) fn body(&self) -> &'t str {
        &self.text[self.body_at..]
    }

    /// Everything that is wrong.
    pub(super) fn into_problems(self) -> Vec<Diagnostic> {
        self.problems
    }

    /// Whether nothing is wrong.
    pub(super) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Where a key and its value stand in the front matter.
pub(super) struct Spans {
    pub key: Range<usize>,
    pub value: Range<usize>,
}

/// Takes a file apart, or reports every problem of its front matter.
pub(super) fn parse(file: &str, text: &str) -> Result<MessageFile, Vec<Diagnostic>> {
    let mut front = Front::read(file, text, "message", EXAMPLE)?;
    let mut subject = None;
    let mut stale_after = None;
    front.each(|front, key, value, at| match (key, value) {
        ("subject", DeValue::String(text)) if text.trim().is_empty() => {
            let help = "say in a few words what the message is about";
            front.wrong("message::subject", "the subject is empty", &at.value, help);
        }
        ("subject", DeValue::String(text)) if text.chars().any(char::is_control) => {
            let help = "a subject is one line of text";
            front.wrong("message::subject", "the subject has a line break", &at.value, help);
        }
        ("subject", DeValue::String(text)) => subject = Some(front.line(text, &at.value)),
        ("stale_after", DeValue::String(text)) => match text.parse::<Period>() {
            Ok(period) if period.is_positive() => stale_after = Some(period),
            _ => {
                let message = format!("'{text}' is not a length of time");
                front.wrong("message::stale_after", message, &at.value, "write for example '2 days'");
            }
        },
        ("subject" | "stale_after", _) => {
            let help = "put it in quotes: \"like this\"";
            front.wrong("message::wrong_type", "this has to be text", &at.value, help);
        }
        (other, _) => {
            let message = format!("a message has no key '{other}'");
            front.unknown_key(message, &at.key, "there is 'subject' and 'stale_after'");
        }
    });
    front.needs("subject", "message::subject", "the message has no subject");
    match subject {
        Some(Line { text, at, is_literal }) if front.is_sound() => {
            let head = MessageHead { subject: text, stale_after };
            Ok(MessageFile { head, subject_at: at, subject_is_literal: is_literal, body_at: front.body_at })
        }
        _ => Err(front.into_problems()),
    }
}

/// Finds the front matter's bytes and where the body starts.
fn fences(text: &str) -> Option<(Range<usize>, usize)> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut at = start;
    let mut front = None;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        match front {
            None if line.trim_end() == FENCE => front = Some(end),
            None => return None,
            Some(from) if line.trim_end() == FENCE => return Some((from..at, end)),
            Some(_) => {}
        }
        at = end;
    }
    None
}

fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}
