//! What an exact p costs: without ties and with those of a scale of five points, up to the bound of exactness.

use divan::Bencher;
use turnabout_statistics::{Pair, wilcoxon};

fn main() {
    divan::main();
}

/// Every pair changes by another size, every third falls.
#[divan::bench(args = [20, 100, 500, 1000])]
fn exact_without_ties(bencher: Bencher<'_, '_>, n: u32) {
    let change = |at: u32| if at.is_multiple_of(3) { -f64::from(at) - 1.0 } else { f64::from(at) + 1.0 };
    let pairs: Vec<Pair> = (0..n).map(|at| Pair::new(0.0, change(at))).collect();
    bencher.bench(|| wilcoxon(divan::black_box(&pairs)));
}

/// Answers from 1 to 5, a sixth of which do not change.
#[divan::bench(args = [20, 100, 500, 1000])]
fn exact_with_ties(bencher: Bencher<'_, '_>, n: u32) {
    let pairs: Vec<Pair> =
        (0..n).map(|at| Pair::new(f64::from(at * 7 % 5 + 1), f64::from((at * 7 % 5 + at % 6) % 5 + 1))).collect();
    bencher.bench(|| wilcoxon(divan::black_box(&pairs)));
}
