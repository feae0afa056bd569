//! Messages to people: what the journal knows of them, which is never their text.

use crate::{ParticipantId, Period};
use serde::{Deserialize, Serialize};

/// Whom a message goes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recipient {
    /// Somebody who takes part.
    Participant(ParticipantId),
    /// The coordinator of the run.
    Coordinator,
    /// The sponsor of the run.
    Sponsor,
    /// The contact for concerns, outside the programme's reporting line.
    Contact,
}

/// The front matter of a message template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageHead {
    /// The subject line, a template too.
    pub subject: String,
    /// How long after it was due it is no longer worth sending; without it, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_after: Option<Period>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MessageOutcome {
    /// The mail server took it.
    Sent,
    /// It was older than its `stale_after` and was not sent.
    Stale,
    /// It could not be delivered, for good.
    Failed,
}
