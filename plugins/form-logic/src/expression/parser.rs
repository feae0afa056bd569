//! From tokens to an expression: precedence climbing, as Pratt did it.

use super::lexer::{Token, tokens};
use super::{Expression, ExpressionError, Fault, MOST_BYTES, MOST_DEPTH, Node, Operator, Part};
use crate::functions;
use std::ops::Range;
use std::str::FromStr;

impl FromStr for Expression {
    type Err = ExpressionError;

    /// Reads an expression of at most [`MOST_BYTES`] bytes, nested at most [`MOST_DEPTH`] deep.
    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        if text.len() > MOST_BYTES {
            return Err(ExpressionError { fault: Fault::TooLong, at: 0..text.len() });
        }
        let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), end: text.len(), depth: 0 };
        let root = parser.expression(1)?;
        match parser.tokens.next() {
            None => Ok(Self { root }),
            Some((_, at)) => Err(ExpressionError { fault: Fault::Expected("an operator or the end"), at }),
        }
    }
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<(Token, Range<usize>)>>,
    /// Where the text ends.
    end: usize,
    depth: usize,
}

impl Parser {
    /// Reads parts between operators that bind at least so tightly.
    fn expression(&mut self, least: u8) -> Result<Node, ExpressionError> {
        if self.depth == MOST_DEPTH {
            return Err(self.fault(Fault::TooDeep));
        }
        self.depth += 1;
        let mut left = self.operand()?;
        while let Some(level) = self.operator().map(Operator::level).filter(|level| *level >= least) {
            let start = left.at.start;
            let mut rest = Vec::new();
            while let Some(operator) = self.operator().filter(|operator| operator.level() == level) {
                self.tokens.next();
                rest.push((operator, self.expression(level + 1)?));
            }
            let end = rest.last().map_or(left.at.end, |(_, node)| node.at.end);
            left = Node { part: Part::Chain(Box::new(left), rest), at: start..end };
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The operator that comes next. After a part a word can only be one.
    fn operator(&mut self) -> Option<Operator> {
        match self.tokens.peek() {
            Some((Token::Sign(operator), _)) => Some(*operator),
            Some((Token::Word(word), _)) => Operator::ALL.into_iter().find(|operator| operator.sign() == word),
            _ => None,
        }
    }

    fn operand(&mut self) -> Result<Node, ExpressionError> {
        let Some((token, at)) = self.tokens.next() else {
            return Err(self.fault(Fault::Expected("a value")));
        };
        let part = match token {
            Token::Number(number) => Part::Number(number),
            Token::Text(text) => Part::Text(text),
            Token::Answer(name) => Part::Answer(name),
            Token::Dot => Part::This,
            Token::Open => {
                let mut inner = self.expression(1)?;
                inner.at = at.start..self.take(&Token::Close, "a closing parenthesis")?.end;
                return Ok(inner);
            }
            // Tighter than every operator between two parts.
            Token::Sign(Operator::Minus) => {
                let inner = self.expression(Operator::Mod.level() + 1)?;
                let end = inner.at.end;
                return Ok(Node { part: Part::Minus(Box::new(inner)), at: at.start..end });
            }
            Token::Word(word) => return self.call(&word, at),
            Token::Sign(_) | Token::Close | Token::Comma => {
                return Err(ExpressionError { fault: Fault::Expected("a value"), at });
            }
        };
        Ok(Node { part, at })
    }

    fn call(&mut self, name: &str, at: Range<usize>) -> Result<Node, ExpressionError> {
        if !matches!(self.tokens.peek(), Some((Token::Open, _))) {
            return Err(ExpressionError { fault: Fault::BareWord(name.into()), at });
        }
        self.tokens.next();
        let function = functions::named(name).map_err(|fault| ExpressionError { fault, at: at.clone() })?;
        let mut arguments = Vec::new();
        if !matches!(self.tokens.peek(), Some((Token::Close, _))) {
            arguments.push(self.expression(1)?);
            while matches!(self.tokens.peek(), Some((Token::Comma, _))) {
                self.tokens.next();
                arguments.push(self.expression(1)?);
            }
        }
        let end = self.take(&Token::Close, "a closing parenthesis or a comma")?.end;
        let at = at.start..end;
        let (least, most, takes) = function.arguments();
        if !(least..=most).contains(&arguments.len()) {
            return Err(ExpressionError { fault: Fault::Arguments(function.name(), takes, arguments.len()), at });
        }
        Ok(Node { part: Part::Call(function, arguments), at })
    }

    fn take(&mut self, wanted: &Token, what: &'static str) -> Result<Range<usize>, ExpressionError> {
        match self.tokens.peek() {
            Some((token, at)) if token == wanted => {
                let at = at.clone();
                self.tokens.next();
                Ok(at)
            }
            _ => Err(self.fault(Fault::Expected(what))),
        }
    }

    /// A fault at the next token.
    fn fault(&mut self, fault: Fault) -> ExpressionError {
        let at = self.tokens.peek().map_or(self.end..self.end, |(_, at)| at.clone());
        ExpressionError { fault, at }
    }
}
