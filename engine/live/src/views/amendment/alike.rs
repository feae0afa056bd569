//! What stands in the way of several journeys at once, said once.

use super::{JudgementView, PlaceView};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::amend::Alike;
use turnabout_model::{JourneyId, PairId, of_any};

/// Journeys of one function that stand in the way of an amendment at one step and in one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DivergenceView {
    /// Which journeys, in order.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub journeys: Vec<JourneyId>,
    /// The same for people, by the pairs where they are about pairs: `10 journeys: pair-1 to pair-10`.
    pub who: String,
    /// The script function.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub function: SmolStr,
    /// `diverges` or `fails`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub verdict: SmolStr,
    /// What is wrong; of several journeys said of any pair and any person, such as `meeting(pair)#0`.
    pub problem: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where they diverge: the step that the journal has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<PlaceView>,
    /// What the new script does instead, or where it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<PlaceView>,
    /// Mappings with which all of them would continue, as the command line takes them. They were tried. Empty if no journey's own
    /// do for all: each journey has its own in the list of journeys.
    pub fix: Vec<String>,
}

impl DivergenceView {
    /// Shows one of them; nothing if its journeys are not among those that are shown.
    pub(super) fn of(alike: &Alike, journeys: &[JudgementView]) -> Option<Self> {
        let shown: Vec<&JudgementView> =
            journeys.iter().filter(|journey| alike.journeys.contains(&journey.journey)).collect();
        let first = *shown.first()?;
        let said = |text: &str| if shown.len() == 1 { text.to_owned() } else { of_any(text) };
        let place = |place: &PlaceView| PlaceView { step: said(&place.step), ..place.clone() };
        let named = named(&shown);
        Some(Self {
            journeys: alike.journeys.clone(),
            who: if shown.len() == 1 { named } else { format!("{} journeys: {named}", shown.len()) },
            function: first.function.clone(),
            verdict: first.verdict.clone(),
            problem: said(first.problem.as_deref().unwrap_or_default()),
            help: first.help.as_deref().map(said),
            expected: first.expected.as_ref().map(place),
            found: first.found.as_ref().map(place),
            fix: alike.fix.iter().map(ToString::to_string).collect(),
        })
    }
}

/// Names journeys by their pairs, or by themselves if not all are about one: those in a row by the first and the last of them.
fn named(journeys: &[&JudgementView]) -> String {
    let pairs: Option<Vec<u32>> = journeys.iter().map(|journey| journey.pair.map(|pair| pair.0)).collect();
    match pairs {
        Some(pairs) if journeys.len() > 1 => spans(PairId::PREFIX, pairs),
        _ => spans(JourneyId::PREFIX, journeys.iter().map(|journey| journey.journey.0).collect()),
    }
}

/// `pair-1 to pair-3, pair-5`.
fn spans(word: &str, mut numbers: Vec<u32>) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    let in_a_row = numbers.chunk_by(|one, next| one.saturating_add(1) == *next);
    let said = in_a_row.map(|row| match *row {
        [first, .., last] if row.len() > 2 => format!("{word}-{first} to {word}-{last}"),
        _ => row.iter().map(|number| format!("{word}-{number}")).collect::<Vec<_>>().join(", "),
    });
    said.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_in_a_row_are_named_by_their_ends() {
        for (numbers, expect) in [
            (vec![4], "pair-4"),
            (vec![2, 1], "pair-1, pair-2"),
            ((1..=10).collect(), "pair-1 to pair-10"),
            (vec![9, 1, 2, 3, 5, 5, 7, 8], "pair-1 to pair-3, pair-5, pair-7 to pair-9"),
            (vec![u32::MAX, u32::MAX - 1, 0], "pair-0, pair-4294967294, pair-4294967295"),
        ] {
            assert_eq!(spans("pair", numbers), expect);
        }
    }
}
