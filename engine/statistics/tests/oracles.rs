//! The check values in `statistics.json`, to 1e-9.

#![allow(clippy::unwrap_used)] // a test that can't read its values has to fail

use serde_json::Value;
use turnabout_statistics::{Method, Pair, analyse, change, cronbach_alpha, mcnemar, wilcoxon, wilson};

fn oracles(of: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("statistics.json")).unwrap();
    let cases = all[of].as_array().unwrap().clone();
    assert!(!cases.is_empty(), "there are no check values for {of}");
    cases
}

fn numbers(of: &Value) -> Vec<f64> {
    of.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn count(of: &Value) -> usize {
    usize::try_from(of.as_u64().unwrap()).unwrap()
}

#[track_caller]
fn near(found: f64, expect: &Value) {
    let expect = expect.as_f64().unwrap();
    assert!((found - expect).abs() <= 1e-9, "{found} is not {expect}");
}

fn pairs(case: &Value) -> Vec<Pair> {
    numbers(&case["pre"]).into_iter().zip(numbers(&case["post"])).map(|(pre, post)| Pair::new(pre, post)).collect()
}

#[test]
fn wilcoxon_has_the_check_values() {
    for case in oracles("paired") {
        let (found, expect) = (wilcoxon(&pairs(&case)).unwrap(), &case["wilcoxon"]);
        assert_eq!((found.n_pairs, found.n_nonzero), (count(&expect["n_pairs"]), count(&expect["n_nonzero"])));
        assert_eq!(found.method, Method::Exact);
        near(found.t_plus, &expect["t_plus"]);
        near(found.t_minus, &expect["t_minus"]);
        near(found.p, &expect["p"]);
        near(found.rank_biserial, &expect["rank_biserial"]);
    }
}

#[test]
fn paired_change_has_the_check_values() {
    for case in oracles("paired") {
        let (found, expect) = (change(&pairs(&case)).unwrap(), &case["effect"]);
        near(found.mean, &expect["mean_change"]);
        near(found.d_z().unwrap(), &expect["d_z"]);
        near(found.hedges_g().unwrap(), &expect["hedges"]);
        let ci95 = found.ci95().unwrap();
        near(ci95.lower, &expect["ci95"][0]);
        near(ci95.upper, &expect["ci95"][1]);
    }
}

#[test]
fn an_analysis_says_the_same_under_the_names_of_its_fields() {
    for case in oracles("paired") {
        let rows = pairs(&case).into_iter().map(|pair| (Some(pair.pre), Some(pair.post)));
        let found = serde_json::to_value(analyse(rows).unwrap()).unwrap();
        for (field, expect) in [
            ("n_paired", &case["wilcoxon"]["n_pairs"]),
            ("wilcoxon_p", &case["wilcoxon"]["p"]),
            ("rank_biserial", &case["wilcoxon"]["rank_biserial"]),
            ("mean_change", &case["effect"]["mean_change"]),
            ("d_z", &case["effect"]["d_z"]),
            ("hedges_g", &case["effect"]["hedges"]),
        ] {
            near(found[field].as_f64().unwrap(), expect);
        }
        near(found["ci95"][0].as_f64().unwrap(), &case["effect"]["ci95"][0]);
        near(found["ci95"][1].as_f64().unwrap(), &case["effect"]["ci95"][1]);
    }
}

#[test]
fn wilson_has_the_check_values() {
    for case in oracles("wilson") {
        let found = wilson(count(&case["k"]), count(&case["n"])).unwrap();
        near(found.ci95.lower, &case["ci95"][0]);
        near(found.ci95.upper, &case["ci95"][1]);
    }
}

#[test]
fn mcnemar_has_the_check_values() {
    for case in oracles("mcnemar") {
        near(mcnemar(count(&case["b"]), count(&case["c"])).unwrap().p, &case["p"]);
    }
}

#[test]
fn alpha_has_the_check_values() {
    for case in oracles("alpha") {
        let rows: Vec<Vec<f64>> = case["rows"].as_array().unwrap().iter().map(numbers).collect();
        near(cronbach_alpha(&rows).unwrap().alpha, &case["alpha"]);
    }
}
