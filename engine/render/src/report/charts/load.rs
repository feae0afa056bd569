//! The load of each role, week by week.

use super::{
    axis::{Axis, LABELS, WIDTH},
    panel::{WeekValue, greatest, panel},
};
use crate::{
    html::{
        svg::{Anchor, Svg},
        words,
    },
    report::{RehearsalReport, Week},
};

const ROW: f64 = 96.0;
const BARS: f64 = 62.0;

/// Draws the hours of mentors and mentees and what the coordinator does, a row each.
pub(in crate::report) fn load(report: &RehearsalReport, label: &str) -> String {
    let axis = Axis::new(report.outcome.starts, report.outcome.ends, &report.zone);
    let mentors = hours(report, |week| week.mentor_minutes, report.outcome.mentors);
    let mentees = hours(report, |week| week.mentee_minutes, report.outcome.mentees);
    let coordinator = coordinator(report);
    // Hours share one scale, so that the two sides can be compared.
    let most = greatest(&mentors).max(greatest(&mentees));
    let rows = [
        ("Mentors", "hours each", most, mentors),
        ("Mentees", "hours each", most, mentees),
        ("Coordinator", "things to do", greatest(&coordinator), coordinator),
    ];
    let bottom = ROW * 3.0;
    let mut svg = Svg::new(WIDTH, bottom + LABELS);
    axis.rest(&mut svg, &report.pauses, 0.0, bottom);
    axis.draw(&mut svg, 0.0, bottom);
    for (place, (name, unit, most, weeks)) in rows.iter().enumerate() {
        let base = words::float(place + 1) * ROW;
        svg.text("label", (0.0, base - BARS / 2.0 - 4.0), Anchor::Start, name);
        svg.text("tick", (0.0, base - BARS / 2.0 + 12.0), Anchor::Start, unit);
        panel(&mut svg, &axis, (base, BARS), *most, weeks);
    }
    svg.finish(label)
}

fn hours(report: &RehearsalReport, minutes: impl Fn(&Week) -> u64, people: usize) -> Vec<WeekValue> {
    let weeks = report.weeks.iter().map(|week| {
        let each = each(minutes(week), people);
        WeekValue { monday: week.starts, value: each / 60.0, words: words::in_hours(each) + " each" }
    });
    weeks.collect()
}

/// Minutes that each of so many people spends, on average.
pub(in crate::report) fn each(minutes: u64, people: usize) -> f64 {
    f64::from(u32::try_from(minutes).unwrap_or(u32::MAX)) / words::float(people.max(1))
}

fn coordinator(report: &RehearsalReport) -> Vec<WeekValue> {
    let weeks = report.weeks.iter().map(|week| WeekValue {
        monday: week.starts,
        value: week.coordinator.into(),
        words: words::count(usize::try_from(week.coordinator).unwrap_or(usize::MAX), "thing") + " to do",
    });
    weeks.collect()
}
