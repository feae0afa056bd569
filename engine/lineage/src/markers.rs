//! Conflict markers: what a person resolves, and what may not stay.

use crate::{Tree, endings::text, limits::MARKER_LENGTH};
use smol_str::SmolStr;
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

/// Tells in which files of a resolved merge, and on which lines from 1, conflict markers were left. A line that a side had
/// in that file itself, such as the rule below a heading, is none.
pub fn left_markers(resolved: &Tree, sides: &[&Tree]) -> Vec<(SmolStr, usize)> {
    let mut left = Vec::new();
    for (path, bytes) in resolved {
        let own = sides.iter().filter_map(|side| text(side.get(path)?));
        let own: BTreeSet<&str> = own.flat_map(str::lines).filter(|line| is_marker(line)).collect();
        let lines = text(bytes).into_iter().flat_map(str::lines).enumerate();
        let found = lines.filter(|(_, line)| is_marker(line) && !own.contains(line));
        left.extend(found.map(|(n, _)| (path.clone(), n + 1)));
    }
    left
}

fn is_marker(line: &str) -> bool {
    let run = run(line);
    // All characters of a run are ASCII, so that its length is also its number of bytes.
    run >= MARKER_LENGTH && (line.len() == run || line[run..].starts_with(' '))
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
        let tree = |text: &str| Tree::from([("a".into(), text.as_bytes().to_vec())]);
        let left = |resolved: &str, sides: &[&str]| {
            let sides: Vec<Tree> = sides.iter().map(|side| tree(side)).collect();
            let sides: Vec<&Tree> = sides.iter().collect();
            left_markers(&tree(resolved), &sides).into_iter().map(|(_, line)| line).collect::<Vec<_>>()
        };
        assert_eq!(left(&text, &[ours, theirs]), [3, 5, 7, 9]);
        assert_eq!(left(ours, &[ours, theirs]), [0; 0]);
        assert_eq!(left("a\n=======\n", &["a\n"]), [2], "a rule that nobody had is a marker");
        assert_eq!(left("a\r\n>>>>>>> upstream\r\n", &["a\r\n"]), [2]);
        assert_eq!(left("<<<<<<<x\n>>>\n", &[]), [0; 0]);
    }
}
