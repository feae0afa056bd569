//! Line ends: a merge sees none of their kinds, and its result has the fork's.

/// How the lines of a text end, and whether the last one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Endings {
    crlf: bool,
    closed: bool,
}

impl Endings {
    /// Those of a text, the commoner kind where it has both; of a text with no line end nothing is known.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let all = text.matches('\n').count();
        let crlf = text.matches("\r\n").count();
        (all > 0).then_some(Self { crlf: crlf * 2 > all, closed: text.ends_with('\n') })
    }

    /// Gives a text with plain line ends these ones.
    pub(crate) fn apply(self, text: &str) -> String {
        // An empty last line stays: without its end it would not be there.
        let open = text.strip_suffix('\n').filter(|open| !self.closed && !open.is_empty() && !open.ends_with('\n'));
        let text = open.unwrap_or(text);
        if self.crlf { text.replace('\n', "\r\n") } else { text.to_owned() }
    }
}

/// A text with plain line ends, the last line closed.
pub(crate) fn plain(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// A file's text, unless it is binary: no UTF-8, or with a zero byte.
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

/// Tells whether two files say the same, whatever their line ends.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one == other || matches!((text(one), text(other)), (Some(one), Some(other)) if plain(one) == plain(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_told_and_given_back() {
        for (text, expect) in [
            ("", None),
            ("a", None),
            ("a\nb\n", Some(Endings { crlf: false, closed: true })),
            ("a\r\nb\r\n", Some(Endings { crlf: true, closed: true })),
            ("a\r\nb\r\nc\nd", Some(Endings { crlf: true, closed: false })),
        ] {
            assert_eq!(Endings::of(text), expect, "{text:?}");
        }
        for text in ["a\nb\n", "a\r\nb\r\n", "a\r\nb", "a\nb"] {
            assert_eq!(Endings::of(text).unwrap().apply(&plain(text)), text);
        }
        assert!(same(b"a\r\nb", b"a\nb\n") && !same(b"a", b"b") && !same(b"\0\r\n", b"\0\n"));
    }
}
