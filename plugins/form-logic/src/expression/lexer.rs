//! From text to tokens.

use super::{ExpressionError, Fault, Operator};
use std::ops::Range;

/// The smallest thing that means something.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    Answer(String),
    /// A function's name, or an operator that is a word: only where it stands tells.
    Word(String),
    Sign(Operator),
    Dot,
    Open,
    Close,
    Comma,
}

/// Cuts a text into tokens, each with its place in bytes.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, ExpressionError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if matches!(first, ' ' | '\t' | '\r' | '\n') {
            at += 1;
            continue;
        }
        let (token, length) =
            token(&text[at..], first).map_err(|(fault, length)| ExpressionError { fault, at: at..at + length })?;
        tokens.push((token, at..at + length));
        at += length;
    }
    Ok(tokens)
}

/// The token that a text starts with, and its length in bytes; or what is wrong with so many bytes.
fn token(text: &str, first: char) -> Result<(Token, usize), (Fault, usize)> {
    let second = text[first.len_utf8()..].chars().next();
    let sign = |operator, length| Ok((Token::Sign(operator), length));
    match (first, second) {
        ('(', _) => Ok((Token::Open, 1)),
        (')', _) => Ok((Token::Close, 1)),
        (',', _) => Ok((Token::Comma, 1)),
        ('+', _) => sign(Operator::Plus, 1),
        ('-', _) => sign(Operator::Minus, 1),
        ('*', _) => sign(Operator::Times, 1),
        ('=', _) => sign(Operator::Equal, 1),
        ('!', Some('=')) => sign(Operator::NotEqual, 2),
        ('<', Some('=')) => sign(Operator::LessOrEqual, 2),
        ('>', Some('=')) => sign(Operator::GreaterOrEqual, 2),
        ('<', _) => sign(Operator::Less, 1),
        ('>', _) => sign(Operator::Greater, 1),
        ('\'' | '"', _) => match text[1..].find(first) {
            Some(end) => Ok((Token::Text(text[1..=end].into()), end + 2)),
            None => Err((Fault::OpenText, text.len())),
        },
        ('$', Some('{')) => answer(text),
        ('$', _) => Err((Fault::Name, 1)),
        ('.', Some('0'..='9')) | ('0'..='9', _) => Ok(number(text)),
        ('.', Some('.')) => Err((Fault::Path, 2)),
        ('.', _) => Ok((Token::Dot, 1)),
        ('/' | '[' | ']' | '|' | '@' | ':', _) => Err((Fault::Path, 1)),
        (letter, _) if starts_name(letter) => {
            let length = name(text);
            Ok((Token::Word(text[..length].into()), length))
        }
        (sign, _) => Err((Fault::Sign(sign), sign.len_utf8())),
    }
}

fn answer(text: &str) -> Result<(Token, usize), (Fault, usize)> {
    let Some(end) = text.find('}') else {
        return Err((Fault::Name, 2));
    };
    let inside = text[2..end].trim_matches([' ', '\t']);
    if is_name(inside) { Ok((Token::Answer(inside.into()), end + 1)) } else { Err((Fault::Name, end + 1)) }
}

fn number(text: &str) -> (Token, usize) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    if text[length..].starts_with('.') {
        length += 1 + digits(&text[length + 1..]);
    }
    // Digits with a point are always a number to Rust; one too large for a double is infinite, as in XPath.
    (Token::Number(text[..length].parse().unwrap_or(f64::NAN).min(f64::MAX)), length)
}

/// Whether a text can be the name of a question: a letter or `_`, then letters, digits, `_`, `-` and `.`
/// (pyxform's rule, less what XML's names allow beyond letters and digits).
pub(crate) fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(starts_name) && letters.all(continues_name)
}

fn starts_name(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_'
}

fn continues_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.')
}

/// The length of the name that a text starts with, its prefix included: `jr:choice-name`.
fn name(text: &str) -> usize {
    let length = |text: &str| text.find(|letter| !continues_name(letter)).unwrap_or(text.len());
    let end = length(text);
    match text[end..].strip_prefix(':') {
        Some(rest) if rest.starts_with(starts_name) => end + 1 + length(rest),
        _ => end,
    }
}
