//! A paused run: its clock stands still, and what waits for a while waits for as much longer.

use super::Run;
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_model::Event;

/// A pause of the whole run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub since: Timestamp,
    /// Until when: the first tick from then on ends it. Of one that is over, when it ended.
    pub until: Timestamp,
    /// Why, if the coordinator said.
    pub reason: Option<SmolStr>,
}

impl Run {
    /// The moment by which things are due: in a pause the one at which it began.
    pub(crate) fn clock(&self, now: Timestamp) -> Timestamp {
        self.paused.as_ref().map_or(now, |pause| pause.since.min(now))
    }

    /// The moment from which a period is counted: in a pause its end.
    pub(crate) fn counts_from(&self, now: Timestamp) -> Timestamp {
        self.paused.as_ref().map_or(now, |pause| pause.until.max(now))
    }

    /// The pauses in order, with the one that the run is in.
    pub fn pauses(&self) -> impl Iterator<Item = &Pause> {
        self.past_pauses.iter().chain(&self.paused)
    }

    /// How what is counted moves when the run is paused until a moment, or its pause ends then.
    pub(crate) fn shift(&self, now: Timestamp, to: Timestamp) -> Shift {
        Shift::new(self.paused.as_ref().map(|pause| pause.since), (self.counts_from(now), to), &self.zone)
    }

    /// For how long the run was paused between two moments. Whoever counts how long people did nothing takes it off.
    pub fn rested(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let within = self.pauses().map(|pause| pause.until.min(to).duration_since(pause.since.max(from)));
        within.filter(SignedDuration::is_positive).sum()
    }

    /// How long it is from one moment to a later one without the pauses between them; nothing if it is not later.
    pub fn lasted(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        (to.duration_since(from) - self.rested(from, to)).max(SignedDuration::ZERO)
    }

    /// Ends the run, and the pause that it is in.
    pub(super) fn end(&mut self, at: Timestamp) {
        self.ended = Some(at);
        self.end_pause(at);
    }

    fn end_pause(&mut self, at: Timestamp) {
        self.past_pauses.extend(self.paused.take().map(|pause| Pause { until: at, ..pause }));
    }

    /// Folds a pause or its end. Nothing is decided here: every deadline that moves is in the event.
    pub(super) fn apply_pause(&mut self, at: Timestamp, event: &Event) {
        let from = self.counts_from(at);
        let before = self.paused.as_ref().map(|pause| pause.since);
        let (to, deadlines) = match event {
            Event::RunPaused { until, reason, deadlines } => {
                let since = self.paused.as_ref().map_or(at, |pause| pause.since);
                self.paused = Some(Pause { since, until: *until, reason: reason.clone() });
                (*until, deadlines)
            }
            Event::RunUnpaused { deadlines } => {
                self.end_pause(at);
                (at, deadlines)
            }
            _ => return,
        };
        let shift = Shift::new(before, (from, to), &self.zone);
        for moved in deadlines {
            self.move_deadline(moved);
            // An amendment that counts the deadline anew has to come to the same.
            if let Some(journey) = self.journey_mut(moved.journey) {
                journey.memory.begin_at(moved.step, |began| shift.of(began, began));
            }
        }
    }
}

/// A moment as many days later, or earlier, as one moment is after another. A part of a day counts as a day: so what happens
/// at nine still happens at nine, whatever the clocks do in between, and nothing comes before the second moment that was to
/// come after the first, or by less than an hour.
pub(crate) fn later(at: Timestamp, (from, to): (Timestamp, Timestamp), zone: &TimeZone) -> Timestamp {
    on_another_day(at, days((from, to), zone), zone)
}

/// How many days lie between two moments by the local clock; a part of a day counts as a day, from an hour on: whoever pauses
/// the wrong run and unpauses it puts nothing off.
fn days((from, to): (Timestamp, Timestamp), zone: &TimeZone) -> i64 {
    const LESS_THAN_AN_HOUR: i64 = 3_599;
    let seconds = zone.to_datetime(to).duration_since(zone.to_datetime(from)).as_secs();
    -(LESS_THAN_AN_HOUR - seconds).div_euclid(24 * 3_600)
}

fn on_another_day(at: Timestamp, days: i64, zone: &TimeZone) -> Timestamp {
    let local = zone.to_datetime(at);
    let moved = Span::new().try_days(days).ok().and_then(|days| local.checked_add(days).ok());
    moved.and_then(|moved| moved.to_zoned(zone.clone()).ok()).map_or(at, |moved| moved.timestamp())
}

/// How what is counted from when it began moves with a pause, or with another end of one.
///
/// What began before the pause moves by the days of the whole pause, of which a part counts as one: however often the end
/// changes, it moves no further than if it had been the last end from the first. What began in the pause was counted from its
/// end, to the moment, and is counted from the new end. What began within a day before it may have moved beyond its end: that is
/// not what began in it.
#[derive(Debug, Clone)]
pub(crate) struct Shift {
    days: i64,
    /// The pause's end before and now, if it has begun already.
    ends: Option<(Timestamp, Timestamp)>,
    zone: TimeZone,
}

impl Shift {
    fn new(since: Option<Timestamp>, (from, to): (Timestamp, Timestamp), zone: &TimeZone) -> Self {
        let began = since.unwrap_or(from);
        let days = days((began, to), zone) - days((began, from), zone);
        Self { days, ends: since.map(|_| (from, to)), zone: zone.clone() }
    }

    /// Where a moment comes that belongs to something that began at another.
    pub(crate) fn of(&self, at: Timestamp, began: Timestamp) -> Timestamp {
        match self.ends {
            Some((from, to)) if began == from => at.checked_add(to.duration_since(from)).unwrap_or(at),
            _ => on_another_day(at, self.days, &self.zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_often_the_end_changes_nothing_moves_further() {
        let london = TimeZone::get("Europe/London").unwrap();
        let [since, morning, noon, next] =
            ["2026-03-10T10:00:00Z", "2026-03-10T11:30:00Z", "2026-03-10T15:30:00Z", "2026-03-11T11:30:00Z"]
                .map(|at| at.parse::<Timestamp>().unwrap());
        let week = "2026-03-17T09:00:00Z".parse::<Timestamp>().unwrap();
        let mut at = week;
        for (ends, expect) in [
            ((None, since, morning), "2026-03-18T09:00:00Z"),
            ((Some(since), morning, noon), "2026-03-18T09:00:00Z"),
            ((Some(since), noon, next), "2026-03-19T09:00:00Z"),
            ((Some(since), next, noon), "2026-03-18T09:00:00Z"),
            ((Some(since), noon, morning), "2026-03-18T09:00:00Z"),
        ] {
            let (since, from, to) = ends;
            let shift = Shift::new(since, (from, to), &london);
            at = shift.of(at, "2026-03-01T09:00:00Z".parse().unwrap());
            assert_eq!(at.to_string(), expect, "{ends:?}");
            // What was counted from the old end is counted from the new one.
            assert!(since.is_none() || shift.of(from, from) == to, "{ends:?}");
        }
    }

    #[test]
    fn what_moves_keeps_its_hour_and_comes_no_sooner() {
        let london = TimeZone::get("Europe/London").unwrap();
        for (at, from, to, expect) in [
            // Two weeks before the clocks change, and over it.
            ("2026-03-12T10:00:00Z", "2026-03-10T09:00:00Z", "2026-03-24T09:00:00Z", "2026-03-26T10:00:00Z"),
            ("2026-03-20T10:00:00Z", "2026-03-10T09:00:00Z", "2026-03-24T09:00:00Z", "2026-04-03T09:00:00Z"),
            // A part of a day is a day, from an hour on.
            ("2026-03-10T10:00:00Z", "2026-03-10T09:00:00Z", "2026-03-10T09:59:59Z", "2026-03-10T10:00:00Z"),
            ("2026-03-10T10:00:00Z", "2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z", "2026-03-11T10:00:00Z"),
            ("2026-03-10T10:00:00Z", "2026-03-10T09:00:00Z", "2026-03-24T09:30:00Z", "2026-03-24T10:00:00Z"),
            ("2026-03-10T10:00:00Z", "2026-03-10T09:00:00Z", "2026-03-24T14:00:00Z", "2026-03-25T10:00:00Z"),
            ("2026-03-10T10:00:00Z", "2026-03-10T09:00:00Z", "2026-03-24T00:00:00Z", "2026-03-24T10:00:00Z"),
            // And back.
            ("2026-04-03T09:00:00Z", "2026-03-24T09:00:00Z", "2026-03-10T09:00:00Z", "2026-03-20T10:00:00Z"),
            ("2026-04-03T09:00:00Z", "2026-03-24T09:00:00Z", "2026-03-10T12:00:00Z", "2026-03-21T10:00:00Z"),
            ("2026-04-03T09:00:00Z", "2026-03-24T09:00:00Z", "2026-03-24T09:00:00Z", "2026-04-03T09:00:00Z"),
            ("9999-12-30T22:00:00Z", "2026-03-10T00:00:00Z", "2026-03-24T00:00:00Z", "9999-12-30T22:00:00Z"),
        ] {
            let [at, from, to]: [Timestamp; 3] = [at, from, to].map(|at| at.parse().unwrap());
            assert_eq!(later(at, (from, to), &london).to_string(), expect, "{at} from {from} to {to}");
        }
    }
}
