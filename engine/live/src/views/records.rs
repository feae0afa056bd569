//! What happened: the journal as stored, the timeline for people, and concerns by number.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::run::Concern;
use turnabout_model::ConcernId;

/// An entry of a journal, as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalEntry {
    /// Its place, from 1.
    pub version: u64,
    /// When it was decided.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    /// What happened: an object whose `event` names it. It holds ids and facts, never names or answers.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub event: serde_json::Value,
}

/// Something that happened, in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineItem {
    /// The place of its entry in the journal.
    pub version: u64,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    /// What it is about: `run`, `people`, `session`, `pair`, `meeting`, `survey`, `task`, `message`, `concern` or
    /// `script`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub about: SmolStr,
    /// What happened, with ids instead of names.
    pub text: String,
}

/// A concern: that it was raised, and whether the contact has dealt with it. What it says is for the contact alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConcernView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: ConcernId,
    /// When it was raised.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub raised: Timestamp,
    /// Whether the contact still has to deal with it.
    pub open: bool,
}

impl ConcernView {
    /// Shows that there is a concern.
    pub fn of(concern: &Concern) -> Self {
        Self { id: concern.id, raised: concern.raised, open: concern.open }
    }
}
