//! From a survey to a form, or to everything that is wrong.

use super::{Form, Item, MOST_QUESTIONS, order, references, scales, texts};
use crate::Expression;
use crate::expression::is_name;
use crate::problem::{Code, Column, Problem, Problems};
use crate::survey::{Choice, Condition, Kind, Question, Survey};
use std::collections::BTreeMap;

pub(super) fn check(survey: &Survey) -> Result<Form<'_>, Vec<Problem>> {
    let mut reader = Reader { items: Vec::new(), problems: Problems::default() };
    reader.questions(&survey.questions, None);
    let Reader { items, mut problems } = reader;
    if items.len() > MOST_QUESTIONS {
        let message =
            ["a survey has at most 1000 questions and statements, and this one has ", &items.len().to_string()];
        problems.add("", Column::Questions, Code::Range, message.concat());
        return Err(problems.0);
    }
    let mut places = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        if places.insert(item.name(), place).is_some() {
            let message = "another question or statement has this name: names are unique in a survey";
            problems.add(item.name(), Column::Name, Code::Repeated, message);
        }
    }
    let mut form = Form { survey, items, places, steps: Vec::new() };
    references::check(&form, &mut problems);
    texts::check(&form, &mut problems);
    scales::check(&form, &mut problems);
    form.steps = order::steps(&form, &mut problems);
    if problems.0.is_empty() { Ok(form) } else { Err(problems.0) }
}

struct Reader<'s> {
    items: Vec<Item<'s>>,
    problems: Problems,
}

impl<'s> Reader<'s> {
    /// Reads questions in order, and those of groups after their group. How deep groups lie is bounded by how deep the
    /// reader of JSON goes.
    fn questions(&mut self, questions: &'s [Question], parent: Option<usize>) {
        for question in questions {
            self.name(&question.name, &question.name, Column::Name);
            self.shape(question);
            let required = match &question.required {
                Condition::If(expression) => self.expression(question, Column::Required, expression),
                Condition::Always | Condition::Never => None,
            };
            let item = Item {
                question,
                statement: None,
                parent,
                relevant: self.expression(question, Column::Relevant, &question.relevant),
                calculation: self.expression(question, Column::Calculation, &question.calculation),
                constraint: self.expression(question, Column::Constraint, &question.constraint),
                required,
            };
            let place = self.items.len();
            let (constraint, required) = (item.constraint.clone(), item.required.clone());
            self.items.push(item);
            for statement in &question.statements {
                self.name(&question.name, &statement.name, Column::Statements);
                let (constraint, required) = (constraint.clone(), required.clone());
                let (relevant, calculation, parent) = (None, None, Some(place));
                let statement = Some(statement);
                self.items.push(Item { question, statement, parent, relevant, calculation, constraint, required });
            }
            self.questions(&question.questions, Some(place));
        }
    }

    fn name(&mut self, question: &str, name: &str, column: Column) {
        if !is_name(name) {
            let message =
                ["'", name, "' can't be a name: begin with a letter or _, go on with letters, digits, _, - or ."];
            self.problems.add(question, column, Code::BadName, message.concat());
        }
    }

    fn expression(&mut self, question: &Question, column: Column, text: &str) -> Option<Expression> {
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(expression) => Some(expression),
            Err(error) => {
                let at = error.at.clone();
                self.problems.add_at((&question.name, column), Code::Expression, error.fault.to_string(), at);
                None
            }
        }
    }

    /// What a question of its kind must and must not have.
    fn shape(&mut self, question: &Question) {
        let mut wrong = |column, code, message: &str| self.problems.add(&question.name, column, code, message);
        match question.kind {
            Kind::Single | Kind::Multiple if question.choices.is_empty() => {
                wrong(Column::Choices, Code::Missing, "a question of choice needs choices");
            }
            Kind::Likert if !(2..=11).contains(&question.points) => {
                wrong(Column::Points, Code::Range, "a Likert question has 2 to 11 points");
            }
            Kind::Likert if !question.statements.is_empty() && !question.calculation.is_empty() => {
                let message = "a question with statements has an answer for each and can't be computed";
                wrong(Column::Calculation, Code::Type, message);
            }
            Kind::Note | Kind::Group if !question.calculation.is_empty() => {
                wrong(
                    Column::Calculation,
                    Code::Type,
                    "a note or a group has no answer: make it a question of type calculate",
                );
            }
            Kind::Note | Kind::Group if !question.constraint.is_empty() => {
                wrong(Column::Constraint, Code::Type, "a note or a group has no answer that could be wrong");
            }
            Kind::Note | Kind::Group if question.required != Condition::Never => {
                wrong(Column::Required, Code::Type, "a note or a group has no answer that could be required");
            }
            Kind::Calculate if question.calculation.is_empty() => {
                wrong(Column::Calculation, Code::Missing, "a question of type calculate needs a calculation");
            }
            _ => {}
        }
        if question.kind != Kind::Group && !question.questions.is_empty() {
            wrong(Column::Questions, Code::Type, "only a group has questions");
        }
        if question.kind != Kind::Likert && !question.statements.is_empty() {
            wrong(Column::Statements, Code::Type, "only a Likert question has statements");
        }
        self.choices(question);
    }

    fn choices(&mut self, question: &Question) {
        for (index, Choice { name, .. }) in question.choices.iter().enumerate() {
            let problem = if name.is_empty() || name.contains(char::is_whitespace) {
                (Code::BadName, "' can't be the name of a choice: it must have no white space")
            } else if question.choices[..index].iter().any(|other| other.name == *name) {
                (Code::Repeated, "' is there twice: the names of choices are unique in a question")
            } else {
                continue;
            };
            self.problems.add(&question.name, Column::Choices, problem.0, ["'", name, problem.1].concat());
        }
    }
}
