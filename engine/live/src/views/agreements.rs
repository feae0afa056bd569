//! Agreements that pairs sign: who has signed, and the text as the two read it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::run::Agreement;
use turnabout_model::{AgreementId, PairId, ParticipantId, TextHash};

/// An agreement that was put before a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgreementView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: AgreementId,
    /// The agreement's name in the template.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub pair: PairId,
    /// When it was put before them.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opened: Timestamp,
    /// When it closes by itself.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: Timestamp,
    /// Whether it can be signed.
    pub open: bool,
    /// Whether both have signed.
    pub complete: bool,
    /// Who has signed.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub signed: Vec<ParticipantId>,
    /// Who has not signed yet; nobody once it is closed.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub missing: Vec<ParticipantId>,
}

/// An agreement with its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgreementDetail {
    /// What a list shows of it.
    #[serde(flatten)]
    pub agreement: AgreementView,
    /// Its title, with the names of the two where it shows them.
    pub title: String,
    /// The text as the two read it: plain text.
    pub text: String,
    /// The content hash of the text in the template, which the journal keeps.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub hash: TextHash,
}

impl AgreementView {
    /// Shows an agreement.
    pub fn of(agreement: &Agreement) -> Self {
        Self {
            id: agreement.id,
            name: agreement.name.clone(),
            pair: agreement.pair,
            opened: agreement.opened,
            closes: agreement.closes,
            open: agreement.open,
            complete: agreement.is_complete(),
            signed: agreement.signed.iter().copied().collect(),
            missing: agreement.missing().filter(|_| agreement.open).collect(),
        }
    }
}
