//! Surveys: what a question says about another, a text about its languages, a scale about its items.

mod breakdown;
mod consent;
mod languages;
mod logic;
mod questions;
mod references;
mod scales;

pub(crate) use logic::{ask as ask_logic, check as check_logic};

use super::Sources;
use crate::{document::Node, report::Report};
use std::{collections::BTreeMap, ops::Range};

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    for survey in sources.surveys.values() {
        let form = Form::new(*survey, sources);
        alone(&form, report);
        breakdown::check(&form, sources, report);
    }
}

/// Checks what needs no manifest.
pub(crate) fn check_alone(survey: Node<'_>, text: &str, report: &mut Report) {
    alone(&Form::of(survey, text), report);
}

fn alone(form: &Form<'_>, report: &mut Report) {
    permission(form.survey, report);
    anonymity(form, report);
    questions::check(form, report);
    references::check(form, report);
    languages::check(form, report);
    scales::check(form, report);
    consent::check(form, report);
}

/// An anonymous survey asks nothing that needs to know who answers.
fn anonymity(form: &Form<'_>, report: &mut Report) {
    if form.survey.text_of("mode") != Some("anonymous") {
        return;
    }
    let mut push = |node: Node<'_>, message: &str, help: &str| {
        let label = "in an anonymous survey";
        report.push(node.error("survey::not_anonymous", message, label).help(help));
    };
    if let Some(by) = form.survey.get("by").filter(|by| !by.items().is_empty()) {
        push(
            by,
            "answers without an author can't be shown by groups of people",
            "remove it, or write mode = \"confidential\": answers are then kept by participant and shown only together",
        );
    }
    for (question, _) in &form.questions {
        let kind = question.text_of("type");
        let names_people = kind == Some("avoid") || kind == Some("ranking") && question.get("choices").is_none();
        if names_people {
            push(
                *question,
                "people are named for the matching, which has to know by whom",
                "ask it in a survey with mode = \"named\", and say so there",
            );
        }
    }
}

/// Somebody else's questions are not asked before their owner has agreed.
fn permission(survey: Node<'_>, report: &mut Report) {
    let Some(needed) = survey.get("requires_permission") else { return };
    if needed.json() == Some(true.into()) && survey.get("permission").is_none() {
        report.push(
            needed
                .key_warning(
                    "survey::no_permission",
                    "the owner of these questions has to permit their use: no run starts before somebody says that they did",
                    "needs a permission",
                )
                .help(
                    "once they have, a client says so in client.toml, [permissions]; if they permit it to everybody who \
                     uses the template, add `permission = \"Jo Marsh, licensing desk, 2026-03-02\"` here: who, and when",
                ),
        );
    }
}

/// The names of the questions that are answered in free text.
pub(super) fn written(survey: Node<'_>) -> Vec<&str> {
    let form = Form::of(survey, "");
    let texts = form.questions.iter().filter(|(question, _)| question.text_of("type") == Some("text"));
    texts.filter_map(|(question, _)| question.text_of("name")).collect()
}

/// Whether a survey is a ballot: people are ranked in it.
pub(super) fn ranks_people(survey: Node<'_>) -> bool {
    let of_people =
        |question: Node<'_>| question.text_of("type") == Some("ranking") && question.get("choices").is_none();
    Form::of(survey, "").questions.iter().any(|(question, _)| of_people(*question))
}

/// What a survey asks for an answer to, by name: the question, or that of the statement.
pub(super) fn answered(survey: Node<'_>) -> BTreeMap<&str, Node<'_>> {
    let names = Form::of(survey, "").names;
    names.into_iter().filter(|(_, named)| named.answered).map(|(name, named)| (name, named.question)).collect()
}

/// A survey as it is written, walked once.
struct Form<'d> {
    survey: Node<'d>,
    /// The text of its file.
    text: &'d str,
    /// The questions with those in groups, in order, each with how deep it lies.
    questions: Vec<(Node<'d>, usize)>,
    /// What has a name, by it: the first of that name.
    names: BTreeMap<&'d str, Named<'d>>,
}

/// A question, group or statement with a name.
#[derive(Clone, Copy)]
struct Named<'d> {
    /// Where the name stands.
    name: Node<'d>,
    /// The question; of a statement the one that it belongs to.
    question: Node<'d>,
    /// Whether it has an answer of its own.
    answered: bool,
}

impl<'d> Form<'d> {
    fn new(survey: Node<'d>, sources: &Sources<'d>) -> Self {
        Self::of(survey, sources.texts.get(survey.file().as_str()).copied().unwrap_or_default())
    }

    fn of(survey: Node<'d>, text: &'d str) -> Self {
        let mut form = Self { survey, text, questions: Vec::new(), names: BTreeMap::new() };
        form.gather(survey, 0);
        for (name, named) in form.named() {
            form.names.entry(name).or_insert(named);
        }
        form
    }

    fn gather(&mut self, of: Node<'d>, depth: usize) {
        for question in of.items_of("questions") {
            self.questions.push((question, depth));
            self.gather(question, depth + 1);
        }
    }

    /// Everything that has a name, in order, also where a name is there twice.
    fn named(&self) -> Vec<(&'d str, Named<'d>)> {
        let mut found = Vec::new();
        for (question, _) in &self.questions {
            let statements = question.items_of("statements");
            let silent = matches!(question.text_of("type"), Some("note" | "group")) || !statements.is_empty();
            for (node, answered) in [(*question, !silent)].into_iter().chain(statements.into_iter().map(|s| (s, true)))
            {
                let Some(name) = node.get("name") else { continue };
                let Some(text) = name.text() else { continue };
                found.push((text, Named { name, question: *question, answered }));
            }
        }
        found
    }

    /// The bytes of a piece of a value; of the whole value if it is written otherwise than it reads.
    fn within(&self, node: Node<'_>, piece: &str) -> Range<usize> {
        let span = node.span();
        let written = self.text.get(span.clone()).unwrap_or_default();
        match written.find(piece) {
            Some(at) if !piece.is_empty() => span.start + at..span.start + at + piece.len(),
            _ => span,
        }
    }
}
