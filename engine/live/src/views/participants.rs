//! Participants as the coordinator sees them.

use crate::engine::Snapshot;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::run::Participant;
use turnabout_model::{PairId, ParticipantId, ParticipantStatus, Role};

/// Somebody in a run. Special-category attributes are shown to nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantView {
    /// The id that the journal uses.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: ParticipantId,
    /// `mentor` or `mentee`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub role: Role,
    /// `applied`, `accepted`, `waiting`, `declined`, `withdrawn` or `alumnus`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status: ParticipantStatus,
    /// The full name; nothing once the person is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub email: Option<SmolStr>,
    /// The line manager's e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub manager: Option<SmolStr>,
    /// What the template asks about people, special attributes excepted.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub attributes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The special attributes that the person agreed to have used, by name only.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub consents: Vec<SmolStr>,
    /// When they agreed to be contacted about the cohorts after theirs; nothing if they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub agreed_to_contact: Option<Timestamp>,
    /// The kinds of session they came to.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub attended: Vec<SmolStr>,
    /// The pairs they are in now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub pairs: Vec<PairId>,
}

/// Who was taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Added {
    /// Their ids, in the order of the list.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub added: Vec<ParticipantId>,
    /// What the coordinator should know, for example data that was left out for want of consent.
    pub notices: Vec<String>,
}

/// What a list of people holds, before anybody is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checked {
    /// How many mentors.
    pub mentors: usize,
    /// How many mentees.
    pub mentees: usize,
    /// What the coordinator should know.
    pub notices: Vec<String>,
}

impl ParticipantView {
    /// Shows a participant; nothing for an unknown id.
    pub fn of(snapshot: Snapshot<'_>, id: ParticipantId) -> Option<Self> {
        snapshot.run.participants.get(&id).map(|part| Self::show(snapshot, part))
    }

    /// Shows everyone, in order of id.
    pub fn all(snapshot: Snapshot<'_>) -> impl Iterator<Item = Self> {
        snapshot.run.participants.values().map(move |part| Self::show(snapshot, part))
    }

    fn show(snapshot: Snapshot<'_>, part: &Participant) -> Self {
        let person = snapshot.people.get(part.id);
        // What the template does not know may be anything: it is not shown either.
        let plain = |name: &SmolStr| snapshot.bundle.programme.attributes.get(name).is_some_and(|a| !a.special);
        let attributes = person.map(|person| {
            let shown = person.attributes.iter().filter(|(name, _)| plain(name));
            shown.map(|(name, values)| (name.clone(), values.clone())).collect()
        });
        Self {
            id: part.id,
            role: part.role,
            status: part.status,
            name: person.map(|p| p.name.clone()),
            email: person.map(|p| p.email.clone()),
            manager: person.and_then(|p| p.manager.clone()),
            attributes: attributes.unwrap_or_default(),
            consents: person.map(|p| p.consents.iter().cloned().collect()).unwrap_or_default(),
            agreed_to_contact: person.and_then(|p| p.agreed_to_contact),
            attended: part.attended.iter().cloned().collect(),
            pairs: snapshot.run.pairs_of(part.id).map(|pair| pair.id).collect(),
        }
    }
}
