//! What one tree has that another has not.

use crate::{
    Tree,
    endings::{plain, same, text},
    renames::renames,
};
use serde::Serialize;
use smol_str::SmolStr;

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Deleted,
    /// It has another path, and perhaps another content.
    Renamed,
}

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The file; the new path of one that was renamed.
    pub path: SmolStr,
    /// What happened to it.
    pub change: ChangeKind,
    /// The path it had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<SmolStr>,
    /// Lines that are new. None where one of the two is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines_added: Option<usize>,
    /// Lines that are gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines_removed: Option<usize>,
}

/// Tells what happened between two states of a tree, in the order of paths. Line ends alone are no change.
pub fn changes(before: &Tree, after: &Tree) -> Vec<Change> {
    let renamed = renames(before, after);
    let mut found = Vec::new();
    for (path, was) in before {
        let (at, change) = match renamed.get(path) {
            Some(to) => (to, ChangeKind::Renamed),
            None if after.contains_key(path) => (path, ChangeKind::Changed),
            None => (path, ChangeKind::Deleted),
        };
        let is = after.get(at).map_or(&[][..], Vec::as_slice);
        if change == ChangeKind::Changed && same(was, is) {
            continue;
        }
        let from = (change == ChangeKind::Renamed).then(|| path.clone());
        found.push(described(at, change, from, was, is));
    }
    for (path, is) in after {
        if !before.contains_key(path) && !renamed.values().any(|to| to == path) {
            found.push(described(path, ChangeKind::Added, None, &[], is));
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn described(path: &SmolStr, change: ChangeKind, from: Option<SmolStr>, was: &[u8], is: &[u8]) -> Change {
    let lines = text(was).zip(text(is)).map(|(old, new)| counted(&plain(old), &plain(new)));
    let (added, removed) = lines.unzip();
    Change { path: path.clone(), change, from, lines_added: added, lines_removed: removed }
}

/// How many lines are new, and how many are gone.
fn counted(old: &str, new: &str) -> (usize, usize) {
    let patch = diffy::create_patch(old, new);
    let lines = || patch.hunks().iter().flat_map(diffy::Hunk::lines);
    let added = lines().filter(|line| matches!(line, diffy::Line::Insert(_))).count();
    (added, lines().filter(|line| matches!(line, diffy::Line::Delete(_))).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_told_once() {
        let tree =
            |files: &[(&str, &[u8])]| files.iter().map(|(path, bytes)| ((*path).into(), bytes.to_vec())).collect();
        let before: Tree =
            tree(&[("a", b"1\n2\n"), ("b", b"same\n"), ("c", b"\0x"), ("d", b"moves on\n"), ("e", b"x\n")]);
        let after: Tree =
            tree(&[("a", b"1\n3\n4\n"), ("b", b"same\r\n"), ("c", b"\0y"), ("f", b"moves on\n"), ("g", b"y\n")]);
        let told: Vec<_> = changes(&before, &after)
            .into_iter()
            .map(|c| format!("{:?} {} {:?} {:?} {:?}", c.change, c.path, c.from, c.lines_added, c.lines_removed))
            .collect();
        assert_eq!(
            told,
            [
                "Changed a None Some(2) Some(1)",
                "Changed c None None None",
                "Deleted e None Some(0) Some(1)",
                "Renamed f Some(\"d\") Some(0) Some(0)",
                "Added g None Some(1) Some(0)",
            ]
        );
    }
}
