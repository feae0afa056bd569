//! Proposals and pairs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_core::run::{Draft, Pair, Proposal};
use turnabout_model::{LeftOut, LeftOutReason, PairId, ParticipantId, ProposalId, ProposedPair, UnmatchedReason};

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
    /// Pairs that the coordinator wants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned: Vec<TwoPeople>,
    /// Pairs that the coordinator does not want.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forbidden: Vec<TwoPeople>,
    /// The number of the draft that it holds now, from 1.
    pub draft: u32,
    /// When that was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made: Timestamp,
    /// The drafts before that, the oldest first: at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<EarlierDraftView>,
    /// What became different when it was last made again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<ComparisonView>,
    /// The pairs it became, once published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub published: Option<Vec<PairId>>,
    /// Pairs of the draft that were not formed when it was published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOutView>,
}

/// A draft that was made again since: it can be compared with another, and taken up again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EarlierDraftView {
    /// Its number, from 1.
    pub draft: u32,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made: Timestamp,
    /// How many pairs it has.
    pub pairs: usize,
    /// The sum of their scores.
    pub total: f64,
    /// Pairs that the coordinator wanted.
    pub pinned: Vec<TwoPeople>,
    /// Pairs that the coordinator did not want.
    pub forbidden: Vec<TwoPeople>,
}

/// A pair of a draft that was not formed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeftOutView {
    /// The junior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentor: ParticipantId,
    /// The senior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentee: ParticipantId,
    /// Why, as a code: `gone`, if one of them no longer takes part, `taken`, if one was paired since, or `apart`, if they are
    /// not to be paired by now.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub because: SmolStr,
}

/// A mentor and a mentee who are a pair or may become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TwoPeople {
    /// The junior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentor: ParticipantId,
    /// The senior.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mentee: ParticipantId,
}

impl TwoPeople {
    pub(super) fn of((mentor, mentee): (ParticipantId, ParticipantId)) -> Self {
        Self { mentor, mentee }
    }
}

/// How one draft differs from another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparisonView {
    /// How many pairs are in both.
    pub kept: usize,
    /// The pairs that only the later one has.
    pub added: Vec<TwoPeople>,
    /// The pairs that only the earlier one has.
    pub removed: Vec<TwoPeople>,
    /// The sum of the scores of the earlier one.
    pub total_before: f64,
    /// The sum of the scores of the later one.
    pub total_after: f64,
}

impl ComparisonView {
    /// Compares the pairs of two drafts.
    pub fn of(before: &[ProposedPair], after: &[ProposedPair]) -> Self {
        let two = |pair: &ProposedPair| TwoPeople { mentor: pair.mentor, mentee: pair.mentee };
        let [earlier, later] = [before, after].map(|pairs| pairs.iter().map(two).collect::<BTreeSet<_>>());
        let total = |pairs: &[ProposedPair]| pairs.iter().map(|pair| pair.score).sum();
        Self {
            kept: earlier.intersection(&later).count(),
            added: later.difference(&earlier).copied().collect(),
            removed: earlier.difference(&later).copied().collect(),
            total_before: total(before),
            total_after: total(after),
        }
    }
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
    /// What vetoes one or more of the partners they might have had: `RULE/REASON`, or `same-line` for the engine's own word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub vetoed_by: Vec<SmolStr>,
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
            let (because, session, by) = match &left.reason {
                UnmatchedReason::Gate { session } => ("gate", Some(session.clone()), &[][..]),
                UnmatchedReason::Vetoed { by } => ("vetoed", None, &by[..]),
                UnmatchedReason::NoPlaceLeft => ("no-place-left", None, &[][..]),
                UnmatchedReason::NoBallot => ("no-ballot", None, &[][..]),
            };
            let participant = left.participant;
            UnmatchedView { participant, because: because.into(), session, vetoed_by: by.to_vec() }
        });
        let left_out = proposal.left_out.iter().map(|LeftOut { mentor, mentee, because }| LeftOutView {
            mentor: *mentor,
            mentee: *mentee,
            because: SmolStr::new_static(match because {
                LeftOutReason::Gone => "gone",
                LeftOutReason::Taken => "taken",
                LeftOutReason::Apart => "apart",
            }),
        });
        Self {
            id: proposal.id,
            plan: proposal.plan.clone(),
            pairs: pairs.collect(),
            unmatched: unmatched.collect(),
            pinned: proposal.pinned.iter().copied().map(TwoPeople::of).collect(),
            forbidden: proposal.forbidden.iter().copied().map(TwoPeople::of).collect(),
            draft: proposal.number,
            made: proposal.made,
            drafts: proposal.drafts.iter().map(EarlierDraftView::of).collect(),
            changed: proposal.drafts.last().map(|before| ComparisonView::of(&before.pairs, &proposal.pairs)),
            published: proposal.published.clone(),
            left_out: left_out.collect(),
        }
    }
}

impl EarlierDraftView {
    fn of(draft: &Draft) -> Self {
        let both = |pairs: &[(ParticipantId, ParticipantId)]| pairs.iter().copied().map(TwoPeople::of).collect();
        Self {
            draft: draft.number,
            made: draft.made,
            pairs: draft.pairs.len(),
            total: draft.pairs.iter().map(|pair| pair.score).sum(),
            pinned: both(&draft.pinned),
            forbidden: both(&draft.forbidden),
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
