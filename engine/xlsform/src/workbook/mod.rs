//! Workbooks as sheets of text. Only here are the libraries that read and write `.xlsx` named.

mod bounds;
mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;

use std::collections::BTreeMap;

/// A sheet that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Its name, as the workbook has it.
    pub name: String,
    /// Rows by number, from 1; in each the cells that are not empty by column, from 1.
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
}

/// A sheet to write: a row of headings, and rows as long as it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its name.
    pub name: &'static str,
    /// The headings.
    pub headings: Vec<String>,
    /// The cells; empty ones are not written.
    pub rows: Vec<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let texts = [
            "",
            "plain",
            " spaces ",
            "two\nlines\tand\ttabs",
            "a\r\nb\r",
            "=1+1",
            "1",
            "TRUE",
            "_x0041_",
            "_x005F_",
            "<&>'\"",
            "\u{1}\u{1f}",
            "\u{fffe}",
            "日本語 😀",
            "_x",
            "x0041_",
            "_xzzzz_",
            "  ",
            "\n",
        ];
        let headings: Vec<String> = (0..texts.len()).map(|n| format!("h{n}")).collect();
        let row: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let tables = [
            Table { name: "survey", headings, rows: vec![row.clone()] },
            Table { name: "choices", headings: vec!["list_name".into()], rows: vec![] },
        ];
        let bytes = write(&tables).unwrap();
        let sheets = read(&bytes, |name| Some(name.into()), &mut crate::problem::Problems::default()).unwrap();
        assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["survey", "choices"]);
        let found = &sheets[0].rows[&2];
        for (column, text) in (1_u32..).zip(texts) {
            let expect = (!text.is_empty()).then_some(text);
            assert_eq!(found.get(&column).map(String::as_str), expect, "{text:?}");
        }
        assert_eq!(bytes, write(&tables).unwrap(), "the same survey is the same file");
    }
}
