//! Values and how one kind becomes another: XPath 1.0 with ODK's dates.

use turnabout_plugin_sdk::date::Moment;

/// What an expression is worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text. Every answer is one; an answer not given is the empty text.
    Text(String),
    /// A number, or NaN.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A date, maybe with a time.
    Date(Moment),
}

impl Value {
    /// As a text. NaN is empty, as ODK has it, where XPath says `NaN`: what people read must not say that.
    pub fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => text_of(number),
            Self::Truth(truth) => if truth { "true" } else { "false" }.into(),
            Self::Date(moment) => moment.to_string(),
        }
    }

    /// As a number: a date is its days since 1970, and so is a text that is a date; any other text that is no
    /// number is NaN.
    pub fn number(&self, offset_minutes: i32) -> f64 {
        match self {
            Self::Text(text) => {
                number_of(text).or_else(|| Moment::read(text, offset_minutes).map(Moment::days)).unwrap_or(f64::NAN)
            }
            Self::Number(number) => *number,
            Self::Truth(truth) => f64::from(u8::from(*truth)),
            Self::Date(moment) => moment.days(),
        }
    }

    /// Whether it is true: a text that is not empty, a number that is neither 0 nor NaN, any date.
    pub fn truth(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Truth(truth) => *truth,
            Self::Date(_) => true,
        }
    }

    /// Whether two are equal: as truths if one is a truth, as numbers if one is a number or a date, else as texts
    /// (XPath 1.0, section 3.4).
    pub fn equals(&self, other: &Self, offset_minutes: i32) -> bool {
        match (self, other) {
            (Self::Truth(_), _) | (_, Self::Truth(_)) => self.truth() == other.truth(),
            (Self::Text(one), Self::Text(two)) => one == two,
            #[expect(clippy::float_cmp, reason = "equality is exact in XPath")]
            _ => self.number(offset_minutes) == other.number(offset_minutes),
        }
    }
}

/// A number as XPath writes it: no exponent, no sign of zero, whole numbers without a point.
pub(crate) fn text_of(number: f64) -> String {
    if number.is_nan() {
        String::new()
    } else if number == 0.0 {
        "0".into()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.into()
    } else {
        number.to_string()
    }
}

/// The number that a text is: maybe `-`, then digits with maybe a point, maybe with white space around (XPath 1.0,
/// section 4.4). No exponent, no `+`.
pub(crate) fn number_of(text: &str) -> Option<f64> {
    let text = text.trim_matches(SPACES);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if plain && digits.bytes().any(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// What XPath takes for white space.
pub(crate) const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];

#[cfg(test)]
mod tests {
    use super::{Value, number_of, text_of};

    #[test]
    fn numbers_are_written_as_xpath_writes_them() {
        for (number, text) in [
            (1.0, "1"),
            (-0.5, "-0.5"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (f64::NAN, ""),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(text_of(number), text);
        }
    }

    #[test]
    fn texts_are_numbers_only_in_xpaths_grammar() {
        for (text, number) in [
            ("12", Some(12.0)),
            (" -1.50\n", Some(-1.5)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("", None),
            ("-", None),
            (".", None),
            ("1.2.3", None),
            ("1e3", None),
            ("+1", None),
            ("0x10", None),
            ("inf", None),
            ("- 1", None),
        ] {
            assert_eq!(number_of(text), number, "{text}");
        }
    }

    #[test]
    fn equality_takes_the_stronger_kind() {
        let text = |text: &str| Value::Text(text.into());
        for (one, two, equal) in [
            (text("01"), text("1"), false),
            (text("01"), Value::Number(1.0), true),
            (text("no"), Value::Truth(true), true),
            (text(""), Value::Truth(false), true),
            (text(""), Value::Number(0.0), false),
            (Value::Number(f64::NAN), Value::Number(f64::NAN), false),
            (Value::Number(2.0), Value::Truth(true), true),
        ] {
            assert_eq!(one.equals(&two, 0), equal, "{one:?} {two:?}");
            assert_eq!(two.equals(&one, 0), equal, "{two:?} {one:?}");
        }
    }
}
