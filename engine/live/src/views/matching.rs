//! Proposals and pairs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_core::{
    matching::PairReview,
    run::{Pair, Proposal},
};
use turnabout_model::{PairId, ParticipantId, ProposalId, ProposedPair, UnmatchedReason};

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
    /// What became different when it was last made again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<ComparisonView>,
    /// The pairs it became, once published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub published: Option<Vec<PairId>>,
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
    fn of((mentor, mentee): (ParticipantId, ParticipantId)) -> Self {
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

/// Why two people are a pair of a draft, or are not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairReviewView {
    /// Whether the draft pairs them.
    pub proposed: bool,
    /// How well they fit, from 0 to 1; nothing if something stands against them.
    pub score: Option<f64>,
    /// What the engine itself has against them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<ReasonView>,
    /// What each rule of the plan says.
    pub rules: Vec<RuleView>,
    /// The best draft without them if they are in it, else the best with them; nothing if there is none, or if the plan
    /// follows ballots.
    pub instead: Option<InsteadView>,
}

/// A rule's word on two people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleView {
    /// The rule.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rule: SmolStr,
    /// How much it counts; 0 for one that only vetoes.
    pub weight: f64,
    /// Its score from 0 to 1; nothing for a veto.
    pub score: Option<f64>,
    /// Why.
    pub reasons: Vec<ReasonView>,
}

/// A reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonView {
    /// Its stable code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: SmolStr,
    /// The sentence for it.
    pub text: String,
    /// How much it added, from 0 to 1.
    pub weight: f64,
}

/// The draft that would be instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsteadView {
    /// How many pairs fewer there would be.
    pub pairs_lost: i64,
    /// How much lower the sum of all scores would be.
    pub cost: f64,
    /// The pairs that would be new.
    pub added: Vec<TwoPeople>,
    /// The pairs that would be gone.
    pub removed: Vec<TwoPeople>,
}

impl PairReviewView {
    /// Shows a review.
    pub fn of(review: PairReview) -> Self {
        let rules = review.rules.into_iter().map(|says| RuleView {
            rule: says.rule,
            weight: says.weight,
            score: says.score,
            reasons: says.reasons.into_iter().map(|(code, text, weight)| ReasonView { code, text, weight }).collect(),
        });
        let against =
            |(code, text): (&'static str, &str)| ReasonView { code: code.into(), text: text.into(), weight: 0.0 };
        Self {
            proposed: review.proposed,
            score: review.score,
            against: review.against.map(against),
            rules: rules.collect(),
            instead: review.instead.map(|instead| InsteadView {
                pairs_lost: instead.pairs_lost,
                cost: instead.cost,
                added: instead.added.into_iter().map(TwoPeople::of).collect(),
                removed: instead.removed.into_iter().map(TwoPeople::of).collect(),
            }),
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
            pinned: proposal.pinned.iter().copied().map(TwoPeople::of).collect(),
            forbidden: proposal.forbidden.iter().copied().map(TwoPeople::of).collect(),
            changed: proposal.before.as_ref().map(|before| ComparisonView::of(before, &proposal.pairs)),
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
