//! A change as people read it.

use crate::{
    Tree,
    changes::Change,
    endings::{plain, text},
};

/// The lines of a change with what stands around them, in the unified form of `diff -u`; of a file that is no text, one line
/// that says so.
pub fn patch(change: &Change, before: &Tree, after: &Tree) -> String {
    let was = before.get(change.from.as_ref().unwrap_or(&change.path)).map_or(&[][..], Vec::as_slice);
    let is = after.get(&change.path).map_or(&[][..], Vec::as_slice);
    let (Some(was), Some(is)) = (text(was), text(is)) else {
        return format!("{}: no text; {} bytes before, {} now\n", change.path, was.len(), is.len());
    };
    let old = change.from.as_ref().unwrap_or(&change.path).to_string();
    let mut options = diffy::DiffOptions::new();
    options.set_original_filename(old).set_modified_filename(change.path.to_string());
    options.create_patch(&plain(was), &plain(is)).to_string()
}
