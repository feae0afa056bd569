//! The sheet `choices`: lists by their names.

use super::table::{Line, Table};
use crate::{
    column::Column,
    limits::MAX_CHOICES,
    problem::{Problems, shown},
};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Choice, Text};

/// A list of choices, with its rows.
#[derive(Debug, Default)]
pub(super) struct List<'w> {
    pub(super) choices: Vec<Choice>,
    pub(super) lines: Vec<Line<'w>>,
}

/// The lists of a form.
#[derive(Debug, Default)]
pub(super) struct Lists<'w> {
    lists: BTreeMap<&'w str, List<'w>>,
    used: BTreeSet<&'w str>,
}

impl<'w> Lists<'w> {
    /// Reads the rows of the sheet.
    pub(super) fn read(table: Table<'w>, default_language: &str, problems: &mut Problems) -> Self {
        let mut lists: BTreeMap<&'w str, List<'w>> = BTreeMap::new();
        for line in table.lines {
            let (Some(name), Some(choice)) = (line.word(Column::ListName), line.word(Column::Name)) else {
                let message = "a choice needs the name of its list and a name of its own";
                problems.error("xlsform::list", line.at(Column::ListName), message, "write both, or empty the row");
                continue;
            };
            if choice.contains(char::is_whitespace) {
                let message = format!("'{}' can't be the name of a choice", shown(choice));
                let help = "write it without white space; the label may have some";
                problems.error("xlsform::name", line.at(Column::Name), message, help);
            }
            let list = lists.entry(name).or_default();
            if list.choices.iter().any(|known| known.name == choice) {
                let message = format!("the list '{}' has the choice '{}' twice", shown(name), shown(choice));
                problems.error("xlsform::list", line.at(Column::Name), message, "remove one of them");
            }
            let label = line.say(Column::Label, default_language).unwrap_or_else(|| {
                let message = format!("the choice '{}' has no label, and is shown by its name", shown(choice));
                problems.warn("xlsform::label", line.at(Column::Name), message, "write what people are to read");
                Text::Plain(choice.to_owned())
            });
            if list.lines.len() == MAX_CHOICES {
                let message = format!("the list '{}' has more than {MAX_CHOICES} choices", shown(name));
                problems.error("xlsform::list", line.at(Column::ListName), message, "ask in words, or in steps");
            }
            if list.lines.len() < MAX_CHOICES {
                list.choices.push(Choice { name: choice.into(), label });
            }
            list.lines.push(line);
        }
        Self { lists, used: BTreeSet::new() }
    }

    /// The list that a question names.
    pub(super) fn of(&mut self, name: &str, line: &Line<'_>, problems: &mut Problems) -> Option<&List<'w>> {
        let Some((known, list)) = self.lists.get_key_value(name) else {
            let message = format!("there is no list of choices '{}'", shown(name));
            let known: Vec<&str> = self.lists.keys().copied().take(12).collect();
            let help = match known.as_slice() {
                [] => "write it into the sheet 'choices'".into(),
                known => format!("the sheet 'choices' has {}", known.join(", ")),
            };
            problems.error("xlsform::list", line.at(Column::Type), message, help);
            return None;
        };
        self.used.insert(known);
        Some(list)
    }

    /// Every row of every list that is used, for what is looked at in all texts.
    pub(super) fn used_lines(&self) -> impl Iterator<Item = &Line<'w>> {
        self.lists.iter().filter(|(name, _)| self.used.contains(*name)).flat_map(|(_, list)| &list.lines)
    }

    /// Warns of lists that no question uses: they are left out.
    pub(super) fn unused(&self, problems: &mut Problems) {
        for (name, list) in self.lists.iter().filter(|(name, _)| !self.used.contains(*name)) {
            if let Some(first) = list.lines.first() {
                let message = format!("no question uses the list '{}', and it is left out", shown(name));
                problems.warn(
                    "xlsform::unused_list",
                    first.at(Column::ListName),
                    message,
                    "correct a type, or remove it",
                );
            }
        }
    }
}
