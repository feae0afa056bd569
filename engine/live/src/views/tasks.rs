//! Decisions that wait for a person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::run::Task;
use turnabout_model::{ProposalId, SessionId, TaskId, TaskKind};

/// A decision that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: TaskId,
    /// `decide`, `review-proposal` or `record-attendance`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: TaskKind,
    /// What is to be done.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub title: SmolStr,
    /// What may be chosen.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub choices: Vec<SmolStr>,
    /// The session it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub session: Option<SessionId>,
    /// The proposal it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub proposal: Option<ProposalId>,
    /// When it was opened.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opened: Timestamp,
    /// What was chosen, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub choice: Option<SmolStr>,
}

impl TaskView {
    /// Shows a task.
    pub fn of(task: &Task) -> Self {
        Self {
            id: task.id,
            kind: task.kind,
            title: task.title.clone(),
            choices: task.choices.clone(),
            session: task.session,
            proposal: task.proposal,
            opened: task.opened,
            choice: task.choice.clone(),
        }
    }
}
