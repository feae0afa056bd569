//! The sheet `turnabout`: what XLSForm cannot say, a fact a row.

use crate::{
    export::HEADINGS,
    language,
    problem::{Cell, Problems, shown},
    workbook::Sheet,
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::Text;

/// A fact with its cell.
#[derive(Debug, Clone)]
pub(super) struct Fact<'w> {
    pub(super) value: &'w str,
    pub(super) cell: Cell,
    language: Option<SmolStr>,
    taken: bool,
}

/// What a row is about: `survey`, `question` or `scale`, its name, and the field.
type Key<'w> = (String, &'w str, String);

/// The facts of the sheet that nobody has asked for yet.
#[derive(Debug, Default)]
pub(super) struct Extra<'w> {
    facts: BTreeMap<Key<'w>, Vec<Fact<'w>>>,
    /// The names of scales in their order.
    pub(super) scales: Vec<&'w str>,
}

impl<'w> Extra<'w> {
    /// Reads the sheet.
    pub(super) fn read(sheet: Option<&'w Sheet>, problems: &mut Problems) -> Self {
        let mut extra = Self::default();
        let Some(sheet) = sheet else { return extra };
        let mut rows = sheet.rows.iter();
        let Some((first, headings)) = rows.next() else { return extra };
        let cell = |row: u32, column: u32| Cell { sheet: sheet.name.clone(), row, column };
        let mut places = [None; HEADINGS.len()];
        for (column, heading) in headings {
            let heading = heading.trim();
            match HEADINGS.iter().position(|known| known.eq_ignore_ascii_case(heading)) {
                Some(known) => places[known] = Some(*column),
                None => problems.warn(
                    "xlsform::unknown_column",
                    cell(*first, *column),
                    format!("the column '{}' is not known, and left out", shown(heading)),
                    format!("the columns are {}", HEADINGS.join(", ")),
                ),
            }
        }
        for (heading, _) in
            HEADINGS.iter().zip(places).filter(|(heading, place)| **heading != "language" && place.is_none())
        {
            let message = format!("the sheet has no column '{heading}'");
            problems.error("xlsform::column", cell(*first, 1), message, "write it as a heading into the first row");
        }
        for (number, cells) in rows {
            let get = |heading: usize| places[heading].and_then(|column| cells.get(&column)).map(String::as_str);
            let [of, name, field, language] = [0, 1, 2, 3].map(|heading| get(heading).unwrap_or_default().trim());
            let Some(value) = get(4).filter(|value| !value.trim().is_empty()) else { continue };
            if of == "scale" && !extra.scales.contains(&name) {
                extra.scales.push(name);
            }
            let language = (!language.is_empty()).then(|| language::tag(language));
            let cell = cell(*number, places[4].unwrap_or(1));
            let facts = extra.facts.entry((of.to_lowercase(), name, field.to_lowercase())).or_default();
            facts.push(Fact { value, cell, language, taken: false });
        }
        extra
    }

    /// A fact; the first if it is there several times.
    pub(super) fn take(&mut self, of: &str, name: &'w str, field: &str) -> Option<Fact<'w>> {
        let facts = self.facts.get_mut(&(of.into(), name, field.into()))?;
        let first = facts.first_mut()?;
        first.taken = true;
        Some(first.clone())
    }

    /// A text in every language in which it is there. Beside others, one without a language is in the default one.
    pub(super) fn text(&mut self, field: &str, default_language: &SmolStr) -> Option<Text> {
        let facts = self.facts.get_mut(&("survey".into(), "", field.into()))?;
        if let [fact] = facts.as_mut_slice()
            && fact.language.is_none()
        {
            fact.taken = true;
            return Some(Text::Plain(fact.value.to_owned()));
        }
        let mut texts: BTreeMap<SmolStr, String> = BTreeMap::new();
        for fact in facts {
            let language = fact.language.as_ref().unwrap_or(default_language);
            if !texts.contains_key(language) {
                texts.insert(language.clone(), fact.value.to_owned());
                fact.taken = true;
            }
        }
        Some(Text::In(texts))
    }

    /// Warns of what is about nothing in the form.
    pub(super) fn left(&self, problems: &mut Problems) {
        for ((of, name, field), facts) in &self.facts {
            for fact in facts.iter().filter(|fact| !fact.taken) {
                let about = [of.as_str(), name].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
                let message =
                    format!("'{}' of '{}' says nothing here, and is left out", shown(field), shown(&about.join(" ")));
                let help = "correct the row: its `of`, `name` and `field`";
                problems.warn("xlsform::fact_left_out", fact.cell.clone(), message, help);
            }
        }
    }
}
