//! From the port's tables to the contract's columns. What a rule does not declare is left behind here.

use crate::contract::wit;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::ops::Range;
use turnabout_core::ports::{AttributeUse, PluginFault, RuleDescription, Table};
use turnabout_model::{AttributeKind, Column};

/// The columns that a rule gets of one side, before they are packed.
pub(crate) struct Selection<'a> {
    rows: usize,
    columns: Vec<(&'a str, AttributeKind, Option<Cow<'a, Column>>)>,
}

impl<'a> Selection<'a> {
    /// Picks the declared attributes; one that the table lacks stays empty.
    pub(crate) fn new(
        table: &'a Table,
        declared: &'a [AttributeUse],
        description: &'a RuleDescription,
        settings: &'a Map<String, Value>,
    ) -> Result<Self, PluginFault> {
        let mut columns = Vec::with_capacity(declared.len());
        for attribute in declared {
            if let Some(constant) = attribute.name.strip_prefix('=') {
                let column = constant_column(constant, table, description, settings);
                columns.push((attribute.name.as_str(), attribute.kind, column.map(Cow::Owned)));
                continue;
            }
            let name = description.stands_for(&attribute.name, settings);
            let column = table.columns.iter().find(|(known, _)| known == name).map(|(_, column)| column);
            if let Some(column) = column {
                fits(name, attribute.kind, column, table.rows)?;
            }
            columns.push((name, attribute.kind, column.map(Cow::Borrowed)));
        }
        Ok(Self { rows: table.rows, columns })
    }

    /// How many people there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Packs some rows.
    pub(crate) fn pack(&self, rows: Range<usize>) -> Packed<'_> {
        let columns =
            self.columns.iter().map(|(name, kind, column)| PackedColumn::new(name, *kind, column.as_deref(), &rows));
        Packed { rows: rows.len(), columns: columns.collect() }
    }
}

/// A column that is the same for everyone: the words that a setting lists, `{setting}`, or a word itself, `'word'`.
/// Words that nobody has have no number.
fn constant_column(
    constant: &str,
    table: &Table,
    description: &RuleDescription,
    settings: &Map<String, Value>,
) -> Option<Column> {
    if let Some(word) = constant.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
        return Some(Column::Category(vec![table.words.get(word).copied(); table.rows]));
    }
    let setting = constant.strip_prefix('{')?.strip_suffix('}')?;
    let words = description.setting(setting, settings)?.as_array()?;
    let mut numbers: Vec<u32> = words.iter().filter_map(|word| table.words.get(word.as_str()?).copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Some(Column::Set(vec![numbers; table.rows]))
}

/// Says so if the template's attribute does not hold what the rule reads.
fn fits(name: &str, wanted: AttributeKind, column: &Column, rows: usize) -> Result<(), PluginFault> {
    let found = match column {
        Column::Number(_) => AttributeKind::Number,
        Column::Category(_) => AttributeKind::Category,
        Column::Set(_) => AttributeKind::Set,
    };
    if found != wanted {
        let text = |kind| match kind {
            AttributeKind::Number => "a number",
            AttributeKind::Category => "a category",
            AttributeKind::Set => "a set",
        };
        return Err(PluginFault::Declared(format!(
            "the attribute '{name}' is {}, and the rule reads {}",
            text(found),
            text(wanted)
        )));
    }
    if column.rows() != rows {
        return Err(PluginFault::Declared(format!(
            "the attribute '{name}' has {} rows for {rows} people",
            column.rows()
        )));
    }
    Ok(())
}

/// Some rows of one side in the contract's layout.
pub(crate) struct Packed<'a> {
    rows: usize,
    columns: Vec<PackedColumn<'a>>,
}

struct PackedColumn<'a> {
    name: &'a str,
    present: Vec<u8>,
    values: Values,
}

enum Values {
    Numbers(Vec<f64>),
    Categories(Vec<u32>),
    Sets { offsets: Vec<u32>, members: Vec<u32> },
}

impl Packed<'_> {
    /// The columns as the contract borrows them.
    pub(crate) fn columns(&self) -> Vec<wit::Column<'_>> {
        self.columns.iter().map(PackedColumn::borrow).collect()
    }

    /// How many rows were packed.
    pub(crate) fn rows(&self) -> u32 {
        u32::try_from(self.rows).unwrap_or(u32::MAX)
    }
}

impl<'a> PackedColumn<'a> {
    fn borrow(&self) -> wit::Column<'_> {
        let values = match &self.values {
            Values::Numbers(numbers) => wit::Values::Numbers(numbers),
            Values::Categories(categories) => wit::Values::Categories(categories),
            Values::Sets { offsets, members } => wit::Values::Sets(wit::Sets { offsets, members }),
        };
        wit::Column { name: self.name, present: &self.present, values }
    }

    fn new(name: &'a str, kind: AttributeKind, column: Option<&Column>, rows: &Range<usize>) -> Self {
        let slice = rows.start..rows.end;
        let (present, values) = match (column, kind) {
            (Some(Column::Number(values)), _) => {
                let values = &values[slice];
                (bitmap(values.iter().map(Option::is_some)), Values::Numbers(filled(values)))
            }
            (Some(Column::Category(values)), _) => {
                let values = &values[slice];
                (bitmap(values.iter().map(Option::is_some)), Values::Categories(filled(values)))
            }
            (Some(Column::Set(values)), _) => {
                let values = &values[slice];
                let mut offsets = Vec::with_capacity(values.len() + 1);
                let mut members = Vec::with_capacity(values.iter().map(Vec::len).sum());
                offsets.push(0);
                for set in values {
                    members.extend_from_slice(set);
                    offsets.push(u32::try_from(members.len()).unwrap_or(u32::MAX));
                }
                (bitmap(values.iter().map(|set| !set.is_empty())), Values::Sets { offsets, members })
            }
            (None, kind) => {
                let values = match kind {
                    AttributeKind::Number => Values::Numbers(vec![0.0; rows.len()]),
                    AttributeKind::Category => Values::Categories(vec![0; rows.len()]),
                    AttributeKind::Set => Values::Sets { offsets: vec![0; rows.len() + 1], members: Vec::new() },
                };
                (vec![0; rows.len().div_ceil(8)], values)
            }
        };
        Self { name, present, values }
    }
}

fn filled<T: Copy + Default>(values: &[Option<T>]) -> Vec<T> {
    values.iter().map(|value| value.unwrap_or_default()).collect()
}

/// A bit a row, the lowest bit of the first byte first.
fn bitmap(rows: impl ExactSizeIterator<Item = bool>) -> Vec<u8> {
    let mut bytes = vec![0u8; rows.len().div_ceil(8)];
    for (row, present) in rows.enumerate() {
        bytes[row / 8] |= u8::from(present) << (row % 8);
    }
    bytes
}
