//! CSV as spreadsheets write it, and everything that may be wrong with it.

use super::*;
use crate::analyse::analyse;
use proptest::prelude::*;

fn rows(text: &str) -> Vec<(Option<f64>, Option<f64>)> {
    read_csv(text.as_bytes()).unwrap_or_else(|problems| panic!("{text:?}: {problems:?}")).rows
}

fn said(bytes: &[u8]) -> Vec<String> {
    read_csv(bytes).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_same_values_are_read_however_a_spreadsheet_writes_them() {
    let expect = vec![(Some(2.5), Some(4.0)), (Some(3.0), None), (None, Some(5.0))];
    for text in [
        "pre,post\n2.5,4\n3,\n,5\n",
        "pre,post\n2.5,4\n3,\n,5",
        "\u{feff}Pre,POST\r\n2.5,4\r\n3,\r\n,5\r\n",
        "pre,post\r2.5,4\r3,\r,5\r",
        "pre;post\n2,5;4\n3;\n;5\n",
        "pre;post\n2.5;4\n3;\n;5\n",
        "sep=;\r\npre;post\r\n2,5;4\r\n3;\r\n;5\r\n",
        "pre\tpost\n2.5\t4\n3\t\n\t5\n",
        "name,post,group, pre \n\"Ada, the first\",4,a,2.5\nBo,,b,3\nCy,5,c,\n",
        "\n\npre,post\n2.5,4\n\n3,\n,5\n,\n,\n",
        "\"pre\",\"post\"\n\"2.5\",\"4\"\n\"3\",\"\"\n\"\",\"5\"\n",
        "pre,post\n2.5,4,,\n3,\n,5,\n",
        "note;pre;post\na,b;2,5;4\n;3;\n,;;5\n",
    ] {
        assert_eq!(rows(text), expect, "{text:?}");
    }
}

#[test]
fn other_columns_are_ignored_whatever_their_letters() {
    let read = read_csv(b"Name,pre,post,caf\xe9\nJos\xe9,1,2,x\n").unwrap();
    assert_eq!(read.rows, [(Some(1.0), Some(2.0))]);
    assert_eq!(read.ignored, ["Name", "caf\u{fffd}"]);
}

#[test]
fn a_person_without_either_value_is_still_a_person() {
    assert_eq!(rows("id,pre,post\na,,\nb,1,2\n"), [(None, None), (Some(1.0), Some(2.0))]);
    assert_eq!(
        rows("pre,post\n,\n1,2\n,\n"),
        [(None, None), (Some(1.0), Some(2.0))],
        "what is left at the end is nobody"
    );
}

#[test]
fn all_problems_are_said_at_once_with_row_and_column() {
    let said = said(b"id,pre,post\na,three,4\nb,2,n/a\n\nc,\"3,5\",inf\nd,1\ne,1,2,3\nid,Pre,Post\nf,1,2\n");
    assert_eq!(
        said,
        [
            "row 2, column 'pre': 'three' is no number; write digits, with a point for parts: 3 or 3.5; leave the cell \
             empty where there is no answer",
            "row 3, column 'post': 'n/a' is no number; leave the cell empty where there is no answer",
            "row 5, column 'pre': '3,5' is no number; write parts with a point and thousands without a mark: 3.5 or \
             1200",
            "row 5, column 'post': 'inf' is no number; write digits, with a point for parts: 3 or 3.5; leave the cell \
             empty where there is no answer",
            "row 6: the row has 2 cells and the first row 3; add the cells that are missing, empty if need be, and see \
             whether a quotation mark is left open",
            "row 7: the row has 4 cells and the first row 3; put a cell that has a separator in it in quotation marks",
            "row 8: the names of the columns stand here again; delete the row",
        ]
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    for text in [
        "note,pre,post\n\"two\nlines\",1,2\nx,bad,2\n",
        "note,pre,post\r\n\"two\r\nlines\",1,2\r\nx,bad,2\r\n",
        "sep=,\nnote,pre,post\nx,bad,2\n",
        "note,pre,post\n\nx,bad,2\n",
    ] {
        assert!(said(text.as_bytes())[0].starts_with("row 3, column 'pre'"), "{text:?}: {:?}", said(text.as_bytes()));
    }
}

#[test]
fn a_file_whose_columns_are_not_found_says_which() {
    for (text, expect) in [
        ("", vec!["the file is empty"]),
        ("\n \n", vec!["the file is empty"]),
        ("pre,post\n", vec!["no row follows"]),
        ("pre,post\n,\n", vec!["no row follows"]),
        ("before,after\n1,2\n", vec!["'pre' is missing", "'post' is missing"]),
        ("pre,after\n1,2\n", vec!["'post' is missing"]),
        ("pre,post,PRE\n1,2,3\n", vec!["2 columns are named 'pre'"]),
        ("1,2\n3,4\n", vec!["the first row has '1', '2'", "'post' is missing"]),
    ] {
        let said = said(text.as_bytes());
        assert_eq!(said.len(), expect.len(), "{text:?}: {said:?}");
        assert!(said.iter().zip(&expect).all(|(said, expect)| said.contains(expect)), "{text:?}: {said:?}");
    }
}

#[test]
fn points_and_commas_for_parts_do_not_stand_in_one_file() {
    let said = said(b"pre;post\n2,5;1\n1.200;3\n");
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("row 3, column 'pre': this number has a point, and one in row 2 a comma"), "{said:?}");
}

#[test]
fn a_quotation_mark_left_open_swallows_no_row_in_silence() {
    for text in [
        "pre,post,note\n1,2,\"oops\n3,4,x\n5,6,y\n",
        "id,pre,post\n\"a,1,2\nb,3,4\n",
        "pre,post\n1,\"2\n3,4\n",
        "pre,post,note\n1,2,\"oops\n3,4,\"x\n5,6,y\n",
    ] {
        assert!(said(text.as_bytes())[0].starts_with("row 2"), "{text:?}: {:?}", said(text.as_bytes()));
    }
    // Marks that take no other row with them are left alone.
    assert_eq!(rows("pre,post,note\n1,2,5\" tall\n3,4,\"a \"\"b\"\"\"\n5,6,\"c\"d\n").len(), 3);
}

#[test]
fn what_is_no_text_is_refused() {
    let wide: Vec<u8> = "\u{feff}pre,post\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(said(&wide)[0].contains("UTF-16"));
    assert!(said(b"PK\x03\x04\0\0")[0].contains("no plain text"));
}

#[test]
fn the_limits_hold() {
    assert!(said(&vec![b'1'; MAX_CSV_BYTES + 1])[0].contains("bytes"));
    let many = format!("pre,post\n{}", "1,2\n".repeat(MAX_CSV_ROWS));
    assert_eq!(rows(&many).len(), MAX_CSV_ROWS);
    let said_of = |text: String| said(text.as_bytes());
    assert!(said_of(many + "1,2\n")[0].contains("more than"));
    let bad = said_of(format!("pre,post\n{}", "x,2\n".repeat(MAX_PROBLEMS + 7)));
    assert_eq!(bad.len(), MAX_PROBLEMS + 1);
    assert!(bad[MAX_PROBLEMS].contains("7 more problems"));
}

proptest! {
    #[test]
    fn whatever_the_bytes_there_is_a_table_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(problems) = read_csv(&bytes) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn whatever_follows_the_names_is_analysed_or_refused(body in "[0-9,;.\"\n\t a-e-]{0,80}") {
        match read_csv(format!("pre,post\n{body}").as_bytes()) {
            Ok(read) => prop_assert!(analyse(read.rows).is_ok()),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn what_is_written_is_what_is_read(
        of in prop::collection::vec((any::<Option<i16>>(), any::<Option<i16>>()), 1..30)
    ) {
        let cell = |value: &Option<i16>| value.map(|value| format!("{}", f64::from(value) / 8.0)).unwrap_or_default();
        let lines: Vec<String> = of.iter().map(|(pre, post)| format!("x,{},{}", cell(pre), cell(post))).collect();
        let number = |value: &Option<i16>| value.map(|value| f64::from(value) / 8.0);
        let expect: Vec<_> = of.iter().map(|(pre, post)| (number(pre), number(post))).collect();
        prop_assert_eq!(rows(&format!("id,pre,post\n{}", lines.join("\n"))), expect);
    }
}
