//! Scales: several items that measure one thing, some of them asked the other way round.

use crate::{
    alpha::{Alpha, cronbach_alpha},
    likert::Points,
    limits::MAX_SCALE_ITEMS,
    no_answer::NoAnswer,
    numbers::real,
};
use serde::Serialize;
use thiserror::Error;

/// Which way an item is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A higher answer means more of what the scale measures.
    Forward,
    /// A higher answer means less of it: an answer x counts as lowest + highest point - x.
    Reversed,
}

/// How the items become one score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scoring {
    /// The mean of the items, on their own points.
    Mean,
    /// The sum of the items. Missing ones, where they are allowed, count as the person's own mean.
    Sum,
}

/// How many items a person may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// None: every item has to be answered.
    Complete,
    /// At least half of the items have to be answered (Ware and others 1993, "SF-36 health survey: manual and
    /// interpretation guide", the half-scale rule; Fayers and Machin 2016, "Quality of life", 15.5).
    Half,
    /// At least so many items have to be answered.
    AtLeast(usize),
}

/// Why items make no scale.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScaleError {
    /// There are no items.
    #[error("a scale has at least one item")]
    NoItems,
    /// There are more items than [`MAX_SCALE_ITEMS`].
    #[error("{0} items are too many: {MAX_SCALE_ITEMS} are allowed")]
    TooManyItems(usize),
    /// The rule for missing items can't be kept or asks for nothing.
    #[error("at least {needs} answered items are asked for: write a number from 1 to {items}")]
    ImpossibleRule {
        /// How many items the rule asks for.
        needs: usize,
        /// How many items there are.
        items: usize,
    },
}

/// Items that are scored together, all answered on the same points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scale {
    points: Points,
    items: Vec<Direction>,
    scoring: Scoring,
    missing: MissingRule,
}

/// One person's score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// The score: for a mean on the items' points, for a sum on as many times them as there are items.
    pub value: f64,
    /// How many items the person answered.
    pub answered: usize,
    /// How many items there are.
    pub items: usize,
}

/// Cronbach's alpha of a scale, and who could not be counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ScaleAlpha {
    /// Alpha, over those who answered every item.
    #[serde(flatten)]
    pub of: Alpha,
    /// How many people left out an item and are not in it.
    pub incomplete: usize,
}

impl Scale {
    /// Makes a scale of items in order.
    pub fn new(
        points: Points,
        items: Vec<Direction>,
        scoring: Scoring,
        missing: MissingRule,
    ) -> Result<Self, ScaleError> {
        match (items.len(), missing) {
            (0, _) => Err(ScaleError::NoItems),
            (many, _) if many > MAX_SCALE_ITEMS => Err(ScaleError::TooManyItems(many)),
            (items, MissingRule::AtLeast(needs)) if needs == 0 || needs > items => {
                Err(ScaleError::ImpossibleRule { needs, items })
            }
            _ => Ok(Self { points, items, scoring, missing }),
        }
    }

    /// How many items a person has to answer to have a score.
    pub fn needs(&self) -> usize {
        match self.missing {
            MissingRule::Complete => self.items.len(),
            MissingRule::Half => self.items.len().div_ceil(2),
            MissingRule::AtLeast(needs) => needs,
        }
    }

    /// Returns the score of one person, whose answers stand in the order of the items; `None` is an item left out.
    ///
    /// The mean is that of the answered items; the sum is this mean times the number of all items.
    ///
    /// # Errors
    /// [`NoAnswer::UnevenRow`] (place 1) if there are not as many answers as items, [`NoAnswer::OutsidePoints`] for an
    /// answer that is none of the points, [`NoAnswer::TooFewAnswered`] if too many are left out.
    pub fn score(&self, answers: &[Option<i32>]) -> Result<Score, NoAnswer> {
        let turned = self.turned(answers, 1)?;
        let given: Vec<f64> = turned.into_iter().flatten().collect();
        let (answered, items) = (given.len(), self.items.len());
        if answered < self.needs() {
            return Err(NoAnswer::TooFewAnswered { has: answered, needs: self.needs() });
        }
        let sum: f64 = given.iter().sum();
        let value = match self.scoring {
            Scoring::Mean => sum / real(answered),
            Scoring::Sum => sum * real(items) / real(answered),
        };
        Ok(Score { value, answered, items })
    }

    /// Returns Cronbach's alpha over the people who answered every item, reversed ones turned round.
    ///
    /// # Errors
    /// Those of [`cronbach_alpha`], and [`NoAnswer::OutsidePoints`], whose place is the person's, for an answer that is
    /// none of the points.
    pub fn alpha<R: AsRef<[Option<i32>]>>(&self, people: &[R]) -> Result<ScaleAlpha, NoAnswer> {
        let mut complete: Vec<Vec<f64>> = Vec::new();
        for (at, answers) in people.iter().enumerate() {
            let turned = self.turned(answers.as_ref(), at + 1).map_err(|error| match error {
                NoAnswer::OutsidePoints { min, max, .. } => NoAnswer::OutsidePoints { place: at + 1, min, max },
                other => other,
            })?;
            complete.extend(turned.into_iter().collect::<Option<Vec<f64>>>());
        }
        let incomplete = people.len() - complete.len();
        Ok(ScaleAlpha { of: cronbach_alpha(&complete)?, incomplete })
    }

    /// Answers with the reversed items turned round; `place`, from 1, is that of the person.
    fn turned(&self, answers: &[Option<i32>], place: usize) -> Result<Vec<Option<f64>>, NoAnswer> {
        let (has, needs) = (answers.len(), self.items.len());
        if has != needs {
            return Err(NoAnswer::UnevenRow { place, has, needs });
        }
        let (min, max) = (f64::from(self.points.min()), f64::from(self.points.max()));
        let turn = |((at, direction), answer): ((usize, &Direction), &Option<i32>)| {
            let Some(answer) = *answer else { return Ok(None) };
            self.points.index(answer, at + 1)?;
            Ok(Some(match direction {
                Direction::Forward => f64::from(answer),
                Direction::Reversed => min + max - f64::from(answer),
            }))
        };
        self.items.iter().enumerate().zip(answers).map(turn).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{Forward, Reversed};

    fn scale(items: &[Direction], scoring: Scoring, missing: MissingRule) -> Scale {
        Scale::new(Points::new(1, 5).unwrap(), items.to_vec(), scoring, missing).unwrap()
    }

    #[test]
    fn scores_turn_reversed_items_and_fill_what_the_rule_lets_be_missing() {
        let items = [Forward, Reversed, Forward];
        for (scoring, missing, answers, expect) in [
            (Scoring::Mean, MissingRule::Complete, [Some(5), Some(1), Some(2)], Ok(4.0)),
            (Scoring::Sum, MissingRule::Complete, [Some(5), Some(1), Some(2)], Ok(12.0)),
            (Scoring::Mean, MissingRule::Half, [Some(5), Some(2), None], Ok(4.5)),
            (Scoring::Sum, MissingRule::Half, [Some(5), Some(2), None], Ok(13.5)),
            (Scoring::Mean, MissingRule::AtLeast(1), [None, Some(2), None], Ok(4.0)),
            (
                Scoring::Mean,
                MissingRule::Half,
                [None, Some(2), None],
                Err(NoAnswer::TooFewAnswered { has: 1, needs: 2 }),
            ),
            (Scoring::Mean, MissingRule::Complete, [None; 3], Err(NoAnswer::TooFewAnswered { has: 0, needs: 3 })),
            (
                Scoring::Mean,
                MissingRule::AtLeast(1),
                [Some(1), Some(6), None],
                Err(NoAnswer::OutsidePoints { place: 2, min: 1, max: 5 }),
            ),
        ] {
            let found = scale(&items, scoring, missing).score(&answers).map(|score| score.value);
            assert_eq!(found, expect, "{scoring:?} {missing:?} {answers:?}");
        }
    }

    #[test]
    fn a_scale_that_cannot_be_scored_is_refused() {
        let make = |items: usize, missing| {
            Scale::new(Points::new(1, 5).unwrap(), vec![Forward; items], Scoring::Sum, missing)
                .map(|scale| scale.needs())
        };
        assert_eq!(make(0, MissingRule::Half), Err(ScaleError::NoItems));
        assert_eq!(make(MAX_SCALE_ITEMS + 1, MissingRule::Half), Err(ScaleError::TooManyItems(MAX_SCALE_ITEMS + 1)));
        assert_eq!(make(3, MissingRule::AtLeast(0)), Err(ScaleError::ImpossibleRule { needs: 0, items: 3 }));
        assert_eq!(make(3, MissingRule::AtLeast(4)), Err(ScaleError::ImpossibleRule { needs: 4, items: 3 }));
        assert_eq!(make(5, MissingRule::Half), Ok(3));
    }

    #[test]
    fn alpha_counts_those_who_answered_everything() {
        let scale = scale(&[Forward, Reversed], Scoring::Mean, MissingRule::Half);
        let people = [[Some(1), Some(5)], [Some(3), Some(3)], [Some(5), Some(1)], [Some(2), None]];
        let found = scale.alpha(&people).unwrap();
        assert!((found.of.alpha - 1.0).abs() < 1e-12);
        assert_eq!((found.of.n, found.incomplete), (3, 1));
        let uneven = scale.alpha(&[vec![Some(1), Some(2)], vec![Some(1)]]);
        assert_eq!(uneven, Err(NoAnswer::UnevenRow { place: 2, has: 1, needs: 2 }));
        let outside = scale.alpha(&[[Some(1), Some(2)], [Some(2), Some(2)], [Some(0), Some(2)]]);
        assert_eq!(outside, Err(NoAnswer::OutsidePoints { place: 3, min: 1, max: 5 }));
    }
}
