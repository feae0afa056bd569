//! The three-way merge of one text, line by line.

use crate::{
    endings::{Endings, plain},
    markers::{self, Marks},
};

/// What came of merging a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextMerge {
    /// Both sides' changes are in it.
    Clean(String),
    /// Both sides changed the same lines.
    Conflicted {
        /// The text with conflict markers: the fork's lines, the base's, the upstream's.
        text: String,
        /// In how many places.
        places: usize,
    },
}

/// Merges what two sides made of a text. Without a base, both sides have added it.
///
/// The result has the line ends of `ours`. Changes to neighbouring lines count as changes to the same ones, as in git:
/// what stands side by side was likely meant together.
pub fn merge_text(base: Option<&str>, ours: &str, theirs: &str) -> TextMerge {
    let endings = Endings::of(ours).or_else(|| Endings::of(theirs));
    let finish = |text: &str| endings.map_or_else(|| text.to_owned(), |endings| endings.apply(text));
    let (mine, other) = (plain(ours), plain(theirs));
    let before = base.map(plain);
    if mine == other || before.as_ref() == Some(&other) {
        return TextMerge::Clean(ours.to_owned());
    }
    if before.as_ref() == Some(&mine) {
        return TextMerge::Clean(finish(&other));
    }
    let before = before.unwrap_or_default();
    let marks = Marks::for_texts(&[&before, &mine, &other]);
    let mut options = diffy::MergeOptions::new();
    options
        .set_conflict_marker_length(marks.length())
        .set_conflict_style(diffy::ConflictStyle::Diff3)
        .set_incomplete_hunk_style(diffy::IncompleteHunkStyle::Git);
    match options.merge(&before, &mine, &other) {
        Ok(text) => TextMerge::Clean(finish(&text)),
        Err(text) => {
            let (text, places) = markers::named(&text, marks);
            TextMerge::Conflicted { text: finish(&text), places }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn clean(base: &str, ours: &str, theirs: &str) -> String {
        match merge_text(Some(base), ours, theirs) {
            TextMerge::Clean(text) => text,
            TextMerge::Conflicted { text, .. } => panic!("conflict:\n{text}"),
        }
    }

    #[test]
    fn changes_in_different_places_are_both_there() {
        assert_eq!(clean("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\nE\n"), "A\nb\nc\nD\nE\n");
        assert_eq!(clean("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\nb\nC\n"), "A\r\nb\r\nC\r\n");
        assert_eq!(clean("a\nb\nc", "a\nb\nc", "a\nb\nC\n"), "a\nb\nC", "the fork closes no last line");
        assert_eq!(clean("a\n", "a\r\n", "a\n"), "a\r\n");
        assert_eq!(clean("", "", "x\r\n"), "x\r\n");
    }

    #[test]
    fn changes_in_one_place_stand_between_markers() {
        let TextMerge::Conflicted { text, places } = merge_text(Some("a\nb\nc\n"), "a\nours\nc\n", "a\ntheirs\nc\n")
        else {
            panic!()
        };
        assert_eq!(places, 1);
        let expect = "a\n<<<<<<< yours\nours\n||||||| before\nb\n=======\ntheirs\n>>>>>>> upstream\nc\n";
        assert_eq!(text, expect);
        let TextMerge::Conflicted { text, .. } = merge_text(None, "one\r\n", "two\n") else { panic!() };
        assert_eq!(text, "<<<<<<< yours\r\none\r\n||||||| before\r\n=======\r\ntwo\r\n>>>>>>> upstream\r\n");
    }

    fn some_text() -> impl Strategy<Value = String> {
        // Few words, so that lines recur, which is what line merges stumble over.
        let line =
            prop_oneof![Just(""), Just("a"), Just("b"), Just("c"), Just("d"), Just("e"), Just("}"), Just("======")];
        (proptest::collection::vec(line, 0..14), any::<bool>()).prop_map(|(lines, closed)| {
            let mut text = lines.join("\n");
            if closed && !text.is_empty() {
                text.push('\n');
            }
            text
        })
    }

    /// A text, and what somebody made of it.
    fn edited(base: &str, edits: &[(usize, u8, String)], tag: &str) -> String {
        let mut lines: Vec<String> = base.lines().map(str::to_owned).collect();
        for (n, (at, kind, word)) in edits.iter().enumerate() {
            let at = at % (lines.len() + 1);
            match kind % 3 {
                0 => lines.insert(at, format!("{tag} {n} {word}")),
                1 if at < lines.len() => lines[at] = format!("{tag} {n} {word}"),
                _ if at < lines.len() => drop(lines.remove(at)),
                _ => {}
            }
        }
        lines.iter().flat_map(|line| [line, "\n"]).collect()
    }

    fn edits() -> impl Strategy<Value = Vec<(usize, u8, String)>> {
        proptest::collection::vec((0_usize..20, any::<u8>(), "[a-c]"), 0..5)
    }

    fn bag(text: &str) -> BTreeMap<String, usize> {
        let mut bag = BTreeMap::new();
        for line in plain(text).lines() {
            *bag.entry(line.to_owned()).or_default() += 1;
        }
        bag
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_side_that_did_nothing_changes_nothing(base in some_text(), other in some_text()) {
            prop_assert_eq!(plain(&clean(&base, &base, &other)), plain(&other));
            prop_assert_eq!(clean(&base, &other, &base), other.clone());
            prop_assert_eq!(clean(&base, &other, &other), other);
        }

        #[test]
        fn any_three_texts_merge_or_conflict_and_no_line_of_either_side_is_lost(
            base in some_text(), ours in some_text(), theirs in some_text()
        ) {
            let (TextMerge::Clean(text) | TextMerge::Conflicted { text, .. }) = merge_text(Some(&base), &ours, &theirs);
            let (before, merged) = (bag(&base), bag(&text));
            for line in bag(&ours).keys().chain(bag(&theirs).keys()).filter(|line| !before.contains_key(*line)) {
                prop_assert!(merged.contains_key(line), "{:?} is lost from {:?}", line, text);
            }
        }

        #[test]
        fn every_new_line_of_both_sides_is_in_the_result(base in some_text(), one in edits(), two in edits()) {
            let (ours, theirs) = (edited(&base, &one, "ours"), edited(&base, &two, "theirs"));
            let merged = merge_text(Some(&base), &ours, &theirs);
            let (TextMerge::Clean(text) | TextMerge::Conflicted { text, .. }) = &merged;
            let (before, after) = (bag(&base), bag(text));
            for (line, times) in bag(&ours).into_iter().chain(bag(&theirs)).filter(|(line, _)| !before.contains_key(line)) {
                prop_assert!(after.get(&line).copied().unwrap_or_default() >= times, "{:?} is lost from {:?}", line, text);
            }
            // A clean merge invents nothing.
            if let TextMerge::Clean(text) = &merged {
                let (mine, other) = (bag(&ours), bag(&theirs));
                for line in bag(text).keys() {
                    prop_assert!(mine.contains_key(line) || other.contains_key(line), "{:?} came from nowhere", line);
                }
            }
        }
    }
}
