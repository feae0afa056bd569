//! Changes and conflicts as a terminal shows them.

use crate::{failure::count, output::plain};
use turnabout_lineage::{Change, ChangeKind, Conflict};

/// Prints what happened to each file, below a heading.
pub(super) fn changes(heading: &str, changes: &[Change]) {
    if changes.is_empty() {
        return;
    }
    say!("\n{heading}: {}", count(changes.len(), "file"));
    for change in changes {
        let word = match change.change {
            ChangeKind::Added => "added  ",
            ChangeKind::Changed => "changed",
            ChangeKind::Deleted => "deleted",
            ChangeKind::Renamed => "renamed",
        };
        let lines = match (change.lines_added, change.lines_removed) {
            (Some(0), Some(0)) => String::new(),
            (Some(added), Some(removed)) => format!("  +{added} -{removed}"),
            _ => "  no text".into(),
        };
        let from = change.from.as_ref().map(|from| format!("{from} -> ")).unwrap_or_default();
        say!("  {word}  {}{}{lines}", plain(&from), plain(&change.path));
    }
}

/// Prints conflicts, below a heading.
pub(super) fn conflicts(heading: &str, conflicts: &[Conflict]) {
    if conflicts.is_empty() {
        return;
    }
    say!("\n{heading}: {}", conflicts.len());
    for conflict in conflicts {
        say!("  {}", plain(&conflict.to_string()));
    }
}
