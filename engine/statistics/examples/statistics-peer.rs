//! Writes seeded random cases with this crate's answers, a line of JSON each, for another implementation to check:
//! `cargo run -p turnabout-statistics --example statistics-peer | python3 tests/peers/statistics.py`
//!
//! An argument is the seed, so that a night's run may try others.

#![allow(clippy::print_stdout)] // what it writes is what it is for

use serde_json::{Value, json};
use std::{error::Error, iter::repeat_with};
use turnabout_statistics::{
    Direction, MissingRule, Pair, Points, Scale, Scoring, change, cronbach_alpha, mcnemar, wilcoxon, wilson,
};

/// How many cases of each kind.
const CASES: usize = 250;
/// How many of a kind that takes long.
const FEW: usize = 20;
const SEED: u64 = 20_261_005;

/// `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number, both ends included; the slight preference of some is of no account.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        low + u32::try_from(self.next() % span).unwrap_or(0)
    }

    fn count(&mut self, low: u32, high: u32) -> usize {
        self.between(low, high) as usize
    }

    /// A number from 0 to 1.
    fn part(&mut self) -> f64 {
        f64::from(self.between(0, u32::MAX)) / f64::from(u32::MAX)
    }

    fn many<T>(&mut self, n: usize, mut of: impl FnMut(&mut Self) -> T) -> Vec<T> {
        repeat_with(|| of(self)).take(n).collect()
    }

    /// Answers on five points, before and after; they tend to rise.
    fn answers(&mut self, n: usize) -> Vec<Pair> {
        self.many(n, |random| {
            let pre = random.between(1, 5);
            let post = (pre + random.between(0, 3)).saturating_sub(1).clamp(1, 5);
            Pair::new(f64::from(pre), f64::from(post))
        })
    }

    /// Measurements before and after, none of them alike.
    fn measurements(&mut self, n: usize) -> Vec<Pair> {
        let drift = self.part() - 0.5;
        self.many(n, |random| {
            let pre = 100.0 * random.part();
            Pair::new(pre, pre + 20.0 * (random.part() - 0.5 + drift))
        })
    }
}

fn write(kind: &str, case: &Value, found: &Value) {
    println!("{}", json!({ "kind": kind, "case": case, "found": found }));
}

/// An answer, or null where there is none.
fn or_null<T: serde::Serialize, E>(found: Result<T, E>) -> Value {
    found.map_or(Value::Null, |found| json!(found))
}

fn paired(kind: &str, pairs: &[Pair]) {
    let of = |value: fn(&Pair) -> f64| pairs.iter().map(value).collect::<Vec<_>>();
    let case = json!({ "pre": of(|pair| pair.pre), "post": of(|pair| pair.post) });
    let found = if kind == "change" {
        or_null(change(pairs).map(|change| {
            json!({
                "mean": change.mean,
                "ci95": or_null(change.ci95()),
                "d_z": or_null(change.d_z()),
                "hedges_g": or_null(change.hedges_g()),
            })
        }))
    } else {
        or_null(wilcoxon(pairs))
    };
    write(kind, &case, &found);
}

fn scale(random: &mut Random) -> Result<(), Box<dyn Error>> {
    let items = random.count(2, 8);
    let people = random.count(2, 30);
    let directions =
        random.many(items, |random| if random.part() < 0.3 { Direction::Reversed } else { Direction::Forward });
    let answers = random.many(people, |random| {
        random.many(items, |random| (random.part() < 0.95).then(|| i32::try_from(random.between(1, 5)).unwrap_or(1)))
    });
    let scale = Scale::new(Points::new(1, 5)?, directions.clone(), Scoring::Sum, MissingRule::Half)?;
    let scores: Vec<Value> = answers.iter().map(|row| or_null(scale.score(row).map(|score| score.value))).collect();
    let found = json!({ "alpha": or_null(scale.alpha(&answers).map(|found| found.of.alpha)), "scores": scores });
    write("scale", &json!({ "directions": directions, "answers": answers }), &found);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let seed = std::env::args().nth(1).map_or(Ok(SEED), |seed| seed.parse())?;
    let random = &mut Random(seed);
    for _ in 0..CASES {
        let n = random.count(3, 60);
        paired("wilcoxon_untied", &random.measurements(n));
        let n = random.count(1, 13);
        paired("wilcoxon_tied_few", &random.answers(n));
        let n = random.count(14, 120);
        paired("wilcoxon_tied", &random.answers(n));
        let n = random.count(2, 60);
        paired("change", &if random.part() < 0.5 { random.answers(n) } else { random.measurements(n) });

        let n = random.count(1, 500);
        let part = random.count(0, u32::try_from(n)?);
        write("wilson", &json!({ "part": part, "n": n }), &or_null(wilson(part, n)));

        let most = [8, 60, 2000][random.count(0, 2)];
        let (b, c) = (random.count(0, most), random.count(0, most));
        write("mcnemar", &json!({ "b": b, "c": c }), &or_null(mcnemar(b, c)));

        let (people, items) = (random.count(2, 40), random.count(2, 12));
        let rows = random.many(people, |random| {
            let level = 3.0 * random.part();
            random.many(items, |random| (level + 3.0 * random.part()).round())
        });
        write("alpha", &json!({ "rows": rows }), &or_null(cronbach_alpha(&rows).map(|found| found.alpha)));
        scale(random)?;
    }
    for _ in 0..FEW {
        let n = random.count(1001, 3000);
        paired("wilcoxon_large", &random.measurements(n));
        let n = random.count(1800, 3000);
        paired("wilcoxon_large", &random.answers(n));
        let n = random.count(300, 5000);
        paired("change", &random.measurements(n));
    }
    Ok(())
}
