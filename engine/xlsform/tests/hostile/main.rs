//! Workbooks that somebody made to hurt, and those that hurt by accident: a sentence about a cell, never a panic, and no
//! more memory than a form needs.

#![allow(clippy::unwrap_used)] // a test that cannot make its workbook has to fail

mod raw;

use proptest::prelude::*;
use raw::{Raw, row};
use std::fmt::Write as _;

/// A form with one question, and more cells in its second row.
fn form(cells: &str) -> Raw {
    let heading = row(1, &["type", "name", "label", "relevant", "required"]);
    let first = r#"<c r="A2" t="inlineStr"><is><t>text</t></is></c><c r="B2" t="inlineStr"><is><t>why</t></is></c>"#;
    Raw::new(&[("survey", &format!(r#"{heading}<row r="2">{first}{cells}</row>"#)), ("settings", &titled())])
}

fn titled() -> String {
    row(1, &["form_title"]) + &row(2, &["A form"])
}

#[track_caller]
fn refused(raw: &Raw, why: &str) {
    let problems = raw.import().unwrap_err();
    assert!(problems.iter().any(|problem| problem.to_string().contains(why)), "no '{why}' in {problems:#?}");
    assert!(problems.len() <= 100, "{}", problems.len());
}

#[test]
fn one_text_in_a_hundred_thousand_cells_is_too_much_text() {
    let shared = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(30_000));
    let mut rows = String::new();
    for number in 1..9_000 {
        let cells = ('A'..='T')
            .map(|column| format!(r#"<c r="{column}{number}" t="s"><v>0</v></c>"#))
            .collect::<Vec<_>>()
            .concat();
        write!(rows, r#"<row r="{number}">{cells}</row>"#).unwrap();
    }
    let raw = Raw::new(&[("survey", &rows)]).with("xl/sharedStrings.xml", shared);
    refused(&raw, "hold at most 8388608 bytes of text");
}

#[test]
fn a_cell_is_no_longer_than_a_spreadsheet_keeps() {
    let long = "${".repeat(3_000_000);
    refused(
        &form(&format!(r#"<c r="C2" t="inlineStr"><is><t>{long}</t></is></c>"#)),
        "sheet 'survey', row 2, column C: a cell has at most 32767 characters",
    );
}

#[test]
fn a_million_errors_are_a_hundred() {
    let cells = r#"<c r="C2" t="e"><v>#N/A</v></c>"#.repeat(200_000);
    refused(&form(&cells), "row 2, column C: the formula in this cell has no value");
    let broken = "${}".repeat(10_000);
    let cell = format!(r#"<c r="D2" t="inlineStr"><is><t>{broken}</t></is></c>"#);
    refused(&form(&cell), "'${}' names no question");
}

#[test]
fn many_questions_with_many_choices_are_refused_before_they_are_multiplied() {
    let mut questions = row(1, &["type", "name", "label"]);
    let mut choices = row(1, &["list_name", "name", "label"]);
    for number in 2..9_000 {
        questions += &row(number, &["select_one many", &format!("q{number}"), "Which?"]);
        choices += &row(number, &["many", &format!("c{number}"), "This"]);
    }
    let raw = Raw::new(&[("survey", &questions), ("choices", &choices)]);
    refused(&raw, "the list 'many' has more than 200 choices");
    refused(&raw, "sheet 'survey', row 202, column A: more than 200 questions stand side by side");
}

#[test]
fn styles_that_would_be_copied_for_each_cell_are_refused() {
    let font = format!(r#"<fonts><font><name val="{}"/></font></fonts>"#, "x".repeat(100_000));
    let formats = format!("<cellXfs>{}</cellXfs>", r#"<xf fontId="0"/>"#.repeat(50_000));
    refused(
        &form("").with("xl/styles.xml", format!("<styleSheet>{font}{formats}</styleSheet>")),
        "the styles of the workbook are larger",
    );
}

#[test]
fn entities_are_not_multiplied() {
    let bomb = r#"<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let rows = row(1, &["type", "name", "label"]) + &row(2, &["note", "n", "&b;&b;"]);
    let sheet = format!("{bomb}<worksheet><sheetData>{rows}</sheetData></worksheet>");
    refused(&form("").with("xl/worksheets/sheet1.xml", sheet), "the sheet 'survey' can't be read");
}

#[test]
fn a_sheet_is_read_once_however_often_it_is_named() {
    let rows = row(1, &["type", "name", "label"]) + &row(2, &["note", "n", "Hello"]);
    let raw = Raw::new(&[("survey", &rows), ("Survey ", &rows)]);
    refused(&raw, "sheet 'Survey ', row 1, column A: another sheet has this name already");
}

#[test]
fn places_that_no_spreadsheet_has_are_refused() {
    for place in ["ZZZZZZZZZZZZ2", "A99999999999", "A0", "2", "é2", ""] {
        let cell = format!(r#"<c r="{place}" t="inlineStr"><is><t>x</t></is></c>"#);
        assert!(form(&cell).import().is_err(), "{place}");
    }
}

#[test]
fn signs_that_are_no_text_are_refused() {
    let name = [b"<sst><si><t>".as_slice(), &[0xff, 0xfe, 0xc3, 0x28], b"</t></si></sst>"].concat();
    let raw = form(r#"<c r="C2" t="s"><v>0</v></c>"#).with("xl/sharedStrings.xml", name);
    assert!(raw.import().is_err(), "{}", raw.said());
    // Letters beyond ASCII are text, and no name.
    let rows = row(1, &["type", "name", "label"]) + &row(2, &["note", "prénom", "Où ?"]);
    refused(&Raw::new(&[("survey", &rows)]), "sheet 'survey', row 2, column B: 'prénom' can't be a name here");
}

#[test]
fn a_formula_counts_by_its_value_and_one_without_is_named() {
    let worked_out = form(r#"<c r="C2" t="str"><f>"a"&amp;"b"</f><v>Why?</v></c>"#).import().unwrap();
    assert_eq!(worked_out.survey.questions[0].text, "Why?".into());
    refused(
        &form(r#"<c r="C2" t="inlineStr"><is><t>Why?</t></is></c><c r="D2"><f>A1</f></c>"#),
        "sheet 'survey', row 2, column D: the formula in this cell has no value",
    );
}

#[test]
fn dates_truths_and_numbers_are_read_as_a_spreadsheet_shows_them() {
    let styles =
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;
    for (cell, label, warnings) in [
        (r#"<c r="C2" s="1"><v>46054</v></c>"#, "2026-02-01", 1),
        (r#"<c r="C2" s="1"><v>46054.5</v></c>"#, "2026-02-01T12:00:00", 1),
        (r#"<c r="C2" s="2"><v>0.25</v></c>"#, "06:00:00", 1),
        (r#"<c r="C2"><v>46054</v></c>"#, "46054", 0),
        (r#"<c r="C2"><v>1E3</v></c>"#, "1000", 0),
        (r#"<c r="C2" t="b"><v>1</v></c>"#, "TRUE", 0),
    ] {
        let imported = form(cell).with("xl/styles.xml", styles).import().unwrap();
        assert_eq!(imported.survey.questions[0].text, label.into(), "{cell}");
        let dates = imported.warnings.iter().filter(|warning| warning.code == "xlsform::date").count();
        assert_eq!(dates, warnings, "{cell}");
    }
    for serial in ["-1", "1e300", "-1e300", "9999999", "NaN", "inf", "1e-320"] {
        let _ = form(&format!(r#"<c r="C2" s="1"><v>{serial}</v></c>"#)).with("xl/styles.xml", styles).import();
    }
    let required = form(r#"<c r="C2" t="inlineStr"><is><t>Why?</t></is></c><c r="E2" t="b"><v>1</v></c>"#);
    assert_eq!(required.import().unwrap().survey.questions[0].required, turnabout_model::Condition::Always);
}

#[test]
fn merged_cells_count_for_the_first_alone_and_that_is_said() {
    let rows = row(1, &["type", "name", "label", "relevant"])
        + &row(2, &["text", "a", "A?"])
        + &row(3, &["text", "b", "B?", "${a} = 'x'"])
        + &row(4, &["text", "c", "C?"])
        + r#"|<mergeCells count="1"><mergeCell ref="D3:D4"/></mergeCells>"#;
    let said = Raw::new(&[("survey", &rows), ("settings", &titled())]).said();
    assert!(said.contains("xlsform::merged sheet 'survey', row 3, column D: these cells are merged"), "{said}");
}

#[test]
fn what_is_no_sheet_of_cells_is_said() {
    refused(&form("").with("xl/worksheets/sheet1.xml", "<chartsheet/>"), "the sheet 'survey' can't be read");
    refused(&form("").with("xl/worksheets/sheet1.xml", ""), "the sheet 'survey' can't be read");
    refused(&form("").with("xl/workbook.xml", "<workbook/>"), "");
    refused(&form(r#"<c r="C2" t="s"><v>7</v></c>"#), "can't be read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Bytes are changed inside the parts, where no checksum of the archive gives it away.
    #[test]
    fn no_part_makes_it_panic(
        part in 0..5_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let path = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"][part];
        let raw = form(r#"<c r="C2" t="s" s="1"><v>0</v></c><c r="D2" s="1"><v>46054</v></c><c r="E2"><f t="shared" ref="E2:E3" si="0">A1</f><v>1</v></c>"#)
            .with("xl/styles.xml", r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#)
            .with("xl/sharedStrings.xml", "<sst><si><t>Why?</t></si></sst>");
        let mut content = raw.part(path).to_vec();
        for (at, to) in changes {
            let at = at.index(content.len());
            content[at] = to;
        }
        if let Some(cut) = cut {
            content.truncate(cut.index(content.len()));
        }
        let _ = raw.with(path, content).import();
    }
}
