//! An expression of XLSForm, read once and evaluated often.

mod error;
mod evaluate;
mod lexer;
mod parser;
mod print;
#[cfg(test)]
mod tests;
mod walk;

pub use error::{EvaluationError, EvaluationFault, ExpressionError, Fault};
pub use evaluate::{Answers, Scope};
pub(crate) use lexer::is_name;

use crate::functions::Function;
use std::ops::Range;

/// The longest expression, in bytes.
pub const MOST_BYTES: usize = 8 << 10;
/// How deep parts may lie in each other. A component has 128 KiB of stack, and reading, evaluating and dropping an
/// expression each go as deep as it is.
pub const MOST_DEPTH: usize = 64;
/// The longest text that a function may make, in bytes: calculations that double each other's text would fill any
/// memory.
pub const MOST_TEXT: usize = 64 << 10;

/// An expression of XLSForm: the part of XPath 1.0 that surveys use, with ODK's functions.
///
/// ```
/// use form_logic::Expression;
/// let expression: Expression = "${age} >= 18 and selected(${topics}, 'race')".parse().unwrap();
/// assert_eq!(expression.names().collect::<Vec<_>>(), ["age", "topics"]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    pub(crate) root: Node,
}

impl Expression {
    /// The names of the answers that it reads, in the order of the text, with repeats.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let mut names = Vec::new();
        self.root.walk(&mut |node| {
            if let Part::Answer(name) = &node.part {
                names.push(name.as_str());
            }
        });
        names.into_iter()
    }

    /// Whether it reads `.`, the answer of its own question.
    pub fn reads_this(&self) -> bool {
        let mut reads = false;
        self.root.walk(&mut |node| reads |= node.part == Part::This);
        reads
    }
}

/// A part of an expression, and where it stands in the text.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) part: Part,
    /// In bytes.
    pub(crate) at: Range<usize>,
}

/// Where a part stands is not what it is: two readings of differently spaced texts are equal.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.part == other.part
    }
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    /// `12.5`; finite and not negative.
    Number(f64),
    /// `'yes'`.
    Text(String),
    /// `${name}`.
    Answer(String),
    /// `.`
    This,
    /// `- a`
    Minus(Box<Node>),
    /// `a + b - c`: operators of one level, from left to right. A list rather than a tree, so that a hundred
    /// conditions in a row are not a hundred deep.
    Chain(Box<Node>, Vec<(Operator, Node)>),
    /// `f(a, b)`
    Call(Function, Vec<Node>),
}

/// An operator between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Div,
    Mod,
}

impl Operator {
    pub(crate) const ALL: [Self; 13] = [
        Self::Or,
        Self::And,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Plus,
        Self::Minus,
        Self::Times,
        Self::Div,
        Self::Mod,
    ];

    /// As it is written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Div => "div",
            Self::Mod => "mod",
        }
    }

    /// How tightly it binds, from 1 (XPath 1.0, section 3.5).
    pub(crate) fn level(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 3,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Div | Self::Mod => 6,
        }
    }
}
