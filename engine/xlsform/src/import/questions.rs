//! The sheet `survey`: rows to questions, and groups around them.

use super::{
    choices::Lists,
    extra::{Extra, Fact},
    left_out,
    row_type::{self, RowType, Select},
    table::Line,
};
use crate::{
    column::Column,
    export::bounded,
    limits::{MAX_GROUP_DEPTH, MAX_ITEMS, MAX_NAME_BYTES, MAX_QUESTIONS},
    problem::{Problems, shown},
};
use std::collections::BTreeMap;
use turnabout_model::{Choice, Condition, Question, QuestionKind, Statement, Text};

/// Reads rows.
pub(super) struct Reader<'r, 'w> {
    pub(super) default_language: &'r str,
    pub(super) lists: &'r mut Lists<'w>,
    pub(super) extra: &'r mut Extra<'w>,
    pub(super) problems: &'r mut Problems,
    /// In which row a name is.
    pub(super) names: BTreeMap<&'w str, Line<'w>>,
}

/// A group whose end has not come yet.
struct Open<'w> {
    line: Line<'w>,
    questions: Vec<Question>,
    /// Whether it is a group at all: a repeat is not, and is reported.
    kept: bool,
}

impl<'w> Reader<'_, 'w> {
    pub(super) fn questions(&mut self, lines: &[Line<'w>]) -> Vec<Question> {
        let mut open: Vec<Open<'w>> = Vec::new();
        let mut top = Vec::new();
        for line in lines {
            let Some(word) = line.get(Column::Type) else {
                let message = "this row has no type";
                self.problems.error("xlsform::type", line.at(Column::Type), message, "write one, or empty the row");
                continue;
            };
            let kind = row_type::read(word);
            let repeat = matches!(kind, RowType::Unsupported(_)) && word.to_lowercase().contains("repeat");
            if kind == RowType::EndGroup || repeat && word.trim_start().to_lowercase().starts_with("end") {
                match open.pop() {
                    Some(group) => {
                        let question = self.group(group);
                        open.last_mut().map_or(&mut top, |group| &mut group.questions).extend(question);
                    }
                    None => self.problems.error(
                        "xlsform::groups",
                        line.at(Column::Type),
                        "a group ends here that has not begun",
                        "remove the row, or begin the group above",
                    ),
                }
                continue;
            }
            if let RowType::Unsupported(instead) = kind {
                let message = format!("surveys have no questions of type '{}'", shown(word.trim()));
                self.problems.error("xlsform::type", line.at(Column::Type), message, instead);
            }
            if kind == RowType::BeginGroup || repeat {
                if open.len() == MAX_GROUP_DEPTH {
                    let message = "these groups lie too deep in each other";
                    let help = format!("put at most {MAX_GROUP_DEPTH} groups in each other");
                    self.problems.error("xlsform::groups", line.at(Column::Type), message, help);
                }
                open.push(Open { line: line.clone(), questions: Vec::new(), kept: !repeat });
                // Whoever opens a hundred thousand groups has been told; the rest is read flat.
                if open.len() > 2 * MAX_GROUP_DEPTH {
                    return top;
                }
                continue;
            }
            if let Some(question) = self.question(line, kind) {
                let side_by_side = open.last_mut().map_or(&mut top, |group| &mut group.questions);
                side_by_side.push(question);
                let last = (side_by_side.len() == MAX_QUESTIONS + 1).then_some("questions stand side by side");
                let last = last.or((self.names.len() > MAX_ITEMS).then_some("questions"));
                if let Some(what) = last {
                    let most = if self.names.len() > MAX_ITEMS { MAX_ITEMS } else { MAX_QUESTIONS };
                    let message = format!("more than {most} {what}");
                    let help = "ask less at once, or put what belongs together into groups";
                    self.problems.error("xlsform::groups", line.at(Column::Type), message, help);
                    return top;
                }
            }
        }
        while let Some(group) = open.pop() {
            let message = "this group has no end";
            let help = "add a row of type end_group";
            self.problems.error("xlsform::groups", group.line.at(Column::Type), message, help);
            open.last_mut().map_or(&mut top, |outer| &mut outer.questions).extend(group.questions);
        }
        top
    }

    fn question(&mut self, line: &Line<'w>, kind: RowType<'w>) -> Option<Question> {
        let word = line.word(Column::Type).unwrap_or_default();
        if kind == RowType::Metadata {
            let message = format!("'{}' is written by a device and not asked, and it is left out", shown(word));
            let help = "nothing has to be done, unless another question needs it";
            self.problems.warn("xlsform::row_left_out", line.at(Column::Type), message, help);
            return None;
        }
        if kind == RowType::Unknown {
            let message = format!("'{}' is no type of a question", shown(word));
            let help = "the types are select_one LIST, select_multiple LIST, rank LIST, text, integer, decimal, date, \
                        note, calculate, begin_group, end_group";
            self.problems.error("xlsform::type", line.at(Column::Type), message, help);
        }
        let name = self.name(line)?;
        let text = line.say(Column::Label, self.default_language);
        if text.is_none() && kind != RowType::Calculate {
            let message = format!("the question '{}' has no label", shown(name));
            self.problems.error("xlsform::label", line.at(Column::Name), message, "write what is asked");
        }
        let mut question = Question::new(name, text.unwrap_or_default(), QuestionKind::Note);
        self.common(&mut question, line);
        question.kind = match kind {
            RowType::Select(select, list) => self.select(select, list, line, name)?,
            RowType::Text => self.words(name),
            RowType::Integer => {
                let [least, most] = self.bounds(line, &mut question, name, |text| text.trim().parse().ok());
                QuestionKind::Integer { least, most }
            }
            RowType::Decimal => {
                let finite = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
                let [least, most] = self.bounds(line, &mut question, name, finite);
                QuestionKind::Decimal { least, most }
            }
            RowType::Date => QuestionKind::Date,
            RowType::Calculate => QuestionKind::Calculate,
            RowType::Note => QuestionKind::Note,
            _ => return None,
        };
        if matches!(question.kind, QuestionKind::Text | QuestionKind::Single { .. } | QuestionKind::Multiple { .. }) {
            question.consent = self.extra.take("question", name, "consent").map(|fact| fact.value.trim().into());
        }
        match question.kind {
            QuestionKind::Note => left_out::unanswered(&mut question, line, self.problems),
            QuestionKind::Calculate => {
                let calculation = question.calculation.take();
                if calculation.is_none() {
                    let message = format!("'{}' is computed, and nothing says how", shown(name));
                    let help = "write an expression into the column 'calculation'";
                    self.problems.error("xlsform::value", line.at(Column::Name), message, help);
                }
                left_out::unanswered(&mut question, line, self.problems);
                question.calculation = calculation;
            }
            _ => {}
        }
        left_out::appearance(line, &question.kind, self.problems);
        Some(question)
    }

    fn name(&mut self, line: &Line<'w>) -> Option<&'w str> {
        let Some(name) = line.word(Column::Name) else {
            let message = "this question has no name";
            self.problems.error("xlsform::name", line.at(Column::Type), message, "write one: answers are kept by it");
            return None;
        };
        let sound = name.len() <= MAX_NAME_BYTES
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
        if !sound {
            let message = format!("'{}' can't be a name here", shown(name));
            let help = format!("use letters, digits, _, - and ., a letter or _ first, {MAX_NAME_BYTES} at most");
            self.problems.error("xlsform::name", line.at(Column::Name), message, help);
        }
        if let Some(first) = self.names.get(name) {
            let message = format!("another row is called '{}' already: {}", shown(name), first.at(Column::Name));
            self.problems.error("xlsform::name", line.at(Column::Name), message, "give each its own name");
        } else {
            self.names.insert(name, line.clone());
        }
        Some(name)
    }

    /// What every row may have.
    fn common(&mut self, question: &mut Question, line: &Line<'_>) {
        let own = |column| line.get(column).map(ToOwned::to_owned);
        question.required = match line.word(Column::Required) {
            None => Condition::Never,
            Some(word) if ["yes", "true"].iter().any(|yes| word.eq_ignore_ascii_case(yes)) => Condition::Always,
            Some(word) if ["no", "false"].iter().any(|no| word.eq_ignore_ascii_case(no)) => Condition::Never,
            Some(word) if word.chars().all(char::is_alphabetic) => {
                let message = format!("'{}' says neither yes nor no", shown(word));
                let help = "write yes, no, or an expression such as ${again} = 'yes'";
                self.problems.error("xlsform::value", line.at(Column::Required), message, help);
                Condition::Never
            }
            Some(_) => own(Column::Required).map_or(Condition::Never, Condition::If),
        };
        question.required_message = line.say(Column::RequiredMessage, self.default_language);
        question.relevant = own(Column::Relevant);
        question.constraint = own(Column::Constraint);
        question.constraint_message = line.say(Column::ConstraintMessage, self.default_language);
        question.calculation = own(Column::Calculation);
    }

    fn select(&mut self, select: Select, list: &str, line: &Line<'_>, name: &'w str) -> Option<QuestionKind> {
        let likert =
            line.get(Column::Appearance).is_some_and(|text| text.split_whitespace().any(|word| word == "likert"));
        let choices = self.lists.of(list, line, self.problems)?.choices.clone();
        Some(match select {
            Select::One if likert && is_scale(&choices) => {
                let numbers = choices.iter().all(|choice| choice.label == Text::Plain(choice.name.to_string()));
                let shown = self.extra.take("question", name, "labels").is_some();
                let points = u8::try_from(choices.len()).unwrap_or(u8::MAX);
                let labels = choices.into_iter().map(|choice| choice.label);
                let labels = if numbers && !shown { Vec::new() } else { labels.collect() };
                QuestionKind::Likert { points, labels, statements: Vec::new() }
            }
            Select::One => QuestionKind::Single { choices },
            Select::Multiple => QuestionKind::Multiple { choices },
            Select::Rank => QuestionKind::Ranking { choices },
        })
    }

    /// Text, or people who are named in it.
    fn words(&mut self, name: &'w str) -> QuestionKind {
        let Some(fact) = self.extra.take("question", name, "type") else { return QuestionKind::Text };
        match fact.value.trim() {
            "ranking" => QuestionKind::Ranking { choices: Vec::new() },
            "avoid" => QuestionKind::Avoid,
            "text" => QuestionKind::Text,
            other => {
                let message = format!("'{}' is no type of a question that is answered with text", shown(other));
                self.problems.error("xlsform::value", fact.cell, message, "write ranking, avoid or text");
                QuestionKind::Text
            }
        }
    }

    /// The bounds of a number. The constraint has them too, for others; if somebody changed it there, it counts.
    fn bounds<T>(
        &mut self,
        line: &Line<'_>,
        question: &mut Question,
        name: &'w str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> [Option<T>; 2] {
        let [least, most, own] = ["least", "most", "constraint"].map(|field| self.extra.take("question", name, field));
        let [Some(least_value), Some(most_value)] = [&least, &most].map(|fact| match fact {
            None => Some(None),
            Some(fact) => parse(fact.value).map(Some),
        }) else {
            for fact in [least, most].into_iter().flatten().filter(|fact| parse(fact.value).is_none()) {
                let message = format!("'{}' is no number that could be a bound here", shown(fact.value));
                self.problems.error("xlsform::value", fact.cell, message, "write digits");
            }
            return [None, None];
        };
        let text = |fact: &Option<Fact<'w>>| fact.as_ref().map(|fact| fact.value);
        if least.is_none() && most.is_none() {
            return [None, None];
        }
        if bounded(text(&own), text(&least), text(&most)) == question.constraint {
            question.constraint = text(&own).map(ToOwned::to_owned);
            return [least_value, most_value];
        }
        let message =
            "the constraint says something else than the bounds in the sheet 'turnabout': the constraint counts";
        let help = "nothing has to be done, if that is what you want";
        self.problems.warn("xlsform::changed", line.at(Column::Constraint), message, help);
        [None, None]
    }

    fn group(&mut self, group: Open<'w>) -> Vec<Question> {
        let Open { line, questions, kept } = group;
        if !kept {
            return questions;
        }
        let Some(name) = self.name(&line) else { return questions };
        if questions.is_empty() {
            let message = format!("the group '{}' has no questions", shown(name));
            self.problems.error("xlsform::groups", line.at(Column::Name), message, "remove it");
        }
        let text = line.say(Column::Label, self.default_language).unwrap_or_default();
        let mut question = Question::new(name, text, QuestionKind::Note);
        self.common(&mut question, &line);
        let marked = self.extra.take("question", name, "type").filter(|fact| fact.value.trim() == "likert");
        let marked = marked.is_some();
        if marked {
            if let Some((kind, first)) = statements(&questions) {
                let shown = self.extra.take("question", name, "labels").is_some();
                let shared = Question { relevant: question.relevant, calculation: question.calculation, ..first };
                let kind = if shown { with_numbers(kind) } else { kind };
                return vec![Question { name: question.name, text: question.text, kind, ..shared }];
            }
            let message =
                format!("the statements of '{}' differ in more than their labels: it is a group now", shown(name));
            let help = "nothing has to be done, if that is what you want";
            self.problems.warn("xlsform::changed", line.at(Column::Name), message, help);
        }
        left_out::unanswered(&mut question, &line, self.problems);
        question.kind = QuestionKind::Group { questions };
        if !marked {
            left_out::appearance(&line, &question.kind, self.problems);
        }
        vec![question]
    }
}

/// Tells whether choices are the points of a scale: 1 to n in order.
fn is_scale(choices: &[Choice]) -> bool {
    (2..=11).contains(&choices.len()) && (1..).zip(choices).all(|(point, choice)| choice.name == point.to_string())
}

/// The one question that these are the statements of, with what they share; nothing if they share too little.
fn statements(questions: &[Question]) -> Option<(QuestionKind, Question)> {
    let first = questions.first()?;
    let shared = |question: &Question| Question { name: "".into(), text: Text::default(), ..question.clone() };
    let alike = questions.iter().all(|question| shared(question) == shared(first));
    if !alike || first.relevant.is_some() || first.calculation.is_some() {
        return None;
    }
    let QuestionKind::Likert { points, labels, statements } = &first.kind else { return None };
    if !statements.is_empty() {
        return None;
    }
    let statements = questions.iter().map(|q| Statement { name: q.name.clone(), label: q.text.clone() }).collect();
    Some((QuestionKind::Likert { points: *points, labels: labels.clone(), statements }, shared(first)))
}

/// Labels that are the numbers themselves, where the survey says that they are shown.
fn with_numbers(kind: QuestionKind) -> QuestionKind {
    match kind {
        QuestionKind::Likert { points, statements, .. } => {
            let labels = (1..=points).map(|point| Text::Plain(point.to_string())).collect();
            QuestionKind::Likert { points, labels, statements }
        }
        other => other,
    }
}
