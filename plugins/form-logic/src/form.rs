//! A survey whose expressions are read and whose questions are in the order in which they can be evaluated.

mod check;
mod evaluate;
mod order;
mod read;
mod references;
mod scales;
mod texts;

pub use evaluate::{Failure, Outcome, Wrong};

use crate::Expression;
use crate::problem::Problem;
use crate::survey::{Choice, Kind, Question, Survey};
use order::Step;
use std::collections::BTreeMap;

/// The most questions, statements and groups of a survey.
pub const MOST_QUESTIONS: usize = 1000;
/// The longest answer, in bytes. A host that lets people write more cuts it or says so itself.
pub const MOST_ANSWER: usize = 20_000;

/// A survey without a mistake, ready to be evaluated.
///
/// ```
/// use form_logic::{Form, Survey};
/// let survey: Survey = serde_json::from_str(
///     r#"{ "questions": [{ "name": "age", "type": "integer", "constraint": ". >= 16" }] }"#,
/// ).unwrap();
/// let answers = serde_json::from_str(r#"{ "answers": { "age": 12 } }"#).unwrap();
/// let outcome = Form::new(&survey).unwrap().evaluate(&answers).unwrap();
/// assert_eq!(outcome.wrong[0].code, "constraint");
/// ```
#[derive(Debug)]
pub struct Form<'s> {
    survey: &'s Survey,
    /// Questions, groups and statements in the order of the survey.
    items: Vec<Item<'s>>,
    /// The place of each name among the items.
    places: BTreeMap<&'s str, usize>,
    /// What to work out, in an order in which everything comes after what it needs.
    steps: Vec<Step>,
}

impl<'s> Form<'s> {
    /// Reads a survey, or lists everything that is wrong with it.
    pub fn new(survey: &'s Survey) -> Result<Self, Vec<Problem>> {
        check::check(survey)
    }

    fn item(&self, name: &str) -> Option<(usize, &Item<'s>)> {
        self.places.get(name).map(|place| (*place, &self.items[*place]))
    }
}

/// A question, a group, or a statement of a Likert question.
#[derive(Debug)]
struct Item<'s> {
    question: &'s Question,
    /// The statement, if it is one.
    statement: Option<&'s Choice>,
    /// The place of the group, or of the statement's question.
    parent: Option<usize>,
    relevant: Option<Expression>,
    calculation: Option<Expression>,
    constraint: Option<Expression>,
    required: Option<Expression>,
}

impl<'s> Item<'s> {
    fn name(&self) -> &'s str {
        self.statement.map_or(self.question.name.as_str(), |statement| &statement.name)
    }

    /// Whether it has an answer of its own.
    fn has_answer(&self) -> bool {
        match self.question.kind {
            Kind::Note | Kind::Group => false,
            Kind::Likert => self.statement.is_some() || self.question.statements.is_empty(),
            _ => true,
        }
    }

    /// What may be chosen, if the kind is one of choice.
    fn choices(&self) -> Option<&'s [Choice]> {
        match self.question.kind {
            Kind::Single | Kind::Multiple | Kind::Ranking => Some(&self.question.choices),
            _ => None,
        }
    }
}
