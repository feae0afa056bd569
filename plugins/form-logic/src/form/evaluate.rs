//! What a form makes of answers.

use super::order::Step;
use super::read::{Refusal, read, text_form};
use super::texts::{Piece, pieces};
use super::{Form, Item, scales};
use crate::answers::{Answer, Answers, Context};
use crate::expression::{self, EvaluationError, Expression, Scope};
use crate::problem::Column;
use crate::survey::{Condition, Kind, Text};
use crate::value::{Value, number_of};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a survey is, given the answers so far. Names are those of questions, groups and statements.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Outcome {
    /// What is asked or shown, in the order of the survey.
    pub visible: Vec<String>,
    /// What must be answered, answered or not.
    pub required: Vec<String>,
    /// What is wrong with the answers.
    pub wrong: Vec<Wrong>,
    /// The computed values; null where one is empty.
    pub computed: BTreeMap<String, Answer>,
    /// The texts to show, with answers filled in; a choice whose text has any is there as `question/choice`.
    pub labels: BTreeMap<String, String>,
    /// The answers that count, computed ones among them: what is hidden or unreadable is left out.
    pub answers: BTreeMap<String, Answer>,
    /// The scales' scores; null where too few items are answered.
    pub scores: BTreeMap<String, Option<f64>>,
}

/// Something wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The name of the question or the statement.
    pub name: String,
    /// What kind of mistake: `required`, `constraint`, `type`, `choice`, `repeat`, `range` or `length`.
    pub code: &'static str,
    /// A sentence for who answers: the survey's, else one in English.
    pub message: String,
}

/// An expression that has no value for these answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The name of the question.
    pub question: String,
    /// Which of its expressions.
    pub column: Column,
    /// Why.
    pub error: EvaluationError,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}: {}", self.question, self.column.name(), self.error)
    }
}

impl std::error::Error for Failure {}

impl Form<'_> {
    /// Evaluates the survey. Answers to questions that it does not have are dropped.
    pub fn evaluate(&self, answers: &Answers) -> Result<Outcome, Failure> {
        let mut state = State::new(self, &answers.context);
        for step in &self.steps {
            match *step {
                Step::Seen(place) => state.see(place)?,
                Step::Value(place) => state.answer(place, &answers.answers)?,
            }
        }
        state.outcome()
    }
}

struct State<'a> {
    form: &'a Form<'a>,
    context: &'a Context,
    seen: Vec<bool>,
    answers: Vec<Answer>,
    /// The answers as expressions see them.
    texts: Vec<String>,
    refusals: Vec<Option<Refusal>>,
}

impl<'a> State<'a> {
    fn new(form: &'a Form<'a>, context: &'a Context) -> Self {
        let count = form.items.len();
        let (answers, texts) = (vec![Answer::Empty; count], vec![String::new(); count]);
        Self { form, context, seen: vec![false; count], answers, texts, refusals: vec![None; count] }
    }

    fn value(&self, place: usize, column: Column, expression: &Expression, this: &str) -> Result<Value, Failure> {
        let Context { today, now, .. } = self.context;
        let failure = |error| Failure { question: self.form.items[place].question.name.clone(), column, error };
        expression.evaluate(Scope { answers: self, this, today, now }).map_err(failure)
    }

    fn see(&mut self, place: usize) -> Result<(), Failure> {
        let item = &self.form.items[place];
        let around = item.parent.is_none_or(|parent| self.seen[parent]);
        self.seen[place] = around
            && match &item.relevant {
                Some(relevant) => self.value(place, Column::Relevant, relevant, "")?.truth(),
                None => true,
            };
        Ok(())
    }

    fn answer(&mut self, place: usize, given: &BTreeMap<String, Answer>) -> Result<(), Failure> {
        let item = &self.form.items[place];
        if !self.seen[place] || !item.has_answer() {
            return Ok(());
        }
        let given = given.get(item.name()).unwrap_or(&Answer::Empty);
        let answer = match &item.calculation {
            Some(calculation) => {
                // What was computed before is what `once` keeps.
                let before = text_form(given);
                answer_of(self.value(place, Column::Calculation, calculation, &before)?)
            }
            None => given.clone(),
        };
        match read(item, &answer) {
            Ok(answer) => {
                self.texts[place] = text_form(&answer);
                self.answers[place] = answer;
            }
            Err(refusal) => self.refusals[place] = Some(refusal),
        }
        Ok(())
    }

    fn outcome(&self) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::default();
        for (place, item) in self.form.items.iter().enumerate().filter(|(place, _)| self.seen[*place]) {
            let name = item.name().to_owned();
            if item.calculation.is_some() {
                outcome.computed.insert(name.clone(), self.answers[place].clone());
            }
            if self.answers[place] != Answer::Empty {
                outcome.answers.insert(name.clone(), self.answers[place].clone());
            }
            if item.question.kind != Kind::Calculate {
                outcome.visible.push(name.clone());
                self.labels(item, &mut outcome.labels);
            }
            if self.is_required(place, item)? {
                outcome.required.push(name);
            }
            let required = outcome.required.last().is_some_and(|last| last == item.name());
            outcome.wrong.extend(self.wrong(place, item, required)?);
        }
        for scale in &self.form.survey.scales {
            let score = scales::score(self.form, scale, |place| number_of(&self.texts[place]));
            outcome.scores.insert(scale.name.clone(), score);
        }
        Ok(outcome)
    }

    fn is_required(&self, place: usize, item: &Item<'_>) -> Result<bool, Failure> {
        if !item.has_answer() || item.calculation.is_some() {
            return Ok(false);
        }
        match (&item.question.required, &item.required) {
            (Condition::Always, _) => Ok(true),
            (_, Some(required)) => Ok(self.value(place, Column::Required, required, &self.texts[place])?.truth()),
            _ => Ok(false),
        }
    }

    fn wrong(&self, place: usize, item: &Item<'_>, required: bool) -> Result<Option<Wrong>, Failure> {
        let wrong = |code, message| Some(Wrong { name: item.name().into(), code, message });
        if let Some(refusal) = self.refusals[place] {
            return Ok(wrong(refusal.code(), refusal.message().into()));
        }
        let text = &self.texts[place];
        if text.is_empty() {
            // No constraint is asked about an answer that is not there.
            let message = || self.message(&item.question.required_message, "An answer is required.");
            return Ok(if required { wrong("required", message()) } else { None });
        }
        if let Some(constraint) = &item.constraint
            && !self.value(place, Column::Constraint, constraint, text)?.truth()
        {
            let message = self.message(&item.question.constraint_message, "This answer is not possible here.");
            return Ok(wrong("constraint", message));
        }
        Ok(None)
    }

    fn in_language<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(&self.context.language, &self.form.survey.default_language)
    }

    fn message(&self, text: &Text, otherwise: &str) -> String {
        let text = self.fill(self.in_language(text));
        if text.is_empty() { otherwise.into() } else { text }
    }

    fn labels(&self, item: &Item<'_>, labels: &mut BTreeMap<String, String>) {
        let label = item.statement.map_or(&item.question.label, |statement| &statement.label);
        labels.insert(item.name().into(), self.fill(self.in_language(label)));
        for choice in &item.question.choices {
            let label = self.in_language(&choice.label);
            if label.contains("${") {
                labels.insert([item.name(), "/", &choice.name].concat(), self.fill(label));
            }
        }
    }

    /// Fills answers into a text: choices by their labels, which are not filled in turn.
    fn fill(&self, text: &str) -> String {
        let piece = |piece| match piece {
            Piece::Plain(text) | Piece::Broken(text) => text.to_owned(),
            Piece::Answer(name) => self.shown(name),
        };
        pieces(text).into_iter().map(piece).collect()
    }

    fn shown(&self, name: &str) -> String {
        let Some((place, item)) = self.form.item(name) else {
            return String::new();
        };
        let text = &self.texts[place];
        if item.choices().is_none() {
            return text.clone();
        }
        let label =
            |choice: &str| expression::Answers::choice_label(self, name, choice).unwrap_or_else(|| choice.into());
        let labels: Vec<String> = crate::functions::text::words(text).map(label).collect();
        labels.join(", ")
    }
}

impl expression::Answers for State<'_> {
    fn answer(&self, question: &str) -> &str {
        self.form.item(question).map_or("", |(place, _)| &self.texts[place])
    }

    fn choice_label(&self, question: &str, choice: &str) -> Option<String> {
        let (_, item) = self.form.item(question)?;
        let choice = item.choices()?.iter().find(|other| other.name == choice)?;
        let label = self.in_language(&choice.label);
        Some(if label.is_empty() { choice.name.clone() } else { label.into() })
    }
}

fn answer_of(value: Value) -> Answer {
    match value {
        Value::Truth(truth) => Answer::Truth(truth),
        Value::Number(number) if number.is_finite() => Answer::Number(number),
        value => Answer::Text(value.into_text()),
    }
}
