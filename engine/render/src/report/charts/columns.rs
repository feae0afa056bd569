//! Columns by month or week: what was, and above it what is forecast.

use crate::html::{
    svg::{Anchor, Area, Svg},
    words,
};

const WIDTH: f64 = 960.0;
const LEFT: f64 = 34.0;
const BARS: f64 = 150.0;
const TOP: f64 = 16.0;
const HEIGHT: f64 = TOP + BARS + 38.0;
/// How many columns have a name below them, at most.
const NAMED: usize = 18;

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Column {
    /// What stands below it.
    pub(in crate::report) name: String,
    /// What stands below that: the year, where it begins.
    pub(in crate::report) year: String,
    /// How many there were.
    pub(in crate::report) held: usize,
    /// How many are to come: in a tenth of the forecasts no more, in half, in nine tenths.
    pub(in crate::report) forecast: [usize; 3],
    /// Which parts of its time are paused, as shares from 0 to 1.
    pub(in crate::report) rests: Vec<(f64, f64)>,
    /// All of it in words.
    pub(in crate::report) words: String,
}

/// Draws columns: full for what was, outlined for the middle of the forecasts, with a line from the tenth to the ninetieth.
pub(in crate::report) fn columns(columns: &[Column], label: &str) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let most = columns.iter().map(|column| column.held + column.forecast[2]).max().unwrap_or(0).max(1);
    let (base, slot) = (TOP + BARS, ((WIDTH - LEFT) / words::float(columns.len().max(1))).min(90.0));
    let y = |n: usize| base - words::float(n) / words::float(most) * BARS;
    svg.line("grid", (LEFT, y(most)), (WIDTH, y(most)));
    svg.text("tick", (LEFT - 6.0, y(most) + 4.0), Anchor::End, &words::grouped(most));
    svg.text("tick", (LEFT - 6.0, base + 4.0), Anchor::End, "0");
    let every = columns.len().div_ceil(NAMED).max(1);
    for (place, column) in columns.iter().enumerate() {
        let x = LEFT + words::float(place) * slot;
        let middle = x + slot / 2.0;
        let Column { held, forecast: [low, half, high], .. } = *column;
        let across =
            |from: usize, to: usize| Area { x: x + slot * 0.15, y: y(to), width: slot * 0.7, height: y(from) - y(to) };
        for (began, ended) in &column.rests {
            let area = Area { x: x + slot * began, y: TOP, width: slot * (ended - began), height: BARS };
            svg.hatched(area, &column.words);
        }
        if held > 0 {
            svg.area("bar", across(0, held), &column.words);
        }
        if half > 0 {
            svg.area("slip", across(held, held + half), &column.words);
        }
        if high > low {
            svg.line("whisker", (middle, y(held + low)), (middle, y(held + high)));
        }
        if place % every == 0 {
            svg.text("tick", (middle, base + 15.0), Anchor::Middle, &column.name);
            svg.text("tick", (middle, base + 30.0), Anchor::Middle, &column.year);
        }
    }
    svg.line("base", (LEFT, base), (WIDTH, base));
    svg.finish(label)
}
