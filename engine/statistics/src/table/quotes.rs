//! Whether the quotation marks of a row end the cells that they begin.

/// Tells whether every cell that begins with a quotation mark ends with another, doubled ones aside.
///
/// A reader of CSV forgives one that does not, and takes the rows below for part of the cell: values would be lost.
pub(super) fn are_closed(row: &str, separator: u8) -> bool {
    let mut rest = row.trim_matches('\n').as_bytes();
    loop {
        if let Some(quoted) = rest.strip_prefix(b"\"") {
            let Some(after) = after_closing(quoted) else { return false };
            match after.split_first() {
                None => return true,
                Some((next, cells)) if *next == separator => rest = cells,
                Some(_) => return false,
            }
        } else {
            match rest.iter().position(|byte| *byte == separator) {
                None => return true,
                Some(end) => rest = &rest[end + 1..],
            }
        }
    }
}

/// What follows the mark that closes a cell; none if nothing closes it.
fn after_closing(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        let after = &text[text.iter().position(|byte| *byte == b'"')? + 1..];
        match after.strip_prefix(b"\"") {
            Some(more) => text = more,
            None => return Some(after),
        }
    }
}

#[test]
fn open_marks_are_told_from_closed_ones() {
    for (row, closed) in [
        ("a,b", true),
        ("\"a\nb\",c\n", true),
        ("1,\"say \"\"no\"\"\nor, yes\",2", true),
        ("5\" tall,\"\"", true),
        ("1,\"a\nb,c", false),
        ("1,\"a\nb,\"c", false),
        ("1,\"a\n\"\"b", false),
        ("", true),
    ] {
        assert_eq!(are_closed(row, b','), closed, "{row:?}");
    }
}
