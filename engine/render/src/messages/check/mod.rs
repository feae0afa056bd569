//! Checks a message without any data: what it shows must be something that exists, and is there where it is sent.

mod gaps;
mod place;
mod shown;
mod walk;

use super::{
    agreement,
    file::{self, MessageFile},
    links,
};
use crate::limits::{MAX_NESTING, MAX_PROBLEMS};
use handlebars::{Template, TemplateErrorReason};
use place::Place;
use std::ops::Range;
use turnabout_core::{
    bundle::Messages,
    occasion::{Gap, Occasion},
};
use turnabout_model::{AgreementHead, Diagnostic, MessageHead};

/// Checks messages for the loader of templates.
#[derive(Debug, Clone, Copy, Default)]
pub struct MessageCheck;

impl Messages for MessageCheck {
    fn check(&self, file: &str, text: &str) -> Result<MessageHead, Vec<Diagnostic>> {
        parse(file, text).map(|parsed| parsed.head)
    }

    fn head(&self, file: &str, text: &str) -> Option<MessageHead> {
        file::parse(file, text).ok().map(|message| message.head)
    }

    fn gaps(&self, file: &str, text: &str, occasion: &Occasion) -> Vec<Gap> {
        gaps::find(file, text, occasion)
    }

    fn shows(&self, file: &str, text: &str, variable: &str) -> bool {
        shown::is_shown(file, text, variable)
    }

    fn check_agreement(&self, file: &str, text: &str) -> Result<AgreementHead, Vec<Diagnostic>> {
        agreement::parse(file, text).map(|parsed| parsed.head)
    }
}

/// A message that can be rendered.
pub(super) struct Parsed {
    pub head: MessageHead,
    pub subject: Template,
    pub body: Template,
}

/// Parses and checks a message, or reports every problem.
pub(super) fn parse(file: &str, text: &str) -> Result<Parsed, Vec<Diagnostic>> {
    let MessageFile { head, subject_at, subject_is_literal, body_at, .. } = file::parse(file, text)?;
    let line = (head.subject.as_str(), subject_at, subject_is_literal);
    let (subject, body) = templates(file, text, line, body_at, None)?;
    Ok(Parsed { head, subject, body })
}

/// Compiles and checks the line and the body of a file. Where `only` names groups of variables, others are refused.
pub(super) fn templates(
    file: &str,
    text: &str,
    (line, line_at, is_literal): (&str, Range<usize>, bool),
    body_at: usize,
    only: Option<&'static [&'static str]>,
) -> Result<(Template, Template), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let exact = is_literal.then_some(line_at.start);
    let line = template(&Place { file, text: line, at: exact, whole: line_at, only }, &mut problems);
    let whole = body_at..text.len();
    let body = template(&Place { file, text: &text[body_at..], at: Some(body_at), whole, only }, &mut problems);
    problems.truncate(MAX_PROBLEMS);
    match (line, body) {
        (Some(line), Some(body)) if problems.is_empty() => Ok((line, body)),
        _ => Err(problems),
    }
}

fn template(place: &Place<'_>, problems: &mut Vec<Diagnostic>) -> Option<Template> {
    if let Some(bad) = links::find_bad(place.text) {
        problems.push(
            place
                .error("message::link", "a message may only link to https", bad, "this link")
                .help("write https://, or show {{link}}, which the engine makes"),
        );
    }
    if let Some(deep) = too_deep(place.text) {
        // Parsing recurses: a crafted file must not exhaust the stack.
        problems.push(
            place
                .error(
                    "message::too_deep",
                    format!("conditions lie more than {MAX_NESTING} deep in each other"),
                    deep,
                    "here",
                )
                .help("write two messages and let the script choose"),
        );
        return None;
    }
    match Template::compile(place.text) {
        Ok(template) => {
            walk::walk(&template, place, problems);
            Some(template)
        }
        Err(error) => {
            if let Some((open, name)) = unclosed(place.text) {
                problems.push(
                    place
                        .error("message::syntax", format!("{{{{#{name}}}}} is never closed"), open, "opened here")
                        .help(format!("write {{{{/{name}}}}} where it ends")),
                );
                return None;
            }
            let at = error.pos().map_or(0, |(line, column)| place.byte(line, column));
            let why = match error.reason() {
                // Its own words are a list of the grammar's rules, which helps nobody.
                TemplateErrorReason::InvalidSyntax(_) => "something is missing or too much here".to_owned(),
                reason => reason.to_string(),
            };
            problems.push(
                place
                    .error("message::syntax", "the braces can't be read here", place.rest_of_line(at), why)
                    .help("a variable is {{recipient.name}}; a condition is {{#if session}} ... {{else}} ... {{/if}}"),
            );
            None
        }
    }
}

/// The tag of the last block that is opened and never closed, with its name. Nothing where blocks close each other wrongly.
fn unclosed(text: &str) -> Option<(Range<usize>, &str)> {
    let mut open: Vec<(Range<usize>, &str)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        let rest = &text[start..];
        let inside = rest.trim_start_matches('{').trim_start_matches('~');
        let (comment, end) = (inside.starts_with('!'), rest.find("}}")?);
        let name = |of: &'_ str| of.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(of.len());
        if let Some(block) =
            inside.strip_prefix('#').map(|block| block.trim_start_matches(['>', ' '])).filter(|_| !comment)
        {
            open.push((start..start + end + 2, &block[..name(block)]));
        } else if let Some(block) = inside.strip_prefix('/') {
            let block = block.trim_start();
            open.pop().filter(|(_, opened)| *opened == &block[..name(block)])?;
        }
        at = start + end + 2;
    }
    open.pop()
}

/// Finds where blocks or brackets lie too deep in each other.
fn too_deep(text: &str) -> Option<Range<usize>> {
    let (mut blocks, mut brackets) = (0_usize, 0_usize);
    let mut open = false;
    for (at, byte) in text.bytes().enumerate() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"{{") {
            open = true;
            let after: Vec<u8> = rest.iter().copied().skip_while(|b| *b == b'{' || *b == b'~').take(1).collect();
            let first_brace = at == 0 || text.as_bytes()[at - 1] != b'{';
            match after.first() {
                Some(b'#' | b'^') if first_brace => blocks += 1,
                Some(b'/') if first_brace => blocks = blocks.saturating_sub(1),
                _ => {}
            }
        } else if rest.starts_with(b"}}") {
            open = false;
            brackets = 0;
        }
        // Literals of handlebars nest in these three, and only within a tag, whose own braces don't count.
        let next_to = |brace: u8| rest.get(1) == Some(&brace) || (at > 0 && text.as_bytes()[at - 1] == brace);
        match byte {
            b'(' | b'[' if open => brackets += 1,
            b'{' if open && !next_to(b'{') => brackets += 1,
            b')' | b']' if open => brackets = brackets.saturating_sub(1),
            b'}' if open && !next_to(b'}') => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        if blocks > MAX_NESTING || brackets > MAX_NESTING {
            return Some(at..at + 1);
        }
    }
    None
}
