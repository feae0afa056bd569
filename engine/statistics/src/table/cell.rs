//! One cell: a number, nothing, or what is wrong with it.

use super::problem::shown;

/// What is wrong with a cell, and what to do.
pub(super) type Wrong = (String, &'static str);

/// What people write where there is no answer.
const NO_ANSWER: [&str; 9] = ["na", "n/a", "nan", "null", "none", "nil", "missing", "-", "."];

/// How a cell marks parts of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// 3.5
    Point,
    /// 3,5
    Comma,
}

/// A number and how it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Its value, which is finite.
    pub value: f64,
    /// The mark in it, if it has parts.
    pub mark: Option<Mark>,
}

/// Reads a cell; nothing if it is empty.
///
/// A comma for parts is understood only where columns are separated by something else that is sure: in a file of
/// semicolons, as spreadsheets write it where the comma is the mark. Elsewhere `1,234` may mean a thousand.
pub(super) fn read(cell: &str, comma_marks: bool) -> Result<Option<Number>, Wrong> {
    let text = cell.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let mark = match (text.matches('.').count(), text.matches(',').count()) {
        (0, 0) => None,
        (1, 0) => Some(Mark::Point),
        (0, 1) if comma_marks => Some(Mark::Comma),
        _ => return Err(unreadable(text)),
    };
    // `parse` alone would take "inf" and "nan".
    if !text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,eE".contains(&byte)) {
        return Err(unreadable(text));
    }
    match text.replace(',', ".").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Some(Number { value, mark })),
        Ok(_) => Err((format!("'{}' is too large", shown(text)), "write the number in a larger unit")),
        Err(_) => Err(unreadable(text)),
    }
}

fn unreadable(text: &str) -> Wrong {
    let help = if NO_ANSWER.contains(&text.to_lowercase().as_str()) {
        "leave the cell empty where there is no answer"
    } else if text.contains(',') {
        "write parts with a point and thousands without a mark: 3.5 or 1200"
    } else {
        "write digits, with a point for parts: 3 or 3.5; leave the cell empty where there is no answer"
    };
    (format!("'{}' is no number", shown(text)), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (cell, comma_marks, expect) in [
            ("3", false, Some(3.0)),
            (" 3.5 ", false, Some(3.5)),
            ("\u{a0}4", false, Some(4.0)),
            ("-2", false, Some(-2.0)),
            ("+2", false, Some(2.0)),
            ("1e3", false, Some(1000.0)),
            ("3,5", true, Some(3.5)),
            ("3.5", true, Some(3.5)),
            ("", false, None),
            (" \t", false, None),
        ] {
            assert_eq!(read(cell, comma_marks).unwrap().map(|number| number.value), expect, "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_number_says_what_to_do() {
        for (cell, comma_marks, help) in [
            ("3,5", false, "with a point"),
            ("1.234,5", true, "with a point"),
            ("1,234,567", true, "with a point"),
            ("N/A", false, "empty"),
            ("nan", false, "empty"),
            ("-", false, "empty"),
            ("inf", false, "digits"),
            ("agree", false, "digits"),
            ("3 4", false, "digits"),
            ("1.2.3", false, "digits"),
            ("1e", false, "digits"),
            ("1e999", false, "larger unit"),
        ] {
            let (what, said) = read(cell, comma_marks).unwrap_err();
            assert!(said.contains(help), "{cell:?}: {what}; {said}");
        }
    }

    #[test]
    fn a_long_cell_is_cut() {
        let (what, _) = read(&"x".repeat(500), false).unwrap_err();
        assert!(what.len() < 100 && what.contains("..."), "{what}");
    }
}
