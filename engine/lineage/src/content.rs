//! The three-way merge of one file, text or not.

use crate::{
    endings::{same, text},
    text::{TextMerge, merge_text},
};

/// What came of merging a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContentMerge {
    Clean(Vec<u8>),
    /// With markers in a number of places.
    Conflicted(Vec<u8>, usize),
    /// Both changed what has no lines.
    Binary,
}

/// Merges what two sides made of a file. Files that are no text are compared by their bytes.
pub(crate) fn merge_content(base: Option<&[u8]>, ours: &[u8], theirs: &[u8]) -> ContentMerge {
    if base.is_some_and(|base| same(base, theirs)) || same(ours, theirs) {
        return ContentMerge::Clean(ours.to_vec());
    }
    let before = base.map(text);
    match (before, text(ours), text(theirs)) {
        (None | Some(Some(_)), Some(ours), Some(theirs)) => match merge_text(before.flatten(), ours, theirs) {
            TextMerge::Clean(text) => ContentMerge::Clean(text.into_bytes()),
            TextMerge::Conflicted { text, places } => ContentMerge::Conflicted(text.into_bytes(), places),
        },
        _ if base == Some(ours) => ContentMerge::Clean(theirs.to_vec()),
        _ => ContentMerge::Binary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_taken_from_whoever_changed_them() {
        let (one, two, three) = (b"\0asm1".as_slice(), b"\0asm2".as_slice(), b"\0asm3".as_slice());
        for (base, ours, theirs, expect) in [
            (Some(one), one, two, ContentMerge::Clean(two.to_vec())),
            (Some(one), two, one, ContentMerge::Clean(two.to_vec())),
            (Some(one), two, two, ContentMerge::Clean(two.to_vec())),
            (None, two, two, ContentMerge::Clean(two.to_vec())),
            (Some(one), two, three, ContentMerge::Binary),
            (None, two, three, ContentMerge::Binary),
            (Some(one), b"text\n".as_slice(), two, ContentMerge::Binary),
        ] {
            assert_eq!(merge_content(base, ours, theirs), expect, "{base:?} {ours:?} {theirs:?}");
        }
    }
}
