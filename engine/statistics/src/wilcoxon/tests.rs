//! Wilcoxon's test against brute force, and what must not change it.

use super::*;
use crate::numbers::ROUNDING;
use proptest::prelude::*;

fn pairs(of: &[(f64, f64)]) -> Vec<Pair> {
    of.iter().map(|(pre, post)| Pair::new(*pre, *post)).collect()
}

fn changes(of: &[f64]) -> Vec<Pair> {
    of.iter().map(|change| Pair::new(0.0, *change)).collect()
}

/// Tries all signs: ranks by counting, sums in floating point, nothing shared with the test's subject.
fn brute_force(pairs: &[Pair]) -> f64 {
    let changes: Vec<f64> =
        pairs.iter().map(|pair| pair.post - pair.pre).filter(|change| change.abs() > 1e-9).collect();
    let rank = |of: f64| {
        let below = changes.iter().filter(|change| change.abs() < of.abs() - 1e-9).count();
        let same = changes.iter().filter(|change| (change.abs() - of.abs()).abs() <= 1e-9).count();
        (1..=same).map(|place| real(below + place)).sum::<f64>() / real(same)
    };
    let ranks: Vec<f64> = changes.iter().map(|change| rank(*change)).collect();
    let middle = ranks.iter().sum::<f64>() / 2.0;
    let observed: f64 = changes.iter().zip(&ranks).filter(|(change, _)| **change > 0.0).map(|(_, rank)| rank).sum();
    let all = 1_usize << ranks.len();
    let as_far = (0..all).filter(|signs| {
        let sum: f64 = ranks.iter().enumerate().filter(|(at, _)| signs >> at & 1 == 1).map(|(_, rank)| rank).sum();
        (sum - middle).abs() >= (observed - middle).abs() - 1e-9
    });
    real(as_far.count()) / real(all)
}

#[test]
fn what_has_no_answer_says_why() {
    for (of, expect) in [
        (vec![], NoAnswer::TooFewPairs { has: 0, needs: 1 }),
        (vec![(3.0, 3.0), (0.1 + 0.2, 0.3)], NoAnswer::NothingChanged { pairs: 2 }),
        (vec![(1.0, 2.0), (f64::NAN, 1.0)], NoAnswer::NotFinite { place: 2 }),
        (vec![(f64::MAX, f64::MIN)], NoAnswer::TooLarge),
    ] {
        assert_eq!(wilcoxon(&pairs(&of)), Err(expect), "{of:?}");
    }
}

#[test]
fn small_samples_have_the_probabilities_of_the_tables() {
    for (of, t_plus, t_minus, p) in [
        (vec![1.0], 1.0, 0.0, 1.0),
        (vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 21.0, 0.0, 0.03125),
        (vec![-1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 20.0, 1.0, 0.0625),
        (vec![-1.0, 1.0], 1.5, 1.5, 1.0),
    ] {
        let found = wilcoxon(&changes(&of)).unwrap();
        assert_eq!((found.t_plus, found.t_minus, found.p), (t_plus, t_minus, p), "{of:?}");
        assert_eq!(found.method, Method::Exact);
    }
}

#[test]
fn rounding_is_neither_a_change_nor_a_difference_between_changes() {
    let tidy = wilcoxon(&pairs(&[(1.0, 3.0), (5.0, 7.0), (3.0, 3.0), (8.0, 7.0)])).unwrap();
    let noisy = wilcoxon(&pairs(&[(0.1, 0.3), (0.5, 0.7), (0.1 + 0.2, 0.3), (0.8, 0.7)])).unwrap();
    assert_eq!(tidy, noisy);
    assert!(wilcoxon(&pairs(&[(1.0, 1.0 + 100.0 * ROUNDING)])).is_ok());
}

#[test]
fn the_most_pairs_that_are_counted_are_counted() {
    let all_rise: Vec<f64> = (1..=MAX_EXACT_PAIRS).map(real).collect();
    let found = wilcoxon(&changes(&all_rise)).unwrap();
    assert_eq!(found.method, Method::Exact);
    // Two of 2^1000 signs are as uneven, 1 / 2^999.
    assert!((found.p.log2() + 999.0).abs() < 1e-9, "{}", found.p);
    let one_more: Vec<f64> = (1..=MAX_EXACT_PAIRS + 1).map(real).collect();
    let found = wilcoxon(&changes(&one_more)).unwrap();
    assert_eq!(found.method, Method::NormalApproximation);
    assert!(found.p > 0.0 && found.p < 1e-100);
}

#[test]
fn the_approximation_takes_over_without_a_jump() {
    // Every third falls; sizes are tied in fives.
    let sample = |n: usize| -> Vec<f64> {
        (0..n).map(|at| (1.0 + real(at * 7 % n / 5)) * if at % 15 < 7 { -1.0 } else { 1.0 }).collect()
    };
    for n in [200, MAX_EXACT_PAIRS] {
        let sample = changes(&sample(n));
        let exact = wilcoxon(&sample).unwrap();
        let mut differences = differences(&sample).unwrap();
        let ranks = Ranks::of(&mut differences);
        let (plus, minus) = sums(&differences, &ranks);
        let approximate = approximate::two_sided(&ranks, plus.min(minus));
        assert!(exact.p > 0.001 && exact.p < 0.9, "{n}: {}", exact.p);
        assert!((approximate / exact.p - 1.0).abs() < 0.01, "{n}: {approximate} for {}", exact.p);
    }
}

#[test]
fn a_sample_too_uneven_to_store_its_probability_still_has_one() {
    let found = wilcoxon(&changes(&(1..=5000).map(real).collect::<Vec<_>>())).unwrap();
    assert!(found.p > 0.0 && found.p <= f64::MIN_POSITIVE);
}

/// Answers on a scale, so that there are ties and unchanged pairs, or numbers with neither.
fn sample(most: usize) -> impl Strategy<Value = Vec<(f64, f64)>> {
    let answer = || (1_i32..=5).prop_map(f64::from);
    let tenth = || (0_i32..40).prop_map(|tenths| f64::from(tenths) / 10.0);
    prop_oneof![
        prop::collection::vec((answer(), answer()), 1..=most),
        prop::collection::vec((tenth(), tenth()), 1..=most),
        prop::collection::vec((-10.0..10.0, -10.0..10.0), 1..=most),
    ]
}

proptest! {
    #[test]
    fn the_exact_probability_is_that_of_brute_force(of in sample(12)) {
        let pairs = pairs(&of);
        if let Ok(found) = wilcoxon(&pairs) {
            prop_assert_eq!(found.method, Method::Exact);
            prop_assert!((found.p - brute_force(&pairs)).abs() < 1e-14, "{} is not {}", found.p, brute_force(&pairs));
        }
    }

    #[test]
    fn sums_and_probability_are_within_bounds(of in sample(80)) {
        if let Ok(found) = wilcoxon(&pairs(&of)) {
            let n = real(found.n_nonzero);
            prop_assert!(found.p > 0.0 && found.p <= 1.0);
            prop_assert!(found.rank_biserial.abs() <= 1.0);
            prop_assert!((found.t_plus + found.t_minus - n * (n + 1.0) / 2.0).abs() < 1e-9);
            prop_assert!(found.n_nonzero <= found.n_pairs);
        }
    }

    #[test]
    fn swapping_before_and_after_mirrors(of in sample(60)) {
        let back: Vec<Pair> = of.iter().map(|(pre, post)| Pair::new(*post, *pre)).collect();
        match (wilcoxon(&pairs(&of)), wilcoxon(&back)) {
            (Ok(there), Ok(back)) => {
                let mirrored = Wilcoxon {
                    t_plus: back.t_minus,
                    t_minus: back.t_plus,
                    rank_biserial: -back.rank_biserial,
                    ..back
                };
                prop_assert_eq!(there, mirrored);
            }
            (there, back) => prop_assert_eq!(there, back),
        }
    }

    #[test]
    fn the_order_of_people_says_nothing(
        (of, shuffled) in sample(60).prop_flat_map(|of| (Just(of.clone()), Just(of).prop_shuffle()))
    ) {
        prop_assert_eq!(wilcoxon(&pairs(&of)), wilcoxon(&pairs(&shuffled)));
    }

    #[test]
    fn whatever_the_numbers_there_is_a_number_or_a_reason(
        of in prop::collection::vec((any::<f64>(), any::<f64>()), 0..10)
    ) {
        if let Ok(found) = wilcoxon(&pairs(&of)) {
            prop_assert!(found.p > 0.0 && found.p <= 1.0 && found.rank_biserial.abs() <= 1.0);
        }
    }
}
