//! Sessions (for a group) and meetings (of a pair).

use crate::{ParticipantId, Period, SessionId, Weekday};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A kind of session a template's diary knows, from `[sessions.NAME]` of its manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionKind {
    /// What it is: `training`, `engagement`, `speed-dating`, `drop-in`, `group-call`, `focus-group`, `interview`,
    /// `celebration` or a word of the template's own.
    pub kind: SmolStr,
    /// The title that people see.
    pub title: String,
    /// How long it lasts.
    pub lasts: Period,
    /// How long before it people are invited: the earliest day it is planned for is this far from the request.
    #[serde(default = "two_weeks")]
    pub notice: Period,
    /// The weekday it is planned for, if it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Weekday>,
    /// The local time it starts, `HH:MM`.
    #[serde(default = "ten_o_clock")]
    pub at: SmolStr,
    /// The message that invites to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<SmolStr>,
    /// The message that reminds of it, and how long before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<SmolStr>,
    /// How long before it the reminder goes out.
    #[serde(default = "two_days")]
    pub remind_before: Period,
}

fn two_weeks() -> Period {
    Period::weeks(2)
}

fn two_days() -> Period {
    Period::days(2)
}

fn ten_o_clock() -> SmolStr {
    SmolStr::new_static("10:00")
}

/// A session as planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionPlan {
    /// Which one.
    pub session: SessionId,
    /// The diary's name for it in the script, for example `drop-in 2`.
    pub name: SmolStr,
    /// The key of its kind in the manifest, for example `drop-in`.
    pub diary: SmolStr,
    /// What it is, for example `training`.
    pub kind: SmolStr,
    /// Who is invited.
    pub audience: Vec<ParticipantId>,
    /// When it starts.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// When its reminder goes out, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
}

/// How far a session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// In the diary.
    Planned,
    /// It took place.
    Held,
    /// It will not take place.
    Cancelled,
}

/// How a pair met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingForm {
    /// In the same room.
    InPerson,
    /// By video.
    Video,
    /// By telephone.
    Telephone,
}
