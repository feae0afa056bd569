//! The analysis of anyone's own before and after.

use crate::{
    change::{Change, FEWEST_PAIRS, Pair, change},
    interval::Interval,
    method::Method,
    no_answer::NoAnswer,
    numbers::moments,
    wilcoxon::wilcoxon,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What can be said about before and after.
///
/// A field without an answer is none, `null` in JSON, and `reasons` says why under its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// How many rows there are.
    pub n: usize,
    /// How many have both values; all results are about these alone.
    pub n_paired: usize,
    /// How many values are missing.
    pub missing: Missing,
    /// The mean before, of the pairs.
    pub mean_pre: Option<f64>,
    /// The mean after, of the pairs.
    pub mean_post: Option<f64>,
    /// The mean of after minus before.
    pub mean_change: Option<f64>,
    /// Student's interval of 95 % for the mean change.
    pub ci95: Option<Interval>,
    /// The two-sided p of Wilcoxon's signed-rank test.
    pub wilcoxon_p: Option<f64>,
    /// How `wilcoxon_p` was found.
    pub method: Option<Method>,
    /// How many pairs changed; Wilcoxon's test is about these.
    pub n_nonzero: Option<usize>,
    /// The sum of the ranks of rises.
    pub t_plus: Option<f64>,
    /// The sum of the ranks of falls.
    pub t_minus: Option<f64>,
    /// (T+ - T-) / (T+ + T-), from -1 to 1.
    pub rank_biserial: Option<f64>,
    /// The mean change in standard deviations of the change.
    pub d_z: Option<f64>,
    /// `d_z` corrected for the bias of small samples.
    pub hedges_g: Option<f64>,
    /// Why a field has no answer, by its name.
    pub reasons: BTreeMap<&'static str, NoAnswer>,
}

/// How many values are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Missing {
    /// Rows without a value before.
    pub pre: usize,
    /// Rows without a value after.
    pub post: usize,
    /// Rows with neither; they are in both of the others too.
    pub both: usize,
}

/// Analyses rows of before and after, either of which may be missing.
///
/// Only rows with both are change. With fewer than two of them every result is none; see [`change`] and [`wilcoxon`]
/// for what each result is.
///
/// # Errors
/// [`NoAnswer::NotFinite`] with the place of the first row, from 1, whose value is infinite or no number: the data is
/// wrong, so nothing is said about the rest of it.
pub fn analyse(rows: impl IntoIterator<Item = (Option<f64>, Option<f64>)>) -> Result<Analysis, NoAnswer> {
    let (mut n, mut missing, mut pairs) = (0, Missing::default(), Vec::new());
    for (pre, post) in rows {
        n += 1;
        if [pre, post].into_iter().flatten().any(|value| !value.is_finite()) {
            return Err(NoAnswer::NotFinite { place: n });
        }
        missing.pre += usize::from(pre.is_none());
        missing.post += usize::from(post.is_none());
        missing.both += usize::from(pre.is_none() && post.is_none());
        pairs.extend(pre.zip(post).map(|(pre, post)| Pair { pre, post }));
    }
    Ok(of_pairs(n, missing, &pairs))
}

fn of_pairs(n: usize, missing: Missing, pairs: &[Pair]) -> Analysis {
    let n_paired = pairs.len();
    let too_few = || NoAnswer::TooFewPairs { has: n_paired, needs: FEWEST_PAIRS };
    let enough = n_paired >= FEWEST_PAIRS;
    let mut notes = Notes::default();

    let mean = |of: fn(&Pair) -> f64| {
        let mean = || moments(&pairs.iter().map(of).collect::<Vec<_>>()).mean;
        if enough { Ok(mean()) } else { Err(too_few()) }
    };
    let changed = change(pairs);
    let of_change = |of: fn(&Change) -> Result<f64, NoAnswer>| changed.clone().and_then(|change| of(&change));
    let ranked = if enough { wilcoxon(pairs) } else { Err(too_few()) };
    Analysis {
        n,
        n_paired,
        missing,
        mean_pre: notes.keep("mean_pre", mean(|pair| pair.pre)),
        mean_post: notes.keep("mean_post", mean(|pair| pair.post)),
        mean_change: notes.keep("mean_change", of_change(|change| Ok(change.mean))),
        ci95: notes.keep("ci95", changed.clone().and_then(|change| change.ci95())),
        wilcoxon_p: notes.keep("wilcoxon_p", ranked.clone().map(|found| found.p)),
        method: notes.keep("method", ranked.clone().map(|found| found.method)),
        n_nonzero: notes.keep("n_nonzero", ranked.clone().map(|found| found.n_nonzero)),
        t_plus: notes.keep("t_plus", ranked.clone().map(|found| found.t_plus)),
        t_minus: notes.keep("t_minus", ranked.clone().map(|found| found.t_minus)),
        rank_biserial: notes.keep("rank_biserial", ranked.map(|found| found.rank_biserial)),
        d_z: notes.keep("d_z", of_change(Change::d_z)),
        hedges_g: notes.keep("hedges_g", of_change(Change::hedges_g)),
        reasons: notes.reasons,
    }
}

/// Gathers why there is no answer.
#[derive(Default)]
struct Notes {
    reasons: BTreeMap<&'static str, NoAnswer>,
}

impl Notes {
    fn keep<T>(&mut self, field: &'static str, answer: Result<T, NoAnswer>) -> Option<T> {
        answer.map_err(|reason| self.reasons.insert(field, reason)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const RESULTS: [&str; 12] = [
        "mean_pre",
        "mean_post",
        "mean_change",
        "ci95",
        "wilcoxon_p",
        "method",
        "n_nonzero",
        "t_plus",
        "t_minus",
        "rank_biserial",
        "d_z",
        "hedges_g",
    ];

    fn json_of(rows: &[(Option<f64>, Option<f64>)]) -> Value {
        serde_json::to_value(analyse(rows.iter().copied()).unwrap()).unwrap()
    }

    #[test]
    fn pairs_are_analysed_and_the_rest_is_counted() {
        let found = json_of(&[
            (Some(2.0), Some(4.0)),
            (Some(3.0), None),
            (Some(3.0), Some(4.0)),
            (None, Some(5.0)),
            (None, None),
            (Some(5.0), Some(5.0)),
        ]);
        assert_eq!(found["n"], 6);
        assert_eq!(found["n_paired"], 3);
        assert_eq!(found["missing"], json!({ "pre": 2, "post": 2, "both": 1 }));
        assert_eq!(found["mean_change"], 1.0);
        assert_eq!(found["d_z"], 1.0);
        assert_eq!(found["wilcoxon_p"], 0.5);
        assert_eq!(found["method"], "exact");
        assert_eq!(found["rank_biserial"], 1.0);
        assert_eq!(found["ci95"].as_array().unwrap().len(), 2);
        assert_eq!(found["reasons"], json!({}));
    }

    #[test]
    fn unpaired_data_is_never_change() {
        for rows in [
            vec![],
            vec![(Some(1.0), Some(5.0))],
            vec![(Some(1.0), None), (None, Some(5.0)), (Some(2.0), None), (None, Some(4.0)), (Some(1.0), Some(5.0))],
        ] {
            let found = json_of(&rows);
            for field in RESULTS {
                assert_eq!(found[field], Value::Null, "{field} of {rows:?}");
                assert_eq!(found["reasons"][field]["reason"], "too_few_pairs", "{field} of {rows:?}");
                assert!(found["reasons"][field]["message"].as_str().unwrap().contains("never change"));
            }
        }
    }

    #[test]
    fn the_same_value_twice_for_all_has_a_mean_change_of_zero_and_reasons_for_the_rest() {
        let found = json_of(&[(Some(3.0), Some(3.0)), (Some(4.0), Some(4.0))]);
        assert_eq!(found["mean_change"], 0.0);
        assert_eq!(found["reasons"]["wilcoxon_p"]["reason"], "nothing_changed");
        assert_eq!(found["reasons"]["d_z"]["reason"], "no_variance");
        assert_eq!(found["reasons"]["ci95"]["reason"], "no_variance");
    }

    #[test]
    fn a_value_that_is_no_number_is_refused_even_without_its_pair() {
        let rows = [(Some(1.0), Some(2.0)), (None, Some(f64::NAN))];
        assert_eq!(analyse(rows), Err(NoAnswer::NotFinite { place: 2 }));
    }

    proptest! {
        #[test]
        fn a_field_has_an_answer_or_a_reason(
            rows in prop::collection::vec((any::<Option<f64>>(), any::<Option<f64>>()), 0..8)
        ) {
            let Ok(found) = analyse(rows) else { return Ok(()) };
            let json = serde_json::to_value(&found).unwrap();
            for field in RESULTS {
                prop_assert_eq!(json[field].is_null(), found.reasons.contains_key(field), "{} of {}", field, json);
            }
        }
    }
}
