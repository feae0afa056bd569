//! Scripts, as far as they can be read without running them: the settings, verbs and names that they speak of.
//!
//! What a rehearsal would find on its way is found here at once, also in branches that no rehearsal takes. It reads words
//! and not syntax, so it looks only at what is plain: `settings.name`, `verb(`, and a name in quotes right behind it.

use super::{Sources, arguments::WORDS};
use crate::{
    layout::{self, Place},
    report::Report,
    suggest,
};
use std::{collections::BTreeSet, ops::Range};
use turnabout_core::verbs::{COMPOSITES, HELPERS, diary_name, specs};
use turnabout_model::Diagnostic;

/// What rhai brings that stands before a bracket.
const RHAI: [&str; 19] = [
    "if",
    "while",
    "for",
    "switch",
    "return",
    "throw",
    "catch",
    "until",
    "in",
    "do",
    "else",
    "loop",
    "fn",
    "type_of",
    "is_def_fn",
    "Fn",
    "range",
    "parse_int",
    "call",
];

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let reached = reached(sources);
    for (path, text) in sources.texts.iter().filter(|(path, _)| reached.contains(**path)) {
        let code = Code::read(text);
        settings(sources, path, &code, report);
        calls(sources, path, &code, report);
    }
}

/// The script and the modules that it imports, however far. Shared modules that a template does not import may speak of
/// what it does not have.
fn reached<'d>(sources: &Sources<'d>) -> BTreeSet<&'d str> {
    let scripts = || sources.texts.keys().copied().filter(|path| layout::place(path) == Place::Script);
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec!["programme.rhai"];
    while let Some(path) = next.pop() {
        let Some(path) = scripts().find(|script| *script == path).filter(|script| reached.insert(*script)) else {
            continue;
        };
        let code = Code::read(sources.texts[path]);
        let imports = code.words().filter(|at| code.text[at.clone()] == *"import");
        for (module, _) in imports.filter_map(|at| code.quoted_at(at.end)) {
            next.extend(scripts().filter(|script| script.strip_suffix(".rhai") == Some(module)));
        }
    }
    reached
}

fn settings(sources: &Sources<'_>, path: &str, code: &Code<'_>, report: &mut Report) {
    let known = sources.names("settings");
    for at in code.words().filter(|at| code.text[at.clone()] == *"settings") {
        let rest = &code.text[at.end..];
        let Some(field) = rest.strip_prefix("()").unwrap_or(rest).strip_prefix('.') else { continue };
        let start = code.text.len() - field.len();
        let end = start + field.find(|c: char| !is_word(c)).unwrap_or(field.len());
        let name = &code.text[start..end];
        // A method of the map, such as keys().
        if name.is_empty() || known.contains(&name) || code.text[end..].starts_with('(') {
            continue;
        }
        let message = format!("there is no setting '{name}'");
        let help = suggest::help(name, known.iter().copied(), "the manifest has no [settings]");
        report.push(
            Diagnostic::error("script::unknown_setting", message).at(path, start..end, "no such setting").help(help),
        );
    }
}

fn calls(sources: &Sources<'_>, path: &str, code: &Code<'_>, report: &mut Report) {
    let own: BTreeSet<&str> =
        code.words().filter(|at| code.before(at).ends_with("fn ")).map(|at| &code.text[at]).collect();
    let brought = sources.verbs.specs().map(|spec| spec.name);
    let verbs: Vec<&str> =
        specs().map(|spec| spec.name).chain(COMPOSITES.iter().map(|c| c.name)).chain(HELPERS).chain(brought).collect();
    for at in code.words().filter(|at| code.text[at.end..].starts_with('(')) {
        let (name, before) = (&code.text[at.clone()], code.before(&at));
        if before.ends_with(['.', ':']) || before.ends_with("fn ") || own.contains(name) || RHAI.contains(&name) {
            continue;
        }
        if !verbs.contains(&name) {
            let help = suggest::help(name, verbs.iter().copied().chain(own.iter().copied()), "");
            let message = format!("there is no verb or function {name}");
            report.push(Diagnostic::error("script::unknown_verb", message).at(path, at, "no such verb").help(help));
            continue;
        }
        let (what, known): (_, Vec<&str>) = match name {
            "send" => ("message", sources.messages.iter().copied().collect()),
            "survey" => ("survey", sources.surveys.keys().copied().collect()),
            "agree" => ("agreement", sources.agreements.iter().copied().collect()),
            "hold" => ("session", sources.names("sessions")),
            "match_pairs" => ("matching plan", sources.names("matching")),
            _ => continue,
        };
        let Some((given, span)) = code.quoted_at(at.end + 1) else { continue };
        // A session or a wave that is one of several has its number behind its name.
        let meant = if matches!(name, "hold" | "survey") { diary_name(given) } else { given };
        if !known.contains(&meant) && name == "send" && WORDS.contains(&given) {
            let second = code.text[span.end + 1..].find(',').and_then(|at| code.quoted_at(span.end + at + 2));
            let second = second.map(|(text, _)| text).filter(|text| known.contains(text)).unwrap_or("MESSAGE");
            let message = "send is given the recipients first, and takes the message first";
            let found = Diagnostic::error("script::unknown_name", message).at(path, span, "the other way round");
            report.push(found.help(format!("write send(\"{second}\", \"{given}\")")));
        } else if !known.contains(&meant) {
            let help = suggest::help(meant, known.iter().copied(), &format!("the template has no {what}"));
            let message = format!("there is no {what} '{meant}'");
            report.push(Diagnostic::error("script::unknown_name", message).at(path, span, "no such name").help(help));
        }
    }
}

/// A script in which comments and the insides of texts are blank, byte for byte.
struct Code<'t> {
    source: &'t str,
    text: String,
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl<'t> Code<'t> {
    fn read(source: &'t str) -> Self {
        let mut text = source.as_bytes().to_vec();
        let bytes = source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let end = match &bytes[at..] {
                [b'/', b'/', ..] => source[at..].find('\n').map_or(bytes.len(), |length| at + length),
                [b'/', b'*', ..] => source[at..].find("*/").map_or(bytes.len(), |length| at + length + 2),
                [quote @ (b'"' | b'`'), ..] => end_of_text(bytes, at, *quote),
                _ => {
                    at += 1;
                    continue;
                }
            };
            let quoted = bytes[at] != b'/';
            let blank = if quoted { at + 1..end.saturating_sub(1).max(at + 1) } else { at..end };
            text[blank].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
            at = end;
        }
        let text = String::from_utf8(text).unwrap_or_default();
        Self { source, text }
    }

    /// Every word, in order.
    fn words(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = self.text.char_indices().filter(|(at, c)| is_word(*c) && !self.text[..*at].ends_with(is_word));
        starts.map(|(at, _)| {
            let rest = &self.text[at..];
            at..at + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        })
    }

    fn before(&self, at: &Range<usize>) -> &str {
        &self.text[..at.start]
    }

    /// The text in double quotes that begins at a place, blanks skipped: the whole, or what stands before a sum goes on.
    fn quoted_at(&self, at: usize) -> Option<(&'t str, Range<usize>)> {
        let skipped = self.text[at..].len() - self.text[at..].trim_start().len();
        let start = at + skipped;
        if !self.text[start..].starts_with('"') {
            return None;
        }
        let end = end_of_text(self.source.as_bytes(), start, b'"');
        let inside = start + 1..end.saturating_sub(1).max(start + 1);
        let given = &self.source[inside.clone()];
        (!given.contains('\\')).then_some((given, inside))
    }
}

/// Where a text that begins with a quotation mark ends, the mark included.
fn end_of_text(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_blank_and_every_byte_stays_in_its_place() {
        let source = "let a = 1; // settings.x\nsend(\"se\\\"é\", b); /* hold( */ `x ${y}` c";
        let code = Code::read(source);
        assert_eq!(code.text.len(), source.len());
        let words: Vec<&str> = code.words().map(|at| &code.text[at]).collect();
        assert_eq!(words, ["let", "a", "1", "send", "b", "c"]);
    }
}
