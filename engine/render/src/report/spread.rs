//! How a measure is spread over many rehearsals: percentiles and a histogram.

use crate::limits::MAX_BARS;
use serde::Serialize;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// How many pairs were formed.
    Pairs,
    /// How many meetings took place.
    Meetings,
    /// Meetings per pair and month.
    MeetingsPerPairAndMonth,
    /// The first meeting, in days from the start.
    FirstMeetingDay,
    /// How many messages were sent.
    Messages,
    /// How many withdrew.
    Withdrawals,
}

impl Measure {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Pairs => "Pairs formed",
            Self::Meetings => "Meetings that took place",
            Self::MeetingsPerPairAndMonth => "Meetings per pair and month",
            Self::FirstMeetingDay => "First meeting",
            Self::Messages => "Messages sent",
            Self::Withdrawals => "Withdrawals",
        }
    }

    /// Tells whether it is always a whole number.
    pub fn whole(self) -> bool {
        self != Self::MeetingsPerPairAndMonth
    }
}

/// A bar of a histogram: `from` counts, `to` no longer does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// The least value in it.
    pub from: f64,
    /// The first value after it.
    pub to: f64,
    /// How many rehearsals lie in it.
    pub rehearsals: usize,
}

/// How a measure is spread. A percentile is a value that occurred: the smallest that so many reach at most (nearest
/// rank).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// What is measured.
    pub measure: Measure,
    /// How many rehearsals have a value at all.
    pub rehearsals: usize,
    /// The least.
    pub least: f64,
    /// One in ten is at most this.
    pub p10: f64,
    /// Half are at most this.
    pub p50: f64,
    /// Nine in ten are at most this.
    pub p90: f64,
    /// The most.
    pub most: f64,
    /// The histogram.
    pub bars: Vec<Bar>,
}

impl Spread {
    /// Spreads values out; nothing if there are none.
    pub(super) fn of(measure: Measure, mut values: Vec<f64>) -> Option<Self> {
        values.retain(|value| value.is_finite());
        values.sort_unstable_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let bars = bars(&values, measure.whole());
        let [p10, p50, p90] = [10, 50, 90].map(|percent| percentile(&values, percent));
        Some(Self { measure, rehearsals: values.len(), least, p10, p50, p90, most, bars })
    }
}

/// The percentile of sorted values by nearest rank; there is at least one value.
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted[rank - 1]
}

/// Bars of one width that hold all of the sorted values. Edges are multiples of 1, 2 or 5 times a power of ten.
fn bars(sorted: &[f64], whole: bool) -> Vec<Bar> {
    let (least, most) = (sorted[0], sorted[sorted.len() - 1]);
    let width = (0..60).map(|n| nice(n, whole)).find(|width| fits(least, most, *width)).unwrap_or(1.0);
    let first = (least / width).floor();
    let mut bars = Vec::new();
    let mut counted = 0;
    for place in 0..u32::try_from(MAX_BARS).unwrap_or(1) {
        let edge = |n: u32| (first + f64::from(n)) * width;
        let below = sorted.partition_point(|value| *value < edge(place + 1));
        bars.push(Bar { from: edge(place), to: edge(place + 1), rehearsals: below - counted });
        counted = below;
        if counted == sorted.len() {
            break;
        }
    }
    bars
}

fn fits(least: f64, most: f64, width: f64) -> bool {
    let bars = f64::from(u32::try_from(MAX_BARS).unwrap_or(1));
    (most / width).floor() - (least / width).floor() < bars
}

/// The nth width to try: 1, 2, 5, 10 and so on; for shares of a whole from 0.05.
fn nice(n: i32, whole: bool) -> f64 {
    let n = if whole { n } else { n - 4 };
    let digit = [1.0, 2.0, 5.0][usize::try_from(n.rem_euclid(3)).unwrap_or(0)];
    digit * 10_f64.powi(n.div_euclid(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_occurred() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        for (percent, expect) in [(10, 1.0), (50, 5.0), (90, 9.0)] {
            assert!((percentile(&ten, percent) - expect).abs() < 1e-9, "{percent}");
        }
        assert!((percentile(&[4.0], 10) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn bars_hold_every_value_and_are_few() {
        let counts = |values: &[f64], whole| {
            let told = bars(values, whole);
            assert_eq!(told.iter().map(|bar| bar.rehearsals).sum::<usize>(), values.len());
            assert!(told.len() <= MAX_BARS);
            told.into_iter().map(|bar| (bar.from, bar.to, bar.rehearsals)).collect::<Vec<_>>()
        };
        assert_eq!(counts(&[9.0, 10.0, 10.0], true), [(9.0, 10.0, 1), (10.0, 11.0, 2)]);
        assert_eq!(counts(&[7.0, 7.0], true), [(7.0, 8.0, 2)]);
        let wide: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(counts(&wide, true)[0], (0.0, 10.0, 10));
        let rates = counts(&[0.82, 0.9, 0.97, 1.04], false);
        assert_eq!(rates.len(), 5);
        assert!((rates[0].0 - 0.8).abs() < 1e-9 && (rates[0].1 - 0.85).abs() < 1e-9);
    }

    #[test]
    fn nothing_has_no_spread() {
        assert_eq!(Spread::of(Measure::Pairs, vec![]), None);
    }
}
