//! Conflict markers: what a person resolves, and what may not stay.

use crate::{endings::text, limits::MARKER_LENGTH};
use std::collections::BTreeSet;

/// The characters that markers are made of.
const MADE_OF: [char; 4] = ['<', '|', '=', '>'];

/// How long the markers of a merge are: so long that no line of the texts can be taken for one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks(usize);

impl Marks {
    pub(crate) fn for_texts(texts: &[&str]) -> Self {
        let longest = texts.iter().flat_map(|text| text.lines()).map(run).max().unwrap_or_default();
        Self(MARKER_LENGTH.max(longest + 1))
    }

    pub(crate) fn length(self) -> usize {
        self.0
    }
}

/// How many of one marker's character a line begins with.
fn run(line: &str) -> usize {
    let Some(first) = line.chars().next().filter(|first| MADE_OF.contains(first)) else { return 0 };
    line.chars().take_while(|c| *c == first).count()
}

/// Names the sides of each conflict as people do, and counts the conflicts.
pub(crate) fn named(text: &str, marks: Marks) -> (String, usize) {
    let of = |c: char, name: &str| format!("{} {name}", c.to_string().repeat(marks.0));
    let names = [('<', "ours", "yours"), ('|', "original", "before"), ('>', "theirs", "upstream")];
    let names = names.map(|(c, old, new)| (of(c, old), of(c, new)));
    let (mut out, mut places) = (String::with_capacity(text.len()), 0);
    for line in text.lines() {
        let shown = names.iter().find(|(old, _)| old == line).map_or(line, |(_, new)| new);
        places += usize::from(line == names[0].0);
        out.push_str(shown);
        out.push('\n');
    }
    (out, places)
}

/// Tells on which lines of a resolved file, from 1, conflict markers were left. A line that one of the sides had itself,
/// such as the rule below a heading, is none.
pub fn left_markers(resolved: &[u8], sides: &[&[u8]]) -> Vec<usize> {
    let Some(resolved) = text(resolved) else { return Vec::new() };
    let own: BTreeSet<&str> = sides.iter().filter_map(|side| text(side)).flat_map(str::lines).collect();
    let is_left = |line: &str| {
        let run = run(line);
        // All characters of a run are ASCII, so that its length is also its number of bytes.
        run >= MARKER_LENGTH && (line.len() == run || line[run..].starts_with(' ')) && !own.contains(line)
    };
    resolved.lines().enumerate().filter(|(_, line)| is_left(line)).map(|(n, _)| n + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TextMerge, merge_text};

    #[test]
    fn a_file_with_lines_like_markers_gets_longer_ones_and_its_own_may_stay() {
        let (base, ours, theirs) = ("Title\n=======\nx\n", "Title\n=======\nour x\n", "Title\n=======\ntheir x\n");
        let TextMerge::Conflicted { text, places } = merge_text(Some(base), ours, theirs) else { panic!() };
        assert_eq!(places, 1);
        assert!(
            text.contains("\n<<<<<<<< yours\nour x\n|||||||| before\nx\n========\ntheir x\n>>>>>>>> upstream\n"),
            "{text}"
        );
        let sides = [ours.as_bytes(), theirs.as_bytes()];
        assert_eq!(left_markers(text.as_bytes(), &sides), [3, 5, 7, 9]);
        assert_eq!(left_markers(ours.as_bytes(), &sides), [0; 0]);
        assert_eq!(left_markers(b"a\n=======\n", &[b"a\n"]), [2], "a rule that nobody had is a marker");
        assert_eq!(left_markers(b"a\r\n>>>>>>> upstream\r\n", &[b"a\r\n"]), [2]);
        assert_eq!(left_markers(b"<<<<<<<x\n>>>\n", &[]), [0; 0]);
    }
}
