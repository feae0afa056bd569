//! The pauses of a run, in words.

use crate::html::words;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::{Value, json};
use turnabout_core::run::Pause;

/// Of when a pause was, and why: `Paused, 3 March 2026 to 31 March 2026: winter surge`.
pub(super) fn said(pause: &Pause, zone: &TimeZone) -> String {
    format!("Paused, {}", when(pause, zone))
}

/// The same without the first word.
pub(super) fn when(pause: &Pause, zone: &TimeZone) -> String {
    let day = |at: Timestamp| words::long(words::date(at, zone));
    format!("{} to {}{}", day(pause.since), day(pause.until), because(pause))
}

/// A sentence a pause, each after a space; nothing without pauses.
pub(super) fn sentences(pauses: &[Pause], zone: &TimeZone) -> String {
    let said: Vec<String> = pauses.iter().map(|pause| said(pause, zone)).collect();
    said.iter().flat_map(|said| [" ", said.trim_end_matches('.'), "."]).collect()
}

/// What a lane or a row of a table calls a pause: `Paused: winter surge`.
pub(super) fn name(pause: &Pause) -> String {
    format!("Paused{}", because(pause))
}

/// A row of the table of stages.
pub(super) fn row(pause: &Pause, zone: &TimeZone) -> Value {
    json!({ "name": name(pause), "from": words::day(pause.since, zone), "to": words::day(pause.until, zone) })
}

/// Which parts of the time between two days were paused, as shares of it from 0 to 1.
pub(super) fn shares(pauses: &[Pause], (from, to): (Date, Date), zone: &TimeZone) -> Vec<(f64, f64)> {
    let midnight = |date: Date| date.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    let (Ok(from), Ok(to)) = (midnight(from), midnight(to)) else { return Vec::new() };
    let lasts = to.duration_since(from).as_secs_f64().max(1.0);
    let share = |at: Timestamp| (at.duration_since(from).as_secs_f64() / lasts).clamp(0.0, 1.0);
    let shares = pauses.iter().map(|pause| (share(pause.since), share(pause.until)));
    shares.filter(|(began, ended)| began < ended).collect()
}

fn because(pause: &Pause) -> String {
    pause.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_says_from_when_until_when_and_why() {
        let pause = |reason: Option<&str>| Pause {
            since: "2026-03-03T09:00:00Z".parse().unwrap(),
            until: "2026-03-30T23:00:00Z".parse().unwrap(),
            reason: reason.map(Into::into),
        };
        let zone = TimeZone::get("Europe/London").unwrap();
        assert_eq!(said(&pause(None), &zone), "Paused, 3 March 2026 to 31 March 2026");
        assert_eq!(
            sentences(&[pause(Some("Winter surge."))], &zone),
            " Paused, 3 March 2026 to 31 March 2026: Winter surge."
        );
        let [may, march, april, day] =
            ["2026-05-01", "2026-03-01", "2026-04-01", "2026-03-02"].map(|day| day.parse().unwrap());
        let found = |from, to| shares(&[pause(None)], (from, to), &zone);
        assert_eq!((found(april, may), found(march, day)), (vec![], vec![]));
        let march = found(march, april)[0];
        assert!((march.0 - 57.0 / 743.0).abs() < 1e-9 && (march.1 - 719.0 / 743.0).abs() < 1e-9, "{march:?}");
    }
}
