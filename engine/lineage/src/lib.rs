//! Where a template comes from, and what becomes of both when each goes on: the three-way merge of a newer upstream into a
//! fork.
//!
//! Everything is a pure function of three trees of files: the *base*, which is the upstream as it was when the fork was
//! made or last updated; *ours*, the fork; *theirs*, the upstream as it is now. [`merge`] gives the merged tree, what
//! happened to each file, and the conflicts that a person must look at. It knows no other crate of the engine, and what a
//! template is only so far: the manifest's name, version and lineage are the fork's own.
//!
//! **Nothing of the fork is ever left out of a merge**: where the two sides can't both be had, the fork's content is in the
//! result, between markers or as a file of its own.
//!
//! ```
//! use turnabout_lineage::{Tree, Trees, merge};
//!
//! let tree = |text: &str| Tree::from([("messages/welcome.hbs".into(), text.as_bytes().to_vec())]);
//! let base = tree("Dear all,\n\nwelcome.\n\nWrite to us.\n");
//! let ours = tree("Dear all,\n\nwelcome to Harbour.\n\nWrite to us.\n");
//! let theirs = tree("Dear all,\n\nwelcome.\n\nWrite to us at any time.\n");
//! let merged = merge(Trees { base: &base, ours: &ours, theirs: &theirs });
//! assert!(merged.conflicts.is_empty());
//! let both = tree("Dear all,\n\nwelcome to Harbour.\n\nWrite to us at any time.\n");
//! assert_eq!(merged.files, both);
//!
//! let theirs = tree("Dear all,\n\nwelcome to it.\n\nWrite to us.\n");
//! let merged = merge(Trees { base: &base, ours: &ours, theirs: &theirs });
//! assert_eq!(merged.conflicts.len(), 1, "both changed the same line");
//! ```

mod changes;
mod conflict;
mod content;
mod endings;
pub mod limits;
mod manifest;
mod markers;
mod patch;
mod renames;
mod text;
mod tree;

pub use changes::{Change, ChangeKind, changes};
pub use conflict::{Conflict, ConflictKind};
pub use manifest::{Lineage, MANIFEST, aligned, forked, with_lineage};
pub use markers::left_markers;
pub use patch::patch;
pub use text::{TextMerge, merge_text};
pub use tree::{Merged, Trees, merge};

use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The files of a template by their path in it, with `/` between folders.
pub type Tree = BTreeMap<SmolStr, Vec<u8>>;
