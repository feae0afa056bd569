//! An expression as text again, with as few parentheses as keep its meaning.

use super::{Expression, Node, Part};
use std::fmt;

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.print(f, 0)
    }
}

impl Node {
    /// Prints a part; in parentheses if its operators don't bind more tightly than `outside`.
    fn print(&self, f: &mut fmt::Formatter<'_>, outside: u8) -> fmt::Result {
        match &self.part {
            Part::Number(number) => write!(f, "{number}"),
            // A text that was read holds at most one kind of quote.
            Part::Text(text) if text.contains('\'') => write!(f, "\"{text}\""),
            Part::Text(text) => write!(f, "'{text}'"),
            Part::Answer(name) => write!(f, "${{{name}}}"),
            Part::This => f.write_str("."),
            Part::Minus(inner) => {
                f.write_str("-")?;
                inner.print(f, u8::MAX)
            }
            Part::Chain(first, rest) => {
                let level = rest.first().map_or(u8::MAX, |(operator, _)| operator.level());
                let parentheses = level <= outside;
                if parentheses {
                    f.write_str("(")?;
                }
                first.print(f, level)?;
                for (operator, node) in rest {
                    write!(f, " {} ", operator.sign())?;
                    node.print(f, level)?;
                }
                if parentheses {
                    f.write_str(")")?;
                }
                Ok(())
            }
            Part::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (index, argument) in arguments.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    argument.print(f, 0)?;
                }
                f.write_str(")")
            }
        }
    }
}
