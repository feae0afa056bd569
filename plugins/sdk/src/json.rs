//! Settings from JSON.
//!
//! A reader of our own, because everything in a component is compiled again on every machine: `serde_json` with what it
//! needs to print a float in an error was a third of a rule. Tests read the same texts with both.

mod access;
mod write;

pub(crate) use write::write;

use access::Items;
use serde::de::{self, DeserializeOwned, Expected, Unexpected};

/// How deep values may lie in each other.
const DEEPEST: u32 = 32;

/// Reads a value whose numbers are short, as settings have them.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    read_with(text, |_| None)
}

/// Reads a value whose numbers may be any: answers that were computed have seventeen digits. A rule has no use for what
/// that takes, which is a fifth of its size.
pub(crate) fn read_long<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    read_with(text, |digits| digits.parse().ok().filter(|number: &f64| number.is_finite()))
}

fn read_with<T: DeserializeOwned>(text: &str, long: fn(&str) -> Option<f64>) -> Result<T, Error> {
    let mut reader = Reader { text, at: 0, depth: 0, long };
    let value = T::deserialize(&mut reader)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.wrong("something follows the value")),
    }
}

/// What is wrong with the settings, as a sentence.
#[derive(Debug)]
pub(crate) struct Error(pub(crate) String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Serde's own wording, except that a value is named and never printed.
impl de::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(["invalid type: ", name(found), ", expected ", &expected.to_string()].concat())
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(["invalid value: ", name(found), ", expected ", &expected.to_string()].concat())
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self(["unknown variant `", variant, "`, expected one of ", &expected.join(", ")].concat())
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self(["unknown field `", field, "`, expected one of ", &expected.join(", ")].concat())
    }

    fn missing_field(field: &'static str) -> Self {
        Self(["missing field `", field, "`"].concat())
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self(["duplicate field `", field, "`"].concat())
    }
}

fn name(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Str(_) => "a string",
        Unexpected::Unit => "null",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        _ => "something else",
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    /// Reads a number with more digits than `number` can take, or refuses.
    long: fn(&str) -> Option<f64>,
}

impl Reader<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.at += spaces;
        rest.get(spaces).copied()
    }

    fn wrong(&self, what: &str) -> Error {
        let near: String = self.text.get(self.at..).unwrap_or_default().chars().take(12).collect();
        Error(["not JSON: ", what, " at '", &near, "'"].concat())
    }

    fn take(&mut self, byte: u8, what: &str) -> Result<(), Error> {
        if self.peek() != Some(byte) {
            return Err(self.wrong(what));
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.wrong("no value"));
        }
        self.at += word.len();
        Ok(())
    }

    fn string(&mut self) -> Result<String, Error> {
        self.take(b'"', "no string")?;
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(end) = rest.find(['"', '\\']) else {
                return Err(self.wrong("a string without an end"));
            };
            string.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' {
                return Ok(string);
            }
            string.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        let escape = self.text.as_bytes().get(self.at).copied();
        self.at += 1;
        Ok(match escape {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => {
                let high = self.unit()?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high).ok_or_else(|| self.wrong("half a character"));
                }
                if !self.text[self.at..].starts_with("\\u") {
                    return Err(self.wrong("half a character"));
                }
                self.at += 2;
                let low = self.unit()?.wrapping_sub(0xdc00);
                let whole = if low < 0x400 { char::from_u32(0x10000 + ((high - 0xd800) << 10) + low) } else { None };
                return whole.ok_or_else(|| self.wrong("half a character"));
            }
            _ => {
                self.at -= 1;
                return Err(self.wrong("an unknown escape"));
            }
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Error> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        let mut unit = 0;
        for digit in digits.chars() {
            unit = unit * 16 + digit.to_digit(16).ok_or_else(|| self.wrong("an unknown escape"))?;
        }
        if digits.is_empty() {
            return Err(self.wrong("an unknown escape"));
        }
        self.at += 4;
        Ok(unit)
    }

    /// A number of at most 15 digits and a power of ten up to 22: for those one multiplication or division of two
    /// exact doubles gives the nearest double (Clinger 1990, "How to read floating point numbers accurately").
    fn number(&mut self) -> Result<Number, Error> {
        let bytes = self.text.as_bytes();
        let negative = bytes[self.at] == b'-';
        let first = self.at + usize::from(negative);
        let (mut at, mut mantissa, mut digits, mut power, mut point, mut whole) = (first, 0u64, 0, 0i32, false, true);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'0'..=b'9' if digits < 15 => {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    digits += i32::from(mantissa > 0);
                    power -= i32::from(point);
                }
                b'0'..=b'9' => return self.long_number("a number with more than 15 digits"),
                b'.' if !point && at > first => (point, whole) = (true, false),
                _ => break,
            }
            at += 1;
        }
        // No digit, a point without one, or a leading zero.
        let zero_first = bytes.get(first) == Some(&b'0') && bytes.get(first + 1).is_some_and(u8::is_ascii_digit);
        if at == first || bytes[at - 1] == b'.' || zero_first {
            return Err(self.wrong("no number"));
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            at += 1;
            let minus = bytes.get(at) == Some(&b'-');
            at += usize::from(matches!(bytes.get(at), Some(b'-' | b'+')));
            let start = at;
            let mut exponent = 0i32;
            while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
                exponent = (exponent * 10 + i32::from(digit - b'0')).min(1000);
                at += 1;
            }
            if at == start {
                return Err(self.wrong("no number"));
            }
            power += if minus { -exponent } else { exponent };
            whole = false;
        }
        if mantissa != 0 && power.abs() > 22 {
            return self.long_number("a number beyond the range of settings");
        }
        self.at = at;
        Ok(if whole { Number::Whole(negative, mantissa) } else { Number::Real(real(negative, mantissa, power)) })
    }

    fn long_number(&mut self, what: &str) -> Result<Number, Error> {
        let rest = &self.text[self.at..];
        let end = rest.find(|letter| !matches!(letter, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let digits = &rest[..end];
        // What Rust reads beyond JSON: a zero before other digits, a point without a digit after it.
        let zero_first = digits.trim_start_matches('-').strip_prefix('0').is_some_and(starts_with_digit);
        let bare_point = digits.split_once('.').is_some_and(|(_, after)| !starts_with_digit(after));
        match (self.long)(digits) {
            Some(number) if !zero_first && !bare_point => {
                self.at += end;
                Ok(Number::Real(number))
            }
            _ => Err(self.wrong(what)),
        }
    }

    /// Goes into a list, an object or a choice, at its first byte. Errors end everything, so that only success has to
    /// come back out.
    fn enter(&mut self) -> Result<(), Error> {
        if self.depth == DEEPEST {
            return Err(self.wrong("values too deep in each other"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Says that the next value is not what is expected.
    fn mismatch(&mut self, expected: &dyn Expected) -> Error {
        let found = match self.peek() {
            Some(b'"') => Unexpected::Str(""),
            Some(b'{') => Unexpected::Map,
            Some(b'[') => Unexpected::Seq,
            Some(b't' | b'f') => Unexpected::Bool(true),
            Some(b'n') => Unexpected::Unit,
            Some(b'-' | b'0'..=b'9') => Unexpected::Float(0.0),
            _ => return self.wrong("no value"),
        };
        de::Error::invalid_type(found, expected)
    }
}

impl<'a> Reader<'a> {
    /// The members of a list or an object that starts here.
    fn items(&mut self, end: u8) -> Result<Items<'_, 'a>, Error> {
        self.enter()?;
        Ok(Items { reader: self, end, first: true, done: false })
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
}

enum Number {
    Whole(bool, u64),
    Real(f64),
}

#[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact in a double")]
fn real(negative: bool, mantissa: u64, power: i32) -> f64 {
    let mut scale = 1.0;
    for _ in 0..power.abs().min(22) {
        scale *= 10.0;
    }
    let value = if power < 0 { mantissa as f64 / scale } else { mantissa as f64 * scale };
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests;
