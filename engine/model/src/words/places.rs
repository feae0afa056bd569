//! The places in a phrase: names in braces, which are filled when it is said.

/// A piece of a text with places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// What is said as it is.
    Text(&'t str),
    /// The name of a place.
    Place(&'t str),
}

/// The pieces of a text, in order. Whatever stands between two braces is a place; a brace alone is a brace.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let next = place(rest);
        if let Some((0, place)) = next {
            rest = &rest[place.len() + 2..];
            return Some(Piece::Place(place));
        }
        let (text, behind) = rest.split_at(next.map_or(rest.len(), |(at, _)| at));
        rest = behind;
        Some(Piece::Text(text))
    })
}

/// The names of the places in a text, in order, each as often as it is there.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).filter_map(|piece| match piece {
        Piece::Place(place) => Some(place),
        Piece::Text(_) => None,
    })
}

/// The first place of a text: where its brace opens, and its name.
fn place(text: &str) -> Option<(usize, &str)> {
    let close = text.match_indices('}').find_map(|(close, _)| Some((text[..close].rfind('{')?, close)));
    close.map(|(open, close)| (open, &text[open + 1..close]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_what_is_said_and_what_is_filled_in() {
        use Piece::{Place, Text};
        for (text, expect) in [
            ("", vec![]),
            ("a", vec![Text("a")]),
            ("{a}", vec![Place("a")]),
            ("from {least} to {most}.", vec![Text("from "), Place("least"), Text(" to "), Place("most"), Text(".")]),
            ("{a}{b}", vec![Place("a"), Place("b")]),
            ("} { {a}", vec![Text("} { "), Place("a")]),
            ("{é } {", vec![Place("é "), Text(" {")]),
        ] {
            assert_eq!(pieces(text).collect::<Vec<_>>(), expect, "{text}");
        }
        assert_eq!(places("{a} b {a}").collect::<Vec<_>>(), ["a", "a"]);
    }
}
