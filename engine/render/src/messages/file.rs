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
pub(super) struct MessageFile<'t> {
    /// What the front matter says.
    pub head: MessageHead,
    /// The bytes of the subject in the file; of the whole value, quotes included, if it has escapes.
    pub subject_at: Range<usize>,
    /// Whether the subject stands in the file letter by letter.
    pub subject_is_literal: bool,
    /// The body.
    pub body: &'t str,
    /// The byte at which the body starts.
    pub body_at: usize,
}

const FENCE: &str = "+++";
const EXAMPLE: &str =
    "a message starts with a line +++, then `subject = \"...\"`, then another line +++, then the text";

/// Takes a file apart, or reports every problem of its front matter.
pub(super) fn parse<'t>(file: &str, text: &'t str) -> Result<MessageFile<'t>, Vec<Diagnostic>> {
    if text.len() > MAX_MESSAGE_BYTES {
        let message = format!("the message has {} bytes; it may have {MAX_MESSAGE_BYTES}", text.len());
        return Err(vec![
            Diagnostic::error("message::too_large", message).at(file, 0..0, "this file").help("shorten it"),
        ]);
    }
    let Some((front, body_at)) = fences(text) else {
        return Err(vec![
            Diagnostic::error("message::no_front_matter", "the message has no front matter")
                .at(file, 0..0, "here")
                .help(EXAMPLE),
        ]);
    };
    let base = front.start;
    let (table, errors) = DeTable::parse_recoverable(&text[front]);
    let mut problems: Vec<Diagnostic> = errors
        .into_iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            let message = format!("the front matter can't be read here: {}", error.message());
            Diagnostic::error("message::syntax", message).at(file, shift(&span, base), "this").help(EXAMPLE)
        })
        .collect();
    let mut subject = None;
    let mut stale_after = None;
    for (key, value) in table.get_ref() {
        let mut wrong = |code: &'static str, message: String, help: &str| {
            problems.push(Diagnostic::error(code, message).at(file, shift(&value.span(), base), "this").help(help));
        };
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("subject", DeValue::String(text)) if text.trim().is_empty() => {
                wrong(
                    "message::subject",
                    "the subject is empty".into(),
                    "say in a few words what the message is about",
                );
            }
            ("subject", DeValue::String(text)) if text.chars().any(char::is_control) => {
                wrong("message::subject", "the subject has a line break".into(), "a subject is one line of text");
            }
            ("subject", DeValue::String(text)) => subject = Some((text.as_ref().to_owned(), value)),
            ("stale_after", DeValue::String(text)) => match text.parse::<Period>() {
                Ok(period) if period.is_positive() => stale_after = Some(period),
                _ => wrong(
                    "message::stale_after",
                    format!("'{text}' is not a length of time"),
                    "write for example '2 days'",
                ),
            },
            ("subject" | "stale_after", _) => {
                wrong("message::wrong_type", "this has to be text".into(), "put it in quotes: \"like this\"");
            }
            (other, _) => problems.push(
                Diagnostic::error("message::unknown_key", format!("a message has no key '{other}'"))
                    .at(file, shift(&key.span(), base), "unknown key")
                    .help("there is 'subject' and 'stale_after'"),
            ),
        }
    }
    if !table.get_ref().contains_key("subject") {
        problems.push(
            Diagnostic::error("message::subject", "the message has no subject")
                .at(file, base..base, "here")
                .help(EXAMPLE),
        );
    }
    match subject {
        Some((subject, value)) if problems.is_empty() => {
            let (subject_at, subject_is_literal) = place(text, base, &subject, value);
            let head = MessageHead { subject, stale_after };
            Ok(MessageFile { head, subject_at, subject_is_literal, body: &text[body_at..], body_at })
        }
        _ => Err(problems),
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

fn place(text: &str, base: usize, subject: &str, value: &Spanned<DeValue<'_>>) -> (Range<usize>, bool) {
    let whole = shift(&value.span(), base);
    let inner = whole.start + 1..whole.end.saturating_sub(1).max(whole.start + 1);
    if text.get(inner.clone()) == Some(subject) { (inner, true) } else { (whole, false) }
}

fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}
