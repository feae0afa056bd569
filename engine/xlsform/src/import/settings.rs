//! The sheet `settings`: one row under its headings.

use crate::{
    language,
    problem::{Cell, Problems, shown},
    workbook::Sheet,
};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// What the settings of a form say.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) title: Option<String>,
    pub(super) name: Option<SmolStr>,
    pub(super) default_language: Option<SmolStr>,
}

/// Settings of XLSForm that have no counterpart in a survey.
const LEFT_OUT: [&str; 14] = [
    "version",
    "instance_name",
    "style",
    "public_key",
    "submission_url",
    "auto_send",
    "auto_delete",
    "allow_choice_duplicates",
    "clean_text_values",
    "name",
    "namespaces",
    "sms_keyword",
    "prefix",
    "omit_instanceid",
];

/// Reads the settings.
pub(super) fn read(sheet: Option<&Sheet>, problems: &mut Problems) -> Settings {
    let mut settings = Settings::default();
    let Some(sheet) = sheet else { return settings };
    let mut rows = sheet.rows.iter();
    let (Some((first, headings)), values) = (rows.next(), rows.next()) else { return settings };
    for (row, cells) in values.into_iter().chain(rows.take(1)) {
        let further = values.is_some_and(|(known, _)| known != row);
        if let Some(column) = cells.keys().find(|column| further || !headings.contains_key(column)) {
            let cell = Cell { sheet: sheet.name.clone(), row: *row, column: *column };
            let message = "the settings are one row under headings, and this cell is left out";
            problems.warn("xlsform::unknown_column", cell, message, "move it, or remove it");
        }
    }
    let mut seen = BTreeSet::new();
    for (column, heading) in headings {
        let value = values.and_then(|(_, cells)| cells.get(column)).filter(|value| !value.trim().is_empty());
        let cell = Cell { sheet: sheet.name.clone(), row: *first, column: *column };
        let word = heading.trim().to_lowercase().replace(' ', "_");
        if !seen.insert(word.clone()) {
            let message = format!("the setting '{}' is there twice", shown(heading));
            problems.error("xlsform::column", cell, message, "remove one of them");
            continue;
        }
        match word.as_str() {
            "form_title" | "title" | "set_form_title" => settings.title = value.cloned(),
            "form_id" | "id_string" | "set_form_id" => settings.name = value.map(|value| value.trim().into()),
            "default_language" => settings.default_language = value.map(|value| language::tag(value)),
            known if LEFT_OUT.contains(&known) => {
                if value.is_some() {
                    let message = format!("surveys have nothing like the setting '{known}', and it is left out");
                    problems.warn("xlsform::column_left_out", cell, message, "nothing has to be done");
                }
            }
            _ => {
                let message = format!("the setting '{}' is not known, and left out", shown(heading));
                let help = "the settings are form_title, form_id, default_language";
                problems.warn("xlsform::unknown_column", cell, message, help);
            }
        }
    }
    settings
}
