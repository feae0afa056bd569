//! People: kept beside the journal, never in it.

use crate::ParticipantId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

/// Which side of a pair a participant stands on. In reverse mentoring the mentor is the junior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The junior, who leads the conversation.
    Mentor,
    /// The senior, who learns.
    Mentee,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        })
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "mentor" => Ok(Self::Mentor),
            "mentee" => Ok(Self::Mentee),
            _ => Err(format!("'{}' is no role: write 'mentor' or 'mentee'", text.chars().take(40).collect::<String>())),
        }
    }
}

/// Where a participant stands in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParticipantStatus {
    /// Has applied and waits for an answer.
    Applied,
    /// Takes part.
    Accepted,
    /// Waits for a place.
    Waiting,
    /// Was not taken, and has been told.
    Declined,
    /// Took part and has left.
    Withdrawn,
    /// Completed an earlier run and agreed to go on being contacted: stands by, and is neither matched nor surveyed.
    Alumnus,
}

/// A person as the coordinator knows them. Names and attributes stay here; the journal has only the id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The id that the journal uses.
    pub id: ParticipantId,
    /// Mentor or mentee.
    pub role: Role,
    /// The full name.
    pub name: String,
    /// The e-mail address: also the key by which a manager is named.
    pub email: SmolStr,
    /// The e-mail address of their line manager, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<SmolStr>,
    /// What the template's rules and reports use, by attribute name. Several values for a set attribute.
    #[serde(default)]
    pub attributes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The special-category attributes that the person agreed to have used for matching.
    #[serde(default)]
    pub consents: BTreeSet<SmolStr>,
    /// With whom they would rather not be paired. The matching alone reads it, and never says whose word it was.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub avoids: BTreeSet<ParticipantId>,
    /// When they agreed that they may be contacted about the cohorts after theirs; nothing if they have not. Without it
    /// nothing of them passes into another run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_to_contact: Option<Timestamp>,
}
