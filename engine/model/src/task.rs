//! Decisions that wait for a person.

use serde::{Deserialize, Serialize};

/// What a task asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskKind {
    /// The script asks the coordinator to choose.
    Decide,
    /// A proposal of pairs waits to be reviewed and published.
    ReviewProposal,
    /// A session is over and nobody has said who came.
    RecordAttendance,
}
