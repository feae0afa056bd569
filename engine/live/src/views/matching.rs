//! Proposals and pairs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::run::{Pair, Proposal};
use turnabout_model::{PairId, ParticipantId, ProposalId, UnmatchedReason};

/// A draft of pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: ProposalId,
    /// The plan that made it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub plan: SmolStr,
    /// The pairs, with scores from 0 to 1.
    pub pairs: Vec<ProposedPairView>,
    /// Who is in no pair, and why.
    pub unmatched: Vec<UnmatchedView>,
    /// The pairs it became, once published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub published: Option<Vec<PairId>>,
}

/// A pair in a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposedPairView {
    /// The junior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentor: ParticipantId,
    /// The senior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentee: ParticipantId,
    /// How well they fit, from 0 to 1.
    pub score: f64,
}

/// Somebody in no pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnmatchedView {
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub participant: ParticipantId,
    /// Why, as a code: `gate`, `vetoed`, `no-place-left` or `no-ballot`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub because: SmolStr,
    /// The session they missed, if that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub session: Option<SmolStr>,
}

/// A mentor and a mentee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: PairId,
    /// The junior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentor: ParticipantId,
    /// The senior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentee: ParticipantId,
    /// When it was formed.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub formed: Timestamp,
    /// Why it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended: Option<SmolStr>,
    /// How often the two met.
    pub meetings: u32,
    /// When they last met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub last_met: Option<Timestamp>,
}

impl ProposalView {
    /// Shows a proposal.
    pub fn of(proposal: &Proposal) -> Self {
        let pairs = proposal.pairs.iter().map(|pair| ProposedPairView {
            mentor: pair.mentor,
            mentee: pair.mentee,
            score: pair.score,
        });
        let unmatched = proposal.unmatched.iter().map(|left| {
            let (because, session) = match &left.reason {
                UnmatchedReason::Gate { session } => ("gate", Some(session.clone())),
                UnmatchedReason::Vetoed => ("vetoed", None),
                UnmatchedReason::NoPlaceLeft => ("no-place-left", None),
                UnmatchedReason::NoBallot => ("no-ballot", None),
            };
            UnmatchedView { participant: left.participant, because: because.into(), session }
        });
        Self {
            id: proposal.id,
            plan: proposal.plan.clone(),
            pairs: pairs.collect(),
            unmatched: unmatched.collect(),
            published: proposal.published.clone(),
        }
    }
}

impl PairView {
    /// Shows a pair.
    pub fn of(pair: &Pair) -> Self {
        Self {
            id: pair.id,
            mentor: pair.mentor,
            mentee: pair.mentee,
            formed: pair.formed,
            ended: pair.ended.clone(),
            meetings: pair.meetings,
            last_met: pair.last_met,
        }
    }
}
