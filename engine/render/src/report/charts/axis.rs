//! The axis of time that timelines and weekly charts share.

use crate::{
    html::svg::{Anchor, Area, Svg},
    report::pauses,
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use turnabout_core::run::Pause;

/// How wide a drawing is.
pub(super) const WIDTH: f64 = 960.0;
/// How wide its column of labels is.
pub(super) const LEFT: f64 = 190.0;
/// How much stays free on the right.
pub(super) const RIGHT: f64 = 14.0;
/// How much height the labels of the axis take.
pub(super) const LABELS: f64 = 34.0;

/// Time as places between the labels and the right edge.
#[derive(Debug, Clone)]
pub(super) struct Axis<'a> {
    from: Timestamp,
    to: Timestamp,
    zone: &'a TimeZone,
}

impl<'a> Axis<'a> {
    /// The axis between two moments.
    pub(super) fn new(from: Timestamp, to: Timestamp, zone: &'a TimeZone) -> Self {
        Self { from, to: to.max(from), zone }
    }

    /// Where a moment is; what lies outside is at the edge.
    pub(super) fn x(&self, at: Timestamp) -> f64 {
        let seconds = |to: Timestamp| to.duration_since(self.from).as_secs_f64();
        let share = (seconds(at) / seconds(self.to).max(1.0)).clamp(0.0, 1.0);
        LEFT + share * (WIDTH - LEFT - RIGHT)
    }

    /// Where a local day begins.
    pub(super) fn day(&self, date: Date) -> f64 {
        self.x(self.midnight(date))
    }

    fn midnight(&self, date: Date) -> Timestamp {
        date.to_zoned(self.zone.clone()).map_or(self.from, |zoned| zoned.timestamp())
    }

    /// Draws pauses as hatched bands from `top` to `bottom`; what comes later is drawn over them.
    pub(super) fn rest(&self, svg: &mut Svg, pauses: &[Pause], top: f64, bottom: f64) {
        for pause in pauses {
            let (x, to) = (self.x(pause.since), self.x(pause.until));
            let area = Area { x, y: top, width: (to - x).max(1.0), height: bottom - top };
            svg.hatched(area, &pauses::said(pause, self.zone));
        }
    }

    /// Draws a line for each month from `top` to `bottom`, with its name below; fewer when there are many.
    pub(super) fn draw(&self, svg: &mut Svg, top: f64, bottom: f64) {
        let mut before: Option<i16> = None;
        for month in self.months() {
            let x = self.day(month);
            svg.line("grid", (x, top), (x, bottom));
            // A name needs room to its right.
            if x > WIDTH - RIGHT - 24.0 {
                continue;
            }
            svg.text("tick", (x + 2.0, bottom + 13.0), Anchor::Start, &month.strftime("%b").to_string());
            if before != Some(month.year()) {
                svg.text("tick", (x + 2.0, bottom + 27.0), Anchor::Start, &month.year().to_string());
                before = Some(month.year());
            }
        }
        svg.line("base", (LEFT, bottom), (WIDTH - RIGHT, bottom));
    }

    /// The first days of the months that get a line, the month of the beginning at the beginning itself.
    fn months(&self) -> Vec<Date> {
        let local = |at: Timestamp| self.zone.to_datetime(at).date();
        let (first, last) = (local(self.from), local(self.to));
        let months: Vec<Date> = first.first_of_month().series(1.month()).take_while(|month| *month <= last).collect();
        let every = match months.len() {
            0..=14 => 1,
            15..=40 => 3,
            _ => 12,
        };
        let shown = |month: &Date| every == 1 || (month.month() - 1) % every == 0;
        let first_is_late = first.day() > 15;
        months.into_iter().filter(shown).filter(|month| *month >= first || !first_is_late).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_lie_between_the_labels_and_the_edge() {
        let [from, to, after] =
            ["2026-01-05T09:00:00Z", "2027-01-05T09:00:00Z", "2028-01-05T09:00:00Z"].map(|at| at.parse().unwrap());
        let zone = TimeZone::UTC;
        let axis = Axis::new(from, to, &zone);
        assert!((axis.x(from) - LEFT).abs() < 1e-9);
        assert!((axis.x(after) - (WIDTH - RIGHT)).abs() < 1e-9);
        assert_eq!(axis.months().len(), 13);
        let still = Axis::new(from, from, &zone);
        assert!((still.x(to) - (WIDTH - RIGHT)).abs() < 1e-9);
    }

    #[test]
    fn a_long_axis_has_fewer_lines() {
        let [from, to] = ["2026-01-05T09:00:00Z", "2031-01-05T09:00:00Z"].map(|at| at.parse().unwrap());
        assert_eq!(Axis::new(from, to, &TimeZone::UTC).months().len(), 6);
    }
}
