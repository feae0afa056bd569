//! A sheet as a table: headings that are known, and rows of cells under them.

use crate::{
    column::{self, Column, Heading},
    problem::{Cell, Problems, shown},
    workbook::Sheet,
};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::Text;

/// A row of the sheets `survey` and `choices`.
#[derive(Debug, Clone)]
pub(super) struct Line<'w> {
    sheet: &'w str,
    /// Its number, from 1.
    number: u32,
    cells: BTreeMap<(Column, Option<SmolStr>), (u32, &'w str)>,
}

impl<'w> Line<'w> {
    /// The text of a cell without a language, if it says anything.
    pub(super) fn get(&self, column: Column) -> Option<&'w str> {
        self.cells.get(&(column, None)).map(|(_, text)| *text).filter(|text| !text.trim().is_empty())
    }

    /// The same without white space around it.
    pub(super) fn word(&self, column: Column) -> Option<&'w str> {
        self.get(column).map(str::trim)
    }

    /// The text in every language that it is there in. Beside others, one without a language is in the default one.
    pub(super) fn say(&self, column: Column, default_language: &str) -> Option<Text> {
        let mut texts: BTreeMap<SmolStr, String> = BTreeMap::new();
        for ((known, language), (_, text)) in &self.cells {
            if let (true, Some(language)) = (*known == column && !text.trim().is_empty(), language) {
                texts.insert(language.clone(), (*text).to_owned());
            }
        }
        match (self.get(column), texts.is_empty()) {
            (Some(text), true) => Some(Text::Plain(text.to_owned())),
            (None, true) => None,
            (own, false) => {
                if let Some(own) = own {
                    texts.entry(default_language.into()).or_insert_with(|| own.to_owned());
                }
                Some(Text::In(texts))
            }
        }
    }

    /// Every cell of a column with its place.
    pub(super) fn cells(&self, column: Column) -> impl Iterator<Item = (Cell, &'w str)> {
        let cells = self.cells.iter().filter(move |((known, _), _)| *known == column);
        cells.map(|(_, (place, text))| (self.cell(*place), *text))
    }

    /// The place of a column's cell; the first of the row if it is empty.
    pub(super) fn at(&self, column: Column) -> Cell {
        let cell = self.cells.iter().find(|((known, _), _)| *known == column).or_else(|| self.cells.iter().next());
        self.cell(cell.map_or(1, |(_, (place, _))| *place))
    }

    fn cell(&self, column: u32) -> Cell {
        Cell { sheet: self.sheet.to_owned(), row: self.number, column }
    }
}

/// A sheet with the languages of its headings, in their order.
#[derive(Debug)]
pub(super) struct Table<'w> {
    pub(super) lines: Vec<Line<'w>>,
    pub(super) languages: Vec<SmolStr>,
}

/// Reads a sheet: the first row that holds anything has the headings. `needed` are the columns it has to have.
pub(super) fn read<'w>(sheet: &'w Sheet, of_choices: bool, needed: &[Column], problems: &mut Problems) -> Table<'w> {
    let mut rows = sheet.rows.iter();
    let mut columns: BTreeMap<u32, (Column, Option<SmolStr>)> = BTreeMap::new();
    let mut table = Table { lines: Vec::new(), languages: Vec::new() };
    let Some((first, headings)) = rows.next() else { return table };
    let mut left_out = BTreeMap::new();
    for (place, heading) in headings {
        let cell = Cell { sheet: sheet.name.clone(), row: *first, column: *place };
        match column::read(heading, of_choices) {
            Heading::Column(column, language) => {
                table.languages.extend(language.clone().filter(|language| !table.languages.contains(language)));
                if columns.values().any(|known| *known == (column, language.clone())) {
                    let message = format!("the column '{}' is there twice", shown(heading));
                    problems.error("xlsform::column", cell, message, "remove one of them");
                } else {
                    columns.insert(*place, (column, language));
                }
            }
            Heading::LeftOut => drop(left_out.insert(*place, (cell, heading))),
            Heading::Unknown => {
                let message = format!("the column '{}' is not known, and left out", shown(heading));
                let help = format!("the columns are {}", column::known(of_choices).join(", "));
                problems.warn("xlsform::unknown_column", cell, message, help);
            }
        }
    }
    for column in needed {
        if !columns.values().any(|(known, _)| known == column) {
            let cell = Cell { sheet: sheet.name.clone(), row: *first, column: 1 };
            let message = format!("the sheet has no column '{}'", column.heading());
            problems.error("xlsform::column", cell, message, "write it as a heading into the first row");
        }
    }
    let mut used = BTreeSet::new();
    for (number, cells) in rows {
        let mut line = Line { sheet: &sheet.name, number: *number, cells: BTreeMap::new() };
        for (place, text) in cells.iter().filter(|(_, text)| !text.trim().is_empty()) {
            if let Some(column) = columns.get(place) {
                line.cells.insert(column.clone(), (*place, text));
            } else if left_out.contains_key(place) {
                used.insert(*place);
            } else if !headings.contains_key(place) {
                let cell = line.cell(*place);
                let message = "nothing stands above this cell, and it is left out";
                problems.warn("xlsform::unknown_column", cell, message, "write a heading into the first row");
            }
        }
        if !line.cells.is_empty() {
            table.lines.push(line);
        }
    }
    for (cell, heading) in left_out.into_iter().filter(|(place, _)| used.contains(place)).map(|(_, found)| found) {
        let message = format!("surveys have nothing like the column '{}', and it is left out", shown(heading));
        problems.warn("xlsform::column_left_out", cell, message, "say it in the label, or in a note");
    }
    table
}
