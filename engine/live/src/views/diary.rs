//! Sessions and meetings.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::run::{Meeting, Session};
use turnabout_model::{MeetingForm, MeetingId, PairId, ParticipantId, SessionId, SessionStatus};

/// Something in the diary for a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: SessionId,
    /// Its name in the diary.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What it is, for example `training`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: SmolStr,
    /// `planned`, `held` or `cancelled`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status: SessionStatus,
    /// When it starts.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub starts: Timestamp,
    /// When it ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ends: Timestamp,
    /// How often it moved.
    pub moved: u32,
    /// Who is invited.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub audience: Vec<ParticipantId>,
    /// Who came.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub attended: Vec<ParticipantId>,
}

/// A pair's own conversation: when, how long and how. Nothing else is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: MeetingId,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub pair: PairId,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub on: Timestamp,
    /// For how long.
    pub minutes: u32,
    /// `in-person`, `video` or `telephone`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub form: MeetingForm,
    /// Whether it took place.
    pub took_place: bool,
}

impl SessionView {
    /// Shows a session.
    pub fn of(session: &Session) -> Self {
        Self {
            id: session.plan.session,
            name: session.plan.name.clone(),
            kind: session.plan.kind.clone(),
            status: session.status,
            starts: session.plan.starts,
            ends: session.plan.ends,
            moved: session.sequence,
            audience: session.plan.audience.clone(),
            attended: session.attended.clone(),
        }
    }
}

impl MeetingView {
    /// Shows a meeting.
    pub fn of(meeting: &Meeting) -> Self {
        let Meeting { id, pair, on, minutes, form, took_place } = *meeting;
        Self { id, pair, on, minutes, form, took_place }
    }
}

/// Who meets whom in which round of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundsView {
    /// The session's name in the diary.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub session: SmolStr,
    /// The IANA time zone of the times below.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub time_zone: SmolStr,
    /// Whether everybody who may meet does.
    pub complete: bool,
    /// The rounds in order.
    pub rounds: Vec<RoundView>,
}

/// A round: everybody talks at once, at tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundView {
    /// When it starts.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub starts: Timestamp,
    /// When it ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ends: Timestamp,
    /// The conversations, by table.
    pub dates: Vec<DateView>,
}

/// A conversation in a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DateView {
    /// Where, from 1.
    pub table: usize,
    /// The junior.
    pub mentor: SomebodyView,
    /// The senior.
    pub mentee: SomebodyView,
}

/// A person by id and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SomebodyView {
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: ParticipantId,
    /// The name; empty for somebody who was erased.
    pub name: String,
}
