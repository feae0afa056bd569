//! What can be wrong with an expression: each says what, where and what to do.

use std::fmt;
use std::ops::Range;

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// What is wrong.
    pub fault: Fault,
    /// Where, in bytes of the text.
    pub at: Range<usize>,
}

/// What is wrong with the text of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It has more than [`super::MOST_BYTES`] bytes.
    TooLong,
    /// Its parts lie in each other more than [`super::MOST_DEPTH`] deep.
    TooDeep,
    /// A sign that has no meaning here.
    Sign(char),
    /// A text without its closing quote.
    OpenText,
    /// A `$` that starts no `${name}`.
    Name,
    /// A path or another part of XPath that needs the form's XML.
    Path,
    /// Something else than what must stand here.
    Expected(&'static str),
    /// A word that is neither in quotes nor in `${}` nor a function.
    BareWord(String),
    /// A function that XLSForm has and this logic does not, with the reason.
    Unsupported(&'static str, &'static str),
    /// A function that nobody has; maybe the one that was meant.
    UnknownFunction(String, Option<&'static str>),
    /// A function with too many or too few arguments: its name, how many it takes, how many it got.
    Arguments(&'static str, &'static str, usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("the expression is longer than 8192 bytes: move parts to calculations"),
            Self::TooDeep => {
                f.write_str("the parts lie more than 64 deep in each other: move the inner ones to calculations")
            }
            Self::Sign('‘' | '’' | '“' | '”') => f.write_str("a typographic quote: write ' or \""),
            Self::Sign(sign) => write!(f, "'{sign}' means nothing here: remove it, or put text in quotes"),
            Self::OpenText => f.write_str("the text has no end: close it with the quote it starts with"),
            Self::Name => f.write_str("a '$' must start the name of a question: write ${name}"),
            Self::Path => f.write_str("paths into the form's XML are not supported: write ${name}"),
            Self::Expected(what) => write!(f, "{what} is missing here"),
            Self::BareWord(word) => {
                write!(f, "'{word}' stands alone: write ${{{word}}} for an answer, '{word}' in quotes for text")
            }
            Self::Unsupported(name, reason) => write!(f, "{name}() can't be used: {reason}"),
            Self::UnknownFunction(name, None) => write!(f, "there is no function {name}()"),
            Self::UnknownFunction(name, Some(near)) => {
                write!(f, "there is no function {name}(): did you mean {near}()?")
            }
            Self::Arguments(name, takes, given) => write!(f, "{name}() takes {takes} and has {given}"),
        }
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.at.start, self.fault)
    }
}

impl std::error::Error for ExpressionError {}

/// Why an expression has no value for these answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationError {
    /// What is wrong.
    pub fault: EvaluationFault,
    /// The part that has no value, in bytes of the text.
    pub at: Range<usize>,
}

/// What keeps a good expression from having a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvaluationFault {
    /// A text grew beyond [`super::MOST_TEXT`] bytes.
    TextTooLong,
    /// A regular expression can't be read; what its reader says.
    Pattern(String),
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            EvaluationFault::TextTooLong => {
                write!(f, "at byte {}: the text grows beyond 65536 bytes: join fewer answers", self.at.start)
            }
            EvaluationFault::Pattern(why) => {
                write!(f, "at byte {}: the regular expression can't be used: {why}", self.at.start)
            }
        }
    }
}

impl std::error::Error for EvaluationError {}
