//! How a measure is spread: a bar for each stretch of values, as high as many rehearsals lie in it.

use crate::{
    html::{
        svg::{Anchor, Area, Svg},
        words,
    },
    report::Spread,
};

const WIDTH: f64 = 440.0;
const BARS: f64 = 120.0;
const TOP: f64 = 18.0;
const HEIGHT: f64 = TOP + BARS + 22.0;

/// Draws a histogram; `names` are the names of its bars, in order.
pub(in crate::report) fn histogram(spread: &Spread, names: &[String], label: &str) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let most = spread.bars.iter().map(|bar| bar.rehearsals).max().unwrap_or(0).max(1);
    let slot = (WIDTH / words::float(spread.bars.len().max(1))).min(110.0);
    let base = TOP + BARS;
    for (place, (bar, name)) in spread.bars.iter().zip(names).enumerate() {
        let x = words::float(place) * slot;
        let middle = x + slot / 2.0;
        if bar.rehearsals > 0 {
            let high = (words::float(bar.rehearsals) / words::float(most) * BARS).max(1.0);
            let area = Area { x: x + 2.0, y: base - high, width: slot - 4.0, height: high };
            svg.area("bar", area, &format!("{name}: {}", words::count(bar.rehearsals, "rehearsal")));
            svg.text("tick", (middle, base - high - 4.0), Anchor::Middle, &words::grouped(bar.rehearsals));
        }
        svg.text("tick", (middle, base + 15.0), Anchor::Middle, name);
    }
    svg.line("base", (0.0, base), (WIDTH, base));
    svg.finish(label)
}
