//! Why two people are a pair of a draft, or are not.

use super::TwoPeople;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::matching::{Made, Moved, PairReview};
use turnabout_model::ParticipantId;

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
    /// How they became a pair of the draft: `pinned`, `chosen`, `placed` or `best-total`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<MadeView>,
    /// The draft without them if they are in it, else the one with them; nothing if there is none.
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

/// How two people became a pair of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MadeView {
    /// Its stable code: `pinned`, `chosen`, `placed` or `best-total`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: SmolStr,
    /// The sentence for it.
    pub text: String,
}

/// Somebody who would get another choice of theirs than the draft gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovedView {
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub participant: ParticipantId,
    /// Which choice they have in the draft, from 1, people in one place sharing its number; nothing for nobody, or somebody
    /// whom they did not rank.
    pub before: Option<u32>,
    /// Which choice they would have.
    pub after: Option<u32>,
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
    /// Who would get another choice than they have, where the plan follows ballots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedView>,
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
            made: review.made.map(MadeView::of),
            instead: review.instead.map(|instead| InsteadView {
                pairs_lost: instead.pairs_lost,
                cost: instead.cost,
                added: instead.added.into_iter().map(TwoPeople::of).collect(),
                removed: instead.removed.into_iter().map(TwoPeople::of).collect(),
                moved: instead.moved.into_iter().map(MovedView::of).collect(),
            }),
        }
    }
}

impl MovedView {
    fn of(Moved { participant, before, after }: Moved) -> Self {
        Self { participant, before, after }
    }
}

impl MadeView {
    fn of(made: Made) -> Self {
        let (code, text) = match made {
            Made::Pinned => ("pinned", "The coordinator pinned them.".into()),
            Made::Chosen { by_mentee, by_mentor } => ("chosen", chosen(by_mentee, by_mentor)),
            Made::Placed { after_choices: true } => {
                ("placed", "Placed by score: nobody whom the mentee chose had a place left.".into())
            }
            Made::Placed { after_choices: false } => {
                ("placed", "Placed by score: no choice of the mentee's counts.".into())
            }
            Made::BestTotal => ("best-total", "With them the scores of all pairs add up to the most.".into()),
        };
        Self { code: SmolStr::new_static(code), text }
    }
}

fn chosen(by_mentee: Option<u32>, by_mentor: Option<u32>) -> String {
    match (by_mentee.map(ordinal), by_mentor.map(ordinal)) {
        (Some(mentor), Some(mentee)) => {
            format!("The mentor is the mentee's {mentor} choice, and the mentee is the mentor's {mentee}.")
        }
        (Some(mentor), None) => format!("The mentor is the mentee's {mentor} choice."),
        (None, Some(mentee)) => format!("The mentee is the mentor's {mentee} choice."),
        (None, None) => "They chose each other.".into(),
    }
}

fn ordinal(number: u32) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_counted_as_people_count() {
        let got = [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal);
        assert_eq!(got, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]);
    }

    #[test]
    fn it_says_whose_choice_a_pair_was() {
        let says = |by_mentee, by_mentor| MadeView::of(Made::Chosen { by_mentee, by_mentor }).text;
        assert_eq!(says(Some(2), None), "The mentor is the mentee's 2nd choice.");
        let both = "The mentor is the mentee's 1st choice, and the mentee is the mentor's 3rd.";
        assert_eq!(says(Some(1), Some(3)), both);
    }
}
