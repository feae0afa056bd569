//! What an expression is worth, given answers.

use super::{EvaluationError, EvaluationFault, Expression, MOST_TEXT, Node, Operator, Part};
use crate::functions::{Function, choices, dates, numbers, text};
use crate::value::Value;
use turnabout_plugin_sdk::date::{Moment, offset_of};

/// Where answers come from.
pub trait Answers {
    /// The answer to a question as text, choices with a space between; empty if there is none.
    fn answer(&self, question: &str) -> &str;

    /// The label of a choice of a question, if it has one.
    fn choice_label(&self, question: &str, choice: &str) -> Option<String>;
}

/// What an expression is evaluated in.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The answers.
    pub answers: &'a dyn Answers,
    /// The answer of the expression's own question: `.`, and what `once` keeps.
    pub this: &'a str,
    /// The date of today, `2026-01-31`.
    pub today: &'a str,
    /// The time of now, `2026-01-31T09:30:00.000+01:00`; its offset is where the answers are given. Empty if nobody
    /// knows: then the start of today.
    pub now: &'a str,
}

type Evaluated = Result<Value, EvaluationError>;

impl Expression {
    /// Evaluates it.
    pub fn evaluate(&self, scope: Scope<'_>) -> Evaluated {
        Evaluator { scope, offset: offset_of(scope.now) }.node(&self.root)
    }
}

struct Evaluator<'a> {
    scope: Scope<'a>,
    /// How far the wall's time is ahead of UTC, in minutes.
    offset: i32,
}

impl Evaluator<'_> {
    fn node(&self, node: &Node) -> Evaluated {
        let value = match &node.part {
            Part::Number(number) => Value::Number(*number),
            Part::Text(text) => Value::Text(text.clone()),
            Part::Answer(name) => Value::Text(self.scope.answers.answer(name).into()),
            Part::This => Value::Text(self.scope.this.into()),
            Part::Minus(inner) => Value::Number(-self.number(inner)?),
            Part::Chain(first, rest) => self.chain(first, rest)?,
            Part::Call(function, arguments) => {
                return self.call(*function, arguments, node);
            }
        };
        Ok(value)
    }

    fn number(&self, node: &Node) -> Result<f64, EvaluationError> {
        Ok(self.node(node)?.number(self.offset))
    }

    fn text(&self, node: &Node) -> Result<String, EvaluationError> {
        Ok(self.node(node)?.into_text())
    }

    fn truth(&self, node: &Node) -> Result<bool, EvaluationError> {
        Ok(self.node(node)?.truth())
    }

    fn numbers(&self, nodes: &[Node]) -> Result<Vec<f64>, EvaluationError> {
        nodes.iter().map(|node| self.number(node)).collect()
    }

    /// Operators of one level, from left to right.
    fn chain(&self, first: &Node, rest: &[(Operator, Node)]) -> Evaluated {
        let mut left = self.node(first)?;
        for (operator, node) in rest {
            left = match operator {
                // The right side is not looked at when the left decides.
                Operator::Or => Value::Truth(left.truth() || self.truth(node)?),
                Operator::And => Value::Truth(left.truth() && self.truth(node)?),
                Operator::Equal => Value::Truth(left.equals(&self.node(node)?, self.offset)),
                // Of single values, so that `!=` is the contrary of `=`, NaN included.
                Operator::NotEqual => Value::Truth(!left.equals(&self.node(node)?, self.offset)),
                _ => arithmetic(*operator, left.number(self.offset), self.number(node)?),
            };
        }
        Ok(left)
    }

    fn call(&self, function: Function, arguments: &[Node], whole: &Node) -> Evaluated {
        use Function as F;
        let value = match function {
            F::Boolean => Value::Truth(self.truth(&arguments[0])?),
            F::BooleanFromString => Value::Truth(matches!(self.text(&arguments[0])?.as_str(), "1" | "true")),
            F::Not => Value::Truth(!self.truth(&arguments[0])?),
            F::True => Value::Truth(true),
            F::False => Value::Truth(false),
            F::If => return self.node(&arguments[if self.truth(&arguments[0])? { 1 } else { 2 }]),
            F::Coalesce => Value::Text(self.first_text(arguments)?),
            F::Once if self.scope.this.is_empty() => return self.node(&arguments[0]),
            F::Once => Value::Text(self.scope.this.into()),
            F::Today | F::Now => self.clock(function),
            F::Date => self.date(&arguments[0])?,
            F::FormatDate | F::FormatDateTime => self.format_date(&arguments[0], &arguments[1])?,
            F::Sum => Value::Number(numbers::sum(&self.numbers(arguments)?)),
            F::Min => Value::Number(numbers::extreme(&self.numbers(arguments)?, f64::min)),
            F::Max => Value::Number(numbers::extreme(&self.numbers(arguments)?, f64::max)),
            F::Round => {
                let places = arguments.get(1).map_or(Ok(0.0), |node| self.number(node))?;
                Value::Number(numbers::round(self.number(&arguments[0])?, places))
            }
            F::Number => Value::Number(self.or_this(arguments)?.number(self.offset)),
            F::DecimalDateTime => {
                let moment = dates::moment(&self.node(&arguments[0])?, self.offset);
                Value::Number(moment.map_or(f64::NAN, Moment::days))
            }
            F::Pow => Value::Number(self.number(&arguments[0])?.powf(self.number(&arguments[1])?)),
            F::Abs | F::Ceiling | F::Floor | F::Int | F::Sqrt => {
                let number = self.number(&arguments[0])?;
                Value::Number(match function {
                    F::Abs => number.abs(),
                    F::Ceiling => number.ceil(),
                    F::Floor => number.floor(),
                    F::Sqrt => number.sqrt(),
                    _ => number.trunc(),
                })
            }
            F::Concat => self.join("", arguments, whole)?,
            F::Join => self.join(&self.text(&arguments[0])?, &arguments[1..], whole)?,
            F::String => Value::Text(self.or_this(arguments)?.into_text()),
            F::StringLength => Value::Number(text::count(&self.or_this(arguments)?.into_text())),
            F::NormalizeSpace => Value::Text(text::normalize_space(&self.or_this(arguments)?.into_text())),
            F::CountSelected => Value::Number(choices::count_selected(&self.text(&arguments[0])?)),
            F::Substr | F::Substring | F::SelectedAt => self.cut(function, arguments)?,
            F::Translate => {
                let (from, to) = (self.text(&arguments[1])?, self.text(&arguments[2])?);
                Value::Text(text::translate(&self.text(&arguments[0])?, &from, &to))
            }
            F::Regex => self.regex(&arguments[0], &arguments[1])?,
            F::ChoiceName => {
                let (choice, question) = (self.text(&arguments[0])?, self.text(&arguments[1])?);
                let question = question.trim_start_matches("${").trim_end_matches('}').trim();
                Value::Text(self.scope.answers.choice_label(question, &choice).unwrap_or_default())
            }
            F::Contains | F::StartsWith | F::EndsWith | F::Selected | F::SubstringAfter | F::SubstringBefore => {
                of_two(function, &self.text(&arguments[0])?, &self.text(&arguments[1])?)
            }
        };
        Ok(value)
    }

    /// The argument, or the own answer if it is left out.
    fn or_this(&self, arguments: &[Node]) -> Evaluated {
        arguments.first().map_or_else(|| Ok(Value::Text(self.scope.this.into())), |node| self.node(node))
    }

    fn first_text(&self, arguments: &[Node]) -> Result<String, EvaluationError> {
        for node in arguments {
            let text = self.text(node)?;
            if !text.is_empty() {
                return Ok(text);
            }
        }
        Ok(String::new())
    }

    fn join(&self, separator: &str, arguments: &[Node], whole: &Node) -> Evaluated {
        let mut joined = String::new();
        for (index, node) in arguments.iter().enumerate() {
            if index > 0 {
                joined.push_str(separator);
            }
            joined.push_str(&self.text(node)?);
            if joined.len() > MOST_TEXT {
                return Err(EvaluationError { fault: EvaluationFault::TextTooLong, at: whole.at.clone() });
            }
        }
        Ok(Value::Text(joined))
    }

    fn cut(&self, function: Function, arguments: &[Node]) -> Evaluated {
        let (text, start) = (self.text(&arguments[0])?, self.number(&arguments[1])?);
        let last = arguments.get(2).map(|node| self.number(node)).transpose()?;
        Ok(Value::Text(match function {
            Function::Substr => text::substr(&text, start, last),
            Function::Substring => text::substring(&text, start, last),
            _ => choices::selected_at(&text, start).into(),
        }))
    }

    fn regex(&self, text: &Node, pattern: &Node) -> Evaluated {
        let matches = text::regex(&self.text(text)?, &self.text(pattern)?);
        let error = |why| EvaluationError { fault: EvaluationFault::Pattern(why), at: pattern.at.clone() };
        matches.map(Value::Truth).map_err(error)
    }

    fn clock(&self, function: Function) -> Value {
        let now = Some(self.scope.now).filter(|now| function == Function::Now && !now.is_empty());
        let text = now.unwrap_or(self.scope.today);
        Moment::read(text, self.offset).map_or_else(|| Value::Text(String::new()), Value::Date)
    }

    /// No date is the empty text: ODK's web forms say "Invalid Date", which nobody should read.
    fn date(&self, node: &Node) -> Evaluated {
        let moment = dates::moment(&self.node(node)?, self.offset);
        Ok(moment.map_or_else(|| Value::Text(String::new()), Value::Date))
    }

    fn format_date(&self, date: &Node, format: &Node) -> Evaluated {
        let format = self.text(format)?;
        let moment = dates::moment(&self.node(date)?, self.offset);
        Ok(Value::Text(moment.and_then(|moment| moment.format(&format)).unwrap_or_default()))
    }
}

fn arithmetic(operator: Operator, left: f64, right: f64) -> Value {
    match operator {
        Operator::Less => Value::Truth(left < right),
        Operator::LessOrEqual => Value::Truth(left <= right),
        Operator::Greater => Value::Truth(left > right),
        Operator::GreaterOrEqual => Value::Truth(left >= right),
        Operator::Plus => Value::Number(left + right),
        Operator::Minus => Value::Number(left - right),
        Operator::Times => Value::Number(left * right),
        Operator::Div => Value::Number(left / right),
        // The sign of the left side, as XPath and Rust both have it.
        _ => Value::Number(left % right),
    }
}

fn of_two(function: Function, one: &str, two: &str) -> Value {
    match function {
        Function::Contains => Value::Truth(one.contains(two)),
        Function::StartsWith => Value::Truth(one.starts_with(two)),
        Function::EndsWith => Value::Truth(one.ends_with(two)),
        Function::SubstringAfter => Value::Text(one.split_once(two).map_or("", |(_, after)| after).into()),
        Function::SubstringBefore => Value::Text(one.split_once(two).map_or("", |(before, _)| before).into()),
        _ => Value::Truth(choices::selected(one, two)),
    }
}
