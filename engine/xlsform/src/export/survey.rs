//! The sheets `survey` and `choices`.

use super::{Line, extra::Extra};
use crate::column::Column;
use smol_str::SmolStr;
use std::fmt::Display;
use turnabout_model::{Choice, Condition, Question, QuestionKind, Statement, Text};

/// The rows of a form, as far as they are gathered.
pub(super) struct Sheets<'s> {
    languages: &'s [SmolStr],
    pub(super) lines: Vec<Line>,
    pub(super) lists: Lists,
    pub(super) extra: Extra,
}

impl<'s> Sheets<'s> {
    pub(super) fn new(languages: &'s [SmolStr]) -> Self {
        Self { languages, lines: Vec::new(), lists: Lists::default(), extra: Extra::default() }
    }

    pub(super) fn questions(&mut self, questions: &[Question]) {
        for question in questions {
            self.question(question);
        }
    }

    fn question(&mut self, question: &Question) {
        let name = &question.name;
        match &question.kind {
            QuestionKind::Group { questions } => {
                self.group(question, None);
                self.questions(questions);
                self.end_group();
            }
            QuestionKind::Likert { points, labels, statements } if !statements.is_empty() => {
                self.statements(question, (*points, labels), statements);
            }
            QuestionKind::Likert { points, labels, .. } => {
                let list = self.points(name, *points, labels);
                self.single(question, format!("select_one {list}"), Some("likert"));
            }
            QuestionKind::Single { choices } => {
                let list = self.lists.name(name, choices);
                self.single(question, format!("select_one {list}"), None);
            }
            QuestionKind::Multiple { choices } => {
                let list = self.lists.name(name, choices);
                self.single(question, format!("select_multiple {list}"), None);
            }
            QuestionKind::Ranking { choices } if !choices.is_empty() => {
                let list = self.lists.name(name, choices);
                self.single(question, format!("rank {list}"), None);
            }
            QuestionKind::Ranking { .. } => self.people(question, "ranking"),
            QuestionKind::Avoid => self.people(question, "avoid"),
            QuestionKind::Integer { least, most } => self.number(question, "integer", *least, *most),
            QuestionKind::Decimal { least, most } => self.number(question, "decimal", *least, *most),
            QuestionKind::Text => self.single(question, "text".into(), None),
            QuestionKind::Date => self.single(question, "date".into(), None),
            QuestionKind::Note => self.single(question, "note".into(), None),
            QuestionKind::Calculate => self.single(question, "calculate".into(), None),
        }
    }

    fn single(&mut self, question: &Question, kind: String, appearance: Option<&str>) {
        let mut line = self.line(question, kind);
        if let Some(appearance) = appearance {
            line.put(Column::Appearance, appearance);
        }
        if let Some(consent) = &question.consent {
            self.extra.question(&question.name, "consent", consent);
        }
        self.answered(&mut line, question);
        self.lines.push(line);
    }

    fn line(&self, question: &Question, kind: String) -> Line {
        let mut line = Line::default();
        line.put(Column::Type, kind);
        line.put(Column::Name, question.name.as_str());
        line.say(Column::Label, &question.text, self.languages);
        if let Some(relevant) = &question.relevant {
            line.put(Column::Relevant, relevant);
        }
        if let Some(calculation) = &question.calculation {
            line.put(Column::Calculation, calculation);
        }
        line
    }

    /// What an answer has to be.
    fn answered(&self, line: &mut Line, question: &Question) {
        match &question.required {
            Condition::Never => {}
            Condition::Always => line.put(Column::Required, "yes"),
            Condition::If(expression) => line.put(Column::Required, expression),
        }
        if let Some(constraint) = &question.constraint {
            line.put(Column::Constraint, constraint);
        }
        for (column, message) in [
            (Column::RequiredMessage, &question.required_message),
            (Column::ConstraintMessage, &question.constraint_message),
        ] {
            if let Some(message) = message {
                line.say(column, message, self.languages);
            }
        }
    }

    fn group(&mut self, question: &Question, appearance: Option<&str>) {
        let mut line = self.line(question, "begin_group".into());
        if let Some(appearance) = appearance {
            line.put(Column::Appearance, appearance);
        } else {
            self.answered(&mut line, question);
        }
        self.lines.push(line);
    }

    fn end_group(&mut self) {
        let mut line = Line::default();
        line.put(Column::Type, "end_group");
        self.lines.push(line);
    }

    /// Each statement is a question of a group, and as much required as the whole.
    fn statements(&mut self, question: &Question, (points, labels): (u8, &[Text]), statements: &[Statement]) {
        self.extra.question(&question.name, "type", "likert");
        let list = self.points(&question.name, points, labels);
        self.group(question, Some("field-list"));
        for statement in statements {
            let mut line = Line::default();
            line.put(Column::Type, format!("select_one {list}"));
            line.put(Column::Name, statement.name.as_str());
            line.say(Column::Label, &statement.label, self.languages);
            line.put(Column::Appearance, "likert");
            self.answered(&mut line, question);
            self.lines.push(line);
        }
        self.end_group();
    }

    /// The list of a Likert question's points: a choice needs a label, so that one without is labelled by its number.
    fn points(&mut self, name: &str, points: u8, labels: &[Text]) -> String {
        let numbers: Vec<Choice> = (1..=points).map(|point| Choice::plain(&point.to_string())).collect();
        let choices: Vec<Choice> = match labels {
            [] => numbers.clone(),
            labels => {
                numbers.iter().zip(labels).map(|(n, l)| Choice { name: n.name.clone(), label: l.clone() }).collect()
            }
        };
        if !labels.is_empty() && choices == numbers {
            self.extra.question(name, "labels", "numbers");
        }
        self.lists.name(name, &choices)
    }

    fn people(&mut self, question: &Question, kind: &str) {
        self.extra.question(&question.name, "type", kind);
        self.single(question, "text".into(), None);
    }

    fn number<T: Display>(&mut self, question: &Question, kind: &str, least: Option<T>, most: Option<T>) {
        let [least, most] = [least, most].map(|bound| bound.map(|bound| bound.to_string()));
        let own = question.constraint.as_deref();
        for (field, value) in [("least", least.as_deref()), ("most", most.as_deref())] {
            if let Some(value) = value {
                self.extra.question(&question.name, field, value);
            }
        }
        if let (Some(own), true) = (own, least.is_some() || most.is_some()) {
            self.extra.question(&question.name, "constraint", own);
        }
        let constraint = bounded(own, least.as_deref(), most.as_deref());
        self.single(&Question { constraint, ..question.clone() }, kind.into(), None);
    }
}

/// A constraint that holds bounds too, for tools that know no others.
pub(crate) fn bounded(constraint: Option<&str>, least: Option<&str>, most: Option<&str>) -> Option<String> {
    if least.is_none() && most.is_none() {
        return constraint.map(ToOwned::to_owned);
    }
    let own = constraint.map(|constraint| format!("({constraint})"));
    let least = least.map(|least| format!(". >= {least}"));
    let most = most.map(|most| format!(". <= {most}"));
    Some([own, least, most].into_iter().flatten().collect::<Vec<_>>().join(" and "))
}

/// Lists of choices, each written once however many questions use it.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<(String, Vec<Choice>)>);

impl Lists {
    /// The name of the list with these choices: that of the first question which has it.
    fn name(&mut self, question: &str, choices: &[Choice]) -> String {
        if let Some((name, _)) = self.0.iter().find(|(_, known)| known == choices) {
            return name.clone();
        }
        let mut name = question.to_owned();
        while self.0.iter().any(|(known, _)| *known == name) {
            name.push('_');
        }
        self.0.push((name.clone(), choices.to_vec()));
        name
    }

    pub(super) fn lines(&self, languages: &[SmolStr]) -> Vec<Line> {
        let choices = self.0.iter().flat_map(|(list, choices)| choices.iter().map(move |choice| (list, choice)));
        let lines = choices.map(|(list, choice)| {
            let mut line = Line::default();
            line.put(Column::ListName, list);
            line.put(Column::Name, choice.name.as_str());
            line.say(Column::Label, &choice.label, languages);
            line
        });
        lines.collect()
    }
}
