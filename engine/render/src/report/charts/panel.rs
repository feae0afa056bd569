//! A row of a drawing with a bar a week.

use super::axis::{Axis, LEFT, RIGHT, WIDTH};
use crate::html::{
    svg::{Anchor, Area, Svg},
    words,
};
use jiff::{ToSpan, civil::Date};

/// A week's value with its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WeekValue {
    pub monday: Date,
    pub value: f64,
    pub words: String,
}

/// The greatest value of all weeks.
pub(super) fn greatest(weeks: &[WeekValue]) -> f64 {
    weeks.iter().map(|week| week.value).fold(0.0, f64::max)
}

/// Draws a bar a week above `bottom`; one of `most` is `height` high.
pub(super) fn panel(svg: &mut Svg, axis: &Axis<'_>, (bottom, height): (f64, f64), most: f64, weeks: &[WeekValue]) {
    if most > 0.0 {
        svg.line("grid", (LEFT, bottom - height), (WIDTH - RIGHT, bottom - height));
        svg.text("tick", (LEFT - 8.0, bottom - height + 4.0), Anchor::End, &words::number(most, 1));
    }
    svg.text("tick", (LEFT - 8.0, bottom), Anchor::End, "0");
    svg.line("base", (LEFT, bottom), (WIDTH - RIGHT, bottom));
    for week in weeks.iter().filter(|week| week.value > 0.0) {
        let x = axis.day(week.monday);
        let next = week.monday.checked_add(1.week()).map_or(x, |monday| axis.day(monday));
        let high = week.value / most * height;
        let area = Area { x, y: bottom - high, width: (next - x - 1.5).max(1.0), height: high };
        svg.area("bar", area, &format!("Week of {}: {}", words::short(week.monday), week.words));
    }
}
