//! Functions of expressions: those of XLSForm that surveys do not have.

/// The functions that the standard logic has; a test holds them against its read-me.
pub(super) const FUNCTIONS: &str = "abs boolean boolean-from-string ceiling coalesce concat contains count-selected date \
    decimal-date-time ends-with false floor format-date format-date-time if int join jr:choice-name max min \
    normalize-space not now number once pow regex round selected selected-at sqrt starts-with string string-length \
    substr substring substring-after substring-before sum today translate true";

/// Words that may stand before a parenthesis and are no function.
const OPERATORS: [&str; 4] = ["and", "or", "div", "mod"];

/// The functions of an expression that surveys do not have, in their order.
pub(super) fn unknown_functions(expression: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // What stands in quotes is a literal.
    let mut rest = expression;
    while let Some(at) = rest.find(['\'', '"', '(']) {
        let (before, mark) = (&rest[..at], &rest[at..=at]);
        rest = &rest[at + 1..];
        if mark != "(" {
            rest = rest.split_once(mark).map_or("", |(_, after)| after);
            continue;
        }
        let before = before.trim_end();
        let begin = before.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.')));
        let name = begin.map_or(before, |at| &before[at + before[at..].chars().next().map_or(1, char::len_utf8)..]);
        let named = name.starts_with(char::is_alphabetic);
        if named && !OPERATORS.contains(&name) && !FUNCTIONS.split_whitespace().any(|known| known == name) {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_are_those_of_the_standard_logic() {
        let readme = include_str!("../../../../plugins/form-logic/README.md");
        let (_, rest) = readme.split_once("parentheses; functions:\n\n`").unwrap();
        let theirs: Vec<&str> = rest.split('`').next().unwrap().split_whitespace().collect();
        assert_eq!(FUNCTIONS.split_whitespace().collect::<Vec<_>>(), theirs);
    }

    #[test]
    fn functions_are_found_outside_of_quotes() {
        for (expression, expect) in [
            ("pulldata('towns', 'name', ${town}) != ''", vec!["pulldata"]),
            ("if(${a} = 'count(', position(..), 1) and (. > 1) or (2 div (1))", vec!["position"]),
            ("not (selected(., 'x'))", vec![]),
            ("(('é' é(1", vec!["é"]),
            ("'open indexed-repeat(", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(unknown_functions(expression), expect, "{expression}");
        }
    }
}
