//! Cronbach's alpha: do the items of a scale go together?

use crate::{
    no_answer::NoAnswer,
    numbers::{ROUNDING, finite, moments, real},
};
use serde::Serialize;

/// The fewest items that can go together, and the fewest people in whom it shows.
const FEWEST: usize = 2;

/// Cronbach's alpha, and from how much.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Alpha {
    /// At most 1; below 0 if items go against each other, as one does that should have been reversed.
    pub alpha: f64,
    /// How many people answered every item.
    pub n: usize,
    /// How many items there are.
    pub items: usize,
}

/// Returns Cronbach's alpha for rows of people, each with a value for every item, reversed items already turned round.
///
/// With k items, alpha = k / (k - 1) (1 - sum of the items' variances / variance of the people's sums), variances over
/// n - 1 (Cronbach 1951, "Coefficient alpha and the internal structure of tests", Psychometrika 16).
///
/// # Errors
/// [`NoAnswer::TooFewRows`] below 2 people, [`NoAnswer::TooFewItems`] below 2 items, [`NoAnswer::UnevenRow`] if a row
/// differs in length from the first, [`NoAnswer::NotFinite`] if it has a value that is no number,
/// [`NoAnswer::NoVariance`] if the people's sums are all the same, [`NoAnswer::TooLarge`] if a sum can't be stored.
pub fn cronbach_alpha<R: AsRef<[f64]>>(rows: &[R]) -> Result<Alpha, NoAnswer> {
    let items = rows.first().map_or(0, |row| row.as_ref().len());
    if rows.len() < FEWEST {
        return Err(NoAnswer::TooFewRows { has: rows.len(), needs: FEWEST });
    }
    if items < FEWEST {
        return Err(NoAnswer::TooFewItems { has: items, needs: FEWEST });
    }
    for (place, row) in (1..).zip(rows.iter().map(AsRef::as_ref)) {
        if row.len() != items {
            return Err(NoAnswer::UnevenRow { place, has: row.len(), needs: items });
        }
        if !row.iter().all(|value| value.is_finite()) {
            return Err(NoAnswer::NotFinite { place });
        }
    }
    let sums = rows.iter().map(|row| finite(row.as_ref().iter().sum())).collect::<Result<Vec<f64>, _>>()?;
    let whole = moments(&sums).sd;
    let largest = rows.iter().flat_map(AsRef::as_ref).fold(0.0, |most: f64, value| most.max(value.abs()));
    if whole <= ROUNDING * largest {
        return Err(NoAnswer::NoVariance);
    }
    // Spreads are compared before they are squared, so that no square overflows.
    let parts: f64 = (0..items)
        .map(|item| moments(&rows.iter().map(|row| row.as_ref()[item]).collect::<Vec<f64>>()).sd / whole)
        .map(|share| share * share)
        .sum();
    let alpha = real(items) / real(items - 1) * (1.0 - parts);
    Ok(Alpha { alpha: finite(alpha)?, n: rows.len(), items })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_no_answer_says_why() {
        for (rows, expect) in [
            (vec![], NoAnswer::TooFewRows { has: 0, needs: 2 }),
            (vec![vec![1.0, 2.0]], NoAnswer::TooFewRows { has: 1, needs: 2 }),
            (vec![vec![1.0], vec![2.0]], NoAnswer::TooFewItems { has: 1, needs: 2 }),
            (vec![vec![1.0, 2.0], vec![2.0]], NoAnswer::UnevenRow { place: 2, has: 1, needs: 2 }),
            (vec![vec![1.0, 2.0], vec![2.0, f64::NAN]], NoAnswer::NotFinite { place: 2 }),
            (vec![vec![0.1, 0.2], vec![0.2, 0.1], vec![0.0, 0.3]], NoAnswer::NoVariance),
            (vec![vec![1e308, 1e308], vec![1.0, 2.0]], NoAnswer::TooLarge),
        ] {
            assert_eq!(cronbach_alpha(&rows), Err(expect), "{rows:?}");
        }
    }

    #[test]
    fn items_that_agree_reach_one_and_items_that_disagree_fall_below_zero() {
        let alpha = |rows: &[[f64; 2]]| cronbach_alpha(rows).unwrap().alpha;
        assert!((alpha(&[[1.0, 1.0], [3.0, 3.0], [5.0, 5.0]]) - 1.0).abs() < 1e-12);
        assert!(alpha(&[[1.0, 4.0], [3.0, 3.0], [5.0, 1.0]]) < 0.0);
    }

    fn answers() -> impl Strategy<Value = Vec<Vec<f64>>> {
        (2_usize..8).prop_flat_map(|items| {
            prop::collection::vec(prop::collection::vec((1_i32..=5).prop_map(f64::from), items), 2..30)
        })
    }

    proptest! {
        #[test]
        fn neither_order_nor_unit_matters(
            (rows, shuffled) in answers().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
        ) {
            let alpha = cronbach_alpha(&rows).map(|found| found.alpha);
            let others = [
                shuffled,
                rows.iter().map(|row| row.iter().rev().copied().collect()).collect(),
                rows.iter().map(|row| row.iter().map(|value| value * 20.0 - 7.0).collect()).collect(),
            ];
            for other in others {
                match (&alpha, cronbach_alpha(&other)) {
                    (Ok(alpha), Ok(other)) => prop_assert!((alpha - other.alpha).abs() < 1e-9 * (1.0 + alpha.abs())),
                    (alpha, other) => prop_assert_eq!(alpha.as_ref().err(), other.as_ref().err()),
                }
            }
            prop_assert!(alpha.is_err() || alpha.is_ok_and(|alpha| alpha < 1.0 + 1e-9));
        }
    }
}
