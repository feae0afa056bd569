//! What expressions read: names that there are, choices that there are, values of a kind that can be used so.
//!
//! XPath turns anything into anything, so that a misspelt choice is a question that nobody ever sees. What can't be
//! meant is a problem here.

use super::{Form, Item};
use crate::expression::{Expression, Node, Operator, Part};
use crate::functions::{Function, text};
use crate::problem::{Code, Column, Problems};
use crate::survey::Kind;
use crate::value::number_of;
use turnabout_plugin_sdk::date::Moment;

pub(super) fn check(form: &Form<'_>, problems: &mut Problems) {
    // A statement has its question's expressions, which are looked at once.
    for item in form.items.iter().filter(|item| item.statement.is_none()) {
        let columns = [
            (Column::Relevant, &item.relevant, true),
            (Column::Calculation, &item.calculation, false),
            (Column::Constraint, &item.constraint, true),
            (Column::Required, &item.required, true),
        ];
        for (column, expression, condition) in columns {
            if let Some(expression) = expression {
                Checker { form, item, column, problems }.expression(expression, condition);
            }
        }
    }
}

struct Checker<'a, 's> {
    form: &'a Form<'s>,
    item: &'a Item<'s>,
    column: Column,
    problems: &'a mut Problems,
}

impl<'a, 's> Checker<'a, 's> {
    fn expression(&mut self, expression: &'a Expression, condition: bool) {
        if condition {
            self.condition(&expression.root);
        }
        expression.root.walk(&mut |node| self.node(node));
    }

    fn add(&mut self, node: &Node, code: Code, message: &[&str]) {
        self.problems.add_at((&self.item.question.name, self.column), code, message.concat(), node.at.clone());
    }

    fn node(&mut self, node: &Node) {
        match &node.part {
            Part::Answer(name) => self.name(node, name),
            Part::This if matches!(self.column, Column::Relevant | Column::Calculation) => {
                self.add(node, Code::Misplaced, &["'.' is the answer, which isn't there yet: use it in constraint"]);
            }
            Part::Minus(inner) => self.number(inner),
            Part::Chain(first, rest) => self.chain(first, rest),
            Part::Call(function, arguments) => self.call(*function, arguments),
            Part::Number(_) | Part::Text(_) | Part::This => {}
        }
    }

    fn name(&mut self, node: &Node, name: &str) {
        match self.form.item(name) {
            None => self.add(node, Code::UnknownName, &["there is no question '", name, "'"]),
            Some((_, item)) if !item.has_answer() => {
                let what = match item.question.kind {
                    Kind::Note => "is a note",
                    Kind::Group => "is a group",
                    _ => "has statements, each with an answer of its own,",
                };
                self.add(
                    node,
                    Code::NoAnswer,
                    &["'", name, "' ", what, " and has no answer: name a question inside or another one"],
                );
            }
            Some(_) => {}
        }
    }

    fn chain(&mut self, first: &Node, rest: &[(Operator, Node)]) {
        let mut left = Some(first);
        for (operator, right) in rest {
            match operator {
                Operator::Or | Operator::And => {
                    if let Some(left) = left {
                        self.condition(left);
                    }
                    self.condition(right);
                }
                Operator::Equal | Operator::NotEqual => {
                    if let Some(left) = left {
                        self.equality(left, right);
                        self.equality(right, left);
                    }
                }
                _ => {
                    if let Some(left) = left {
                        self.number(left);
                    }
                    self.number(right);
                }
            }
            // From the second operator on the left side is a result.
            left = None;
        }
    }

    /// The item whose answer a part is.
    fn answer(&self, node: &Node) -> Option<&'a Item<'s>> {
        match &node.part {
            Part::Answer(name) => self.form.places.get(name.as_str()).map(|place| &self.form.items[*place]),
            Part::This => Some(self.item),
            _ => None,
        }
    }

    /// An answer of choice beside a text.
    fn equality(&mut self, answer: &Node, other: &Node) {
        let (Some(item), Part::Text(text)) = (self.answer(answer), &other.part) else {
            return;
        };
        if text.is_empty() {
            return;
        }
        match item.question.kind {
            Kind::Single => self.choice(item, other, text),
            Kind::Multiple | Kind::Ranking => {
                let message = [
                    "'",
                    item.name(),
                    "' may have several choices: ask with selected(${",
                    item.name(),
                    "}, '",
                    text,
                    "')",
                ];
                self.add(answer, Code::Type, &message);
            }
            _ => {}
        }
    }

    fn choice(&mut self, item: &Item<'_>, node: &Node, name: &str) {
        let choices = &item.question.choices;
        if !choices.is_empty() && choices.iter().all(|choice| choice.name != name.trim()) {
            let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).take(12).collect();
            let message = ["'", item.name(), "' has no choice '", name, "': it has ", &names.join(", ")];
            self.add(node, Code::UnknownChoice, &message);
        }
    }

    /// A part that is used as a number.
    fn number(&mut self, node: &Node) {
        if let Part::Text(text) = &node.part
            && number_of(text).is_none()
            && Moment::read(text, 0).is_none()
        {
            self.add(
                node,
                Code::Type,
                &["'", text, "' is no number and no date: only those can be reckoned with and ordered"],
            );
        }
        if let Some(item) = self.answer(node) {
            let several = matches!(item.question.kind, Kind::Multiple | Kind::Ranking);
            let words = item.question.kind == Kind::Single
                && item.question.choices.iter().all(|choice| number_of(&choice.name).is_none());
            if several {
                let message = [
                    "'",
                    item.name(),
                    "' is a list of choices and no number: use count-selected(${",
                    item.name(),
                    "})",
                ];
                self.add(node, Code::Type, &message);
            } else if words {
                self.add(
                    node,
                    Code::Type,
                    &["'", item.name(), "' is a choice and no number: compare it with a choice's name"],
                );
            }
        }
    }

    /// A part that is used as true or false.
    fn condition(&mut self, node: &Node) {
        if let Part::Answer(name) = &node.part
            && let Some((_, item)) = self.form.item(name)
            && item.calculation.as_ref().is_some_and(|calculation| is_truth(&calculation.root))
        {
            let message =
                ["'", name, "' is the text 'true' or 'false', and neither is empty: write ${", name, "} = 'true'"];
            self.add(node, Code::Type, &message);
        }
    }

    fn call(&mut self, function: Function, arguments: &[Node]) {
        match (function, arguments) {
            (Function::Not | Function::Boolean | Function::If, [condition, ..]) => self.condition(condition),
            (Function::Selected, [list, choice]) => {
                self.list(list);
                if let (Some(item), Part::Text(name)) = (self.answer(list), &choice.part) {
                    self.choice(item, choice, name);
                }
            }
            (Function::CountSelected | Function::SelectedAt, [list, ..]) => self.list(list),
            (Function::ChoiceName, [_, question]) => self.choice_name(question),
            (Function::Regex, [_, Node { part: Part::Text(pattern), .. }]) => {
                if let Err(why) = text::regex("", pattern) {
                    self.add(&arguments[1], Code::Expression, &["the regular expression can't be used: ", &why]);
                }
            }
            (Function::FormatDate | Function::FormatDateTime, [_, Node { part: Part::Text(format), .. }])
                if Moment::new(0.0, 0).and_then(|moment| moment.format(format)).is_none() =>
            {
                let message = "after a % comes one of Y y m n b d e a H h M S 3";
                self.add(&arguments[1], Code::Expression, &[message]);
            }
            (
                Function::Sum
                | Function::Min
                | Function::Max
                | Function::Round
                | Function::Int
                | Function::Abs
                | Function::Pow
                | Function::Sqrt
                | Function::Floor
                | Function::Ceiling,
                numbers,
            ) => {
                for node in numbers {
                    self.number(node);
                }
            }
            _ => {}
        }
    }

    /// A part that is used as a list of choices.
    fn list(&mut self, node: &Node) {
        let Some(item) = self.answer(node) else {
            return;
        };
        if matches!(item.question.kind, Kind::Likert | Kind::Integer | Kind::Decimal | Kind::Date) {
            self.add(node, Code::Type, &["'", item.name(), "' has no choices: compare it with = instead"]);
        }
    }

    /// The second argument of `jr:choice-name`: the name of a question of choice, in quotes.
    fn choice_name(&mut self, node: &Node) {
        let name = match &node.part {
            Part::Text(text) => text.strip_prefix("${").and_then(|text| text.strip_suffix('}')).map(str::trim),
            _ => None,
        };
        let Some(name) = name else {
            let message = "the question must be in quotes: jr:choice-name(${q}, '${q}')";
            return self.add(node, Code::Expression, &[message]);
        };
        match self.form.item(name) {
            None => self.name(node, name),
            Some((_, item)) if item.choices().is_none() => {
                self.add(node, Code::Type, &["'", name, "' has no choices whose label could be looked up"]);
            }
            Some(_) => {}
        }
    }
}

/// Whether a part is always true or false.
fn is_truth(node: &Node) -> bool {
    match &node.part {
        Part::Chain(_, rest) => rest.iter().all(|(operator, _)| operator.level() <= Operator::Less.level()),
        Part::Call(function, arguments) => match function {
            Function::If => arguments.iter().skip(1).all(is_truth),
            Function::Not
            | Function::True
            | Function::False
            | Function::Boolean
            | Function::BooleanFromString
            | Function::Contains
            | Function::StartsWith
            | Function::EndsWith
            | Function::Regex
            | Function::Selected => true,
            _ => false,
        },
        _ => false,
    }
}
