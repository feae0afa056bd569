//! Pairs that may need help: codes and days, no answer.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_model::{PairId, ParticipantId};

/// A pair that may need help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairAtRisk {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub pair: PairId,
    /// The junior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentor: ParticipantId,
    /// The senior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentee: ParticipantId,
    /// Why, the oldest first.
    pub flags: Vec<FlagView>,
}

/// A sign that a pair may need help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FlagView {
    /// A code of the template's risk plan, or `silent`. Who of the two said it is not told.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: SmolStr,
    /// Since which day: `2026-03-02`.
    pub since: String,
}
