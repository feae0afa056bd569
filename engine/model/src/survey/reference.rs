//! References to answers in texts and expressions: `${name}`.

use std::ops::Range;

/// A reference to an answer, with its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference<'t> {
    /// `${name}`: the answer of that name.
    To(&'t str, Range<usize>),
    /// What begins like a reference and names nothing that could be a name; white space in it is none, since other tools
    /// refuse it.
    Broken(&'t str, Range<usize>),
}

/// The references in a text that people read.
pub fn references_in_text(text: &str) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("${").map(|found| at + found) {
        at = text[start..].find('}').map_or(text.len(), |end| start + end + 1);
        found.push(reference(text, start..at));
    }
    found
}

/// The references in an expression: what stands in quotes is a literal.
pub fn references_in_expression(expression: &str) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = expression[at..].find(['\'', '"', '$']).map(|found| at + found) {
        let rest = &expression[start..];
        at = match rest.as_bytes()[0] {
            b'$' if rest.starts_with("${") => {
                let end = rest.find('}').map_or(expression.len(), |end| start + end + 1);
                found.push(reference(expression, start..end));
                end
            }
            b'$' => start + 1,
            quote => rest[1..].find(char::from(quote)).map_or(expression.len(), |end| start + end + 2),
        };
    }
    found
}

fn reference(text: &str, bytes: Range<usize>) -> Reference<'_> {
    let piece = &text[bytes.clone()];
    let name = piece.strip_prefix("${").and_then(|name| name.strip_suffix('}'));
    match name.filter(|name| is_name(name)) {
        Some(name) => Reference::To(name, bytes),
        None => Reference::Broken(piece, bytes),
    }
}

/// Tells whether a text can be the name of an answer, as XML has it.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_where_they_count() {
        let texts = |text| references_in_text(text);
        let expressions = |text| references_in_expression(text);
        assert_eq!(texts("costs $5 {x}"), []);
        assert_eq!(
            texts("Dear ${name}, ${ age }!"),
            [Reference::To("name", 5..12), Reference::Broken("${ age }", 14..22)]
        );
        assert_eq!(texts("${a b}${"), [Reference::Broken("${a b}", 0..6), Reference::Broken("${", 6..8)]);
        assert_eq!(texts("'${é}'"), [Reference::To("é", 1..6)]);
        assert_eq!(expressions("'${a}' = ${b} or \"${c}\""), [Reference::To("b", 9..13)]);
        assert_eq!(expressions("${a} = 'open ${b}"), [Reference::To("a", 0..4)]);
        assert_eq!(expressions("$ ${"), [Reference::Broken("${", 2..4)]);
    }
}
