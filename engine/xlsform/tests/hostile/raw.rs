//! Workbooks part by part, as no spreadsheet would write them.

use std::io::{Cursor, Write as _};
use turnabout_xlsform::{CellProblem, Imported, import};
use zip::{ZipWriter, write::SimpleFileOptions};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook whose sheets are given as the XML of their rows.
pub(crate) struct Raw {
    parts: Vec<(String, Vec<u8>)>,
}

impl Raw {
    /// Sheets by name, with what stands in `<sheetData>`; a sheet's XML after that may follow behind `|`.
    pub(crate) fn new(sheets: &[(&str, &str)]) -> Self {
        let numbered = || sheets.iter().enumerate().map(|(n, (name, rows))| (n + 1, name, rows));
        let named = numbered().map(|(n, name, _)| format!(r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#));
        let targets = numbered().map(|(n, _, _)| {
            format!(r#"<Relationship Id="rId{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>"#)
        });
        let raw = Self { parts: Vec::new() }
            .with(
                "_rels/.rels",
                format!(
                    r#"<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            )
            .with(
                "xl/workbook.xml",
                format!(
                    r#"<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{}</sheets></workbook>"#,
                    named.collect::<String>()
                ),
            )
            .with(
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"<Relationships xmlns="{RELATIONSHIPS}">{}</Relationships>"#,
                    targets.collect::<String>()
                ),
            );
        numbered().fold(raw, |raw, (n, _, rows)| {
            let (rows, after) = rows.split_once('|').unwrap_or((rows, ""));
            let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>"#);
            raw.with(&format!("xl/worksheets/sheet{n}.xml"), sheet)
        })
    }

    /// The same with another part, or another in its place.
    pub(crate) fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.retain(|(known, _)| known != path);
        self.parts.push((path.into(), content.into()));
        self
    }

    pub(crate) fn part(&self, path: &str) -> &[u8] {
        &self.parts.iter().find(|(known, _)| known == path).unwrap().1
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, content) in &self.parts {
            writer.start_file(path, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    pub(crate) fn import(&self) -> Result<Imported, Vec<CellProblem>> {
        import(&self.bytes())
    }

    /// What is said about it, a line each.
    pub(crate) fn said(&self) -> String {
        let problems = self.import().map_or_else(|problems| problems, |imported| imported.warnings);
        problems.iter().map(|problem| format!("{} {problem}", problem.code)).collect::<Vec<_>>().join("\n")
    }
}

/// A row of texts.
pub(crate) fn row(number: u32, cells: &[&str]) -> String {
    let cells = cells
        .iter()
        .zip('A'..)
        .map(|(text, column)| format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#));
    format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>())
}
