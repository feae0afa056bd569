//! The diary: a year in which nothing can be planned holds no programme.

use super::Sources;
use crate::report::Report;
use jiff::{ToSpan as _, civil::Date};
use turnabout_model::FreeDays;

pub(super) fn check(sources: &Sources<'_>, report: &mut Report) {
    let Some(free) = sources.manifest.get("diary").and_then(|diary| diary.get("free")) else { return };
    let days = free.items().into_iter().filter_map(|item| item.text()?.parse::<FreeDays>().ok());
    let yearly: Vec<_> = days.filter(|days| matches!(days, FreeDays::Yearly { .. })).collect();
    let mut year = Date::constant(2_027, 1, 1).series(1.day()).take_while(|day| day.year() == 2_027);
    if year.all(|day| yearly.iter().any(|days| days.contains(day))) {
        report.push(
            free.error("diary::always_free", "these days are the whole year: no session can be planned", "every day")
                .help("keep free the days on which people are away; write the month before the day"),
        );
    }
}
