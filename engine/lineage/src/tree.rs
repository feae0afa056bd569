//! The three-way merge of a whole template.

use crate::{
    Tree,
    conflict::{Conflict, ConflictKind},
    content::{ContentMerge, merge_content},
    endings::same,
    manifest::aligned,
    renames::renames,
};
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};

/// The three states of a template.
#[derive(Debug, Clone, Copy)]
pub struct Trees<'t> {
    /// The upstream as it was when the fork was made or last updated.
    pub base: &'t Tree,
    /// The fork.
    pub ours: &'t Tree,
    /// The upstream now.
    pub theirs: &'t Tree,
}

/// What came of merging a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The files, with conflict markers where there are conflicts.
    pub files: Tree,
    /// What a person must look at, in the order of paths.
    pub conflicts: Vec<Conflict>,
}

/// Merges a newer upstream into a fork.
///
/// A rename on one side carries the other side's edits along. What one side deleted and the other changed stays, and is a
/// conflict; so is what both added and differs. The manifest keeps the fork's name and lineage, and its version once that
/// is the fork's own: see [`aligned`].
pub fn merge(trees: Trees<'_>) -> Merged {
    let base = aligned(trees.base, trees.base, trees.ours);
    let theirs = aligned(trees.theirs, trees.base, trees.ours);
    let mut merging = Merging {
        ours: trees.ours,
        theirs: &theirs,
        here: Side::new(&base, trees.ours),
        there: Side::new(&base, &theirs),
        files: Tree::new(),
        conflicts: Vec::new(),
        moved: Vec::new(),
        late: Vec::new(),
    };
    for (path, before) in &base {
        merging.known(path, before);
    }
    merging.added_here();
    merging.moved_there();
    merging.added_there();
    merging.conflicts.sort_by(|one, other| one.path.cmp(&other.path));
    Merged { files: merging.files, conflicts: merging.conflicts }
}

/// Where the base's files are on one side, and what that side added.
struct Side {
    at: BTreeMap<SmolStr, SmolStr>,
    added: BTreeSet<SmolStr>,
}

impl Side {
    fn new(base: &Tree, tree: &Tree) -> Self {
        let renamed = renames(base, tree);
        let at: BTreeMap<SmolStr, SmolStr> = base
            .keys()
            .filter_map(|path| {
                let here = renamed.get(path).or_else(|| tree.contains_key(path).then_some(path))?;
                Some((path.clone(), here.clone()))
            })
            .collect();
        let known: BTreeSet<&SmolStr> = at.values().collect();
        let added = tree.keys().filter(|path| !known.contains(path)).cloned().collect();
        Self { at, added }
    }
}

/// A merge under way: first what lies where the fork has it, so that what the upstream moved or added finds its place taken.
struct Merging<'t> {
    ours: &'t Tree,
    theirs: &'t Tree,
    here: Side,
    there: Side,
    files: Tree,
    conflicts: Vec<Conflict>,
    /// Files that the upstream alone renamed: where the fork has them, and where the upstream has.
    moved: Vec<(SmolStr, SmolStr, ContentMerge)>,
    /// Files that the upstream alone has, and whether the fork deleted them.
    late: Vec<(SmolStr, bool)>,
}

impl Merging<'_> {
    /// A file that the base had.
    fn known(&mut self, path: &SmolStr, before: &[u8]) {
        match (self.here.at.get(path).cloned(), self.there.at.get(path).cloned()) {
            (Some(here), Some(there)) => self.both(path, before, &here, &there),
            (Some(here), None) => {
                // A fork that gave it another name did something with it, too.
                let content = &self.ours[&here];
                if here != *path || !same(content, before) {
                    self.files.insert(here.clone(), content.clone());
                    self.conflict(here, ConflictKind::DeletedUpstream);
                }
            }
            (None, Some(there)) => {
                if !same(&self.theirs[&there], before) {
                    self.late.push((there, true));
                }
            }
            (None, None) => {}
        }
    }

    fn both(&mut self, path: &SmolStr, before: &[u8], here: &SmolStr, there: &SmolStr) {
        let merged = merge_content(Some(before), &self.ours[here], &self.theirs[there]);
        if here == path && there != path {
            self.moved.push((here.clone(), there.clone(), merged));
            return;
        }
        if there != path && here != there {
            self.conflict(here.clone(), ConflictKind::BothRenamed { upstream: there.clone() });
        }
        self.put((here, there), here.clone(), merged, |places| ConflictKind::SameLines { places });
    }

    fn added_here(&mut self) {
        for path in self.here.added.clone() {
            let ours = &self.ours[&path];
            if self.there.added.contains(&path) {
                let merged = merge_content(None, ours, &self.theirs[&path]);
                self.put((&path, &path), path.clone(), merged, |places| ConflictKind::BothAdded { places });
            } else {
                self.files.insert(path, ours.clone());
            }
        }
    }

    fn moved_there(&mut self) {
        let mut moved = std::mem::take(&mut self.moved);
        while let Some((here, there, merged)) = moved.pop() {
            // The upstream may have given it a name under which the fork has something of its own.
            let taken = moved.iter().any(|(still, _, _)| clash(still, &there)) || self.in_the_way(&there).is_some();
            let place = if taken { here.clone() } else { there.clone() };
            if taken {
                // Two renames to one name are two, and told so.
                let renamed = self.here.at.iter().find(|(before, now)| **now == there && before != now);
                let renamed = renamed.map(|(before, _)| before.clone());
                self.conflict(here.clone(), ConflictKind::NameTaken { upstream: there.clone(), renamed });
            }
            self.put((&here, &there), place, merged, |places| ConflictKind::SameLines { places });
        }
    }

    fn added_there(&mut self) {
        let mut late = std::mem::take(&mut self.late);
        late.extend(self.there.added.difference(&self.here.added).map(|path| (path.clone(), false)));
        for (path, deleted) in late {
            let content = self.theirs[&path].clone();
            if let Some(own) = self.in_the_way(&path) {
                let upstream = self.beside(&own);
                self.files.insert(upstream.clone(), content);
                self.conflict(own, ConflictKind::Taken { upstream });
                continue;
            }
            if deleted {
                // Whoever decides nothing keeps what the fork did.
                let upstream = self.beside(&path);
                self.files.insert(upstream.clone(), content);
                self.conflict(path, ConflictKind::DeletedHere { upstream });
            } else {
                self.files.insert(path, content);
            }
        }
    }

    /// Puts a merged file in its place; `sides` says where the fork and the upstream have it.
    fn put(&mut self, sides: (&str, &str), path: SmolStr, merged: ContentMerge, kind: impl Fn(usize) -> ConflictKind) {
        match merged {
            ContentMerge::Clean(bytes) => drop(self.files.insert(path, bytes)),
            ContentMerge::Conflicted(bytes, places) => {
                self.files.insert(path.clone(), bytes);
                self.conflict(path, kind(places));
            }
            ContentMerge::Binary => {
                let upstream = self.beside(&path);
                self.files.insert(path.clone(), self.ours[sides.0].clone());
                self.files.insert(upstream.clone(), self.theirs[sides.1].clone());
                self.conflict(path, ConflictKind::Binary { upstream });
            }
        }
    }

    /// A file of the merged tree that leaves no place for one under a path: the same path, or a file where a folder is
    /// needed, or the other way round.
    fn in_the_way(&self, path: &str) -> Option<SmolStr> {
        self.files.keys().find(|own| clash(own, path)).cloned()
    }

    /// A free name beside a file.
    fn beside(&self, path: &str) -> SmolStr {
        let mut name = format_smolstr!("{path}.upstream");
        let mut n = 2;
        while [&self.files, self.ours, self.theirs].iter().any(|tree| tree.contains_key(&name)) {
            name = format_smolstr!("{path}.upstream-{n}");
            n += 1;
        }
        name
    }

    fn conflict(&mut self, path: SmolStr, kind: ConflictKind) {
        self.conflicts.push(Conflict { path, kind });
    }
}

/// Tells whether two paths can't both be files.
fn clash(one: &str, other: &str) -> bool {
    let within = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    one == other || within(one, other) || within(other, one)
}

#[cfg(test)]
mod tests;
