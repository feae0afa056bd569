//! From a survey to a workbook.

mod extra;
mod survey;

use crate::{
    column::Column,
    language,
    problem::Cell,
    workbook::{self, Table},
};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Survey, Text};

pub(crate) use extra::HEADINGS;
pub(crate) use survey::bounded;

/// A survey cannot be written as a workbook.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A text has more characters than a cell of a spreadsheet takes: 32,767.
    #[error("the text in {0} is longer than the 32,767 characters that a cell takes")]
    TooLong(Cell),
    /// The survey has more rows or columns than a sheet, or something else that a workbook can't hold.
    #[error("the workbook can't be written")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Writes a survey as an XLSForm workbook: the bytes of an `.xlsx`, always the same for the same survey.
///
/// `name` becomes the form's id. Importing the workbook gives the survey again.
pub fn export(name: &str, survey: &Survey) -> Result<Vec<u8>, ExportError> {
    workbook::write(&tables(name, survey))
}

fn tables(name: &str, survey: &Survey) -> Vec<Table> {
    let languages = languages(survey);
    let mut sheets = survey::Sheets::new(&languages);
    sheets.questions(&survey.questions);
    let survey::Sheets { lines, lists, mut extra, .. } = sheets;
    extra.survey(survey);
    let choices = lists.lines(&languages);
    vec![
        table("survey", &[Column::Type, Column::Name, Column::Label], lines, &languages),
        table("choices", &[Column::ListName, Column::Name, Column::Label], choices, &languages),
        settings(name, survey),
        extra.table(),
    ]
}

/// The languages in the order of their columns: the survey's, then what texts have beside them.
fn languages(survey: &Survey) -> Vec<SmolStr> {
    let mut languages = survey.languages.clone();
    let mut found = BTreeSet::new();
    let mut look = |text: &Text| found.extend(text.iter().filter_map(|(language, _)| language.map(SmolStr::from)));
    for question in survey.all_questions() {
        look(&question.text);
        question.required_message.iter().chain(&question.constraint_message).for_each(&mut look);
        question.kind.choices().iter().for_each(|choice| look(&choice.label));
        if let turnabout_model::QuestionKind::Likert { labels, statements, .. } = &question.kind {
            labels.iter().chain(statements.iter().map(|statement| &statement.label)).for_each(&mut look);
        }
    }
    languages.extend(found.into_iter().filter(|language| !survey.languages.contains(language)));
    languages
}

fn settings(name: &str, survey: &Survey) -> Table {
    let mut headings = vec!["form_title".to_owned(), "form_id".to_owned()];
    let mut row = vec![survey.own_title().to_owned(), name.to_owned()];
    // pyxform takes a text without a language for one in the default language.
    if !survey.languages.is_empty() || survey.default_language != "en" {
        headings.push("default_language".into());
        row.push(language::heading(&survey.default_language));
    }
    Table { name: "settings", headings, rows: vec![row] }
}

/// A row by columns; a text without a language comes before those that have one.
#[derive(Debug, Clone, Default)]
struct Line(BTreeMap<(Column, usize), String>);

impl Line {
    fn put(&mut self, column: Column, text: impl Into<String>) {
        self.0.insert((column, 0), text.into());
    }

    fn say(&mut self, column: Column, text: &Text, languages: &[SmolStr]) {
        for (language, text) in text.iter() {
            let place = language.and_then(|language| languages.iter().position(|known| *known == language));
            self.0.insert((column, place.map_or(0, |place| place + 1)), text.to_owned());
        }
    }
}

fn table(name: &'static str, always: &[Column], lines: Vec<Line>, languages: &[SmolStr]) -> Table {
    let mut columns: BTreeSet<(Column, usize)> = lines.iter().flat_map(|line| line.0.keys().copied()).collect();
    for column in always {
        if !columns.iter().any(|(known, _)| known == column) {
            columns.insert((*column, 0));
        }
    }
    let heading = |(column, place): &(Column, usize)| match place.checked_sub(1).and_then(|at| languages.get(at)) {
        Some(tag) => format!("{}::{}", column.heading(), language::heading(tag)),
        None => column.heading().to_owned(),
    };
    let rows = lines.into_iter().map(|mut line| {
        columns.iter().map(|column| line.0.remove(column).unwrap_or_default()).collect::<Vec<String>>()
    });
    Table { name, rows: rows.collect(), headings: columns.iter().map(heading).collect() }
}
