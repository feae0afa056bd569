//! The hours that invented people keep: work is done in working hours on working days, and at night nobody does anything.
//!
//! A moment outside is moved by arithmetic alone, without a draw: what falls into one night or weekend keeps its order and
//! comes spread over the hours that follow, so that no stream of draws shifts and nothing piles up where the day begins.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use turnabout_model::Diary;

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hours {
    /// In working hours, on working days that are not kept free.
    Work,
    /// When a meeting of two begins: on the same days.
    Meeting,
    /// In people's own time, on any day.
    Own,
}

/// The hours of a day, in seconds after midnight.
struct Window {
    opens: i32,
    closes: i32,
    /// Over how long what waited for the day is spread.
    spread: i32,
}

const HOUR: i32 = 3_600;
const DAY: i32 = 24 * HOUR;

impl Hours {
    const fn window(self) -> Window {
        match self {
            // What came up overnight is done in the morning.
            Self::Work => Window { opens: 8 * HOUR, closes: 18 * HOUR, spread: 5 * HOUR },
            Self::Meeting => Window { opens: 9 * HOUR, closes: 17 * HOUR, spread: 8 * HOUR },
            Self::Own => Window { opens: 7 * HOUR, closes: 22 * HOUR, spread: 6 * HOUR },
        }
    }
}

/// How many days away the next hours are looked for. Where all of them are kept free, people act when they like.
const FURTHEST_DAYS: i32 = 100;

/// A calendar with the days on which nobody works.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    zone: TimeZone,
    diary: Diary,
}

impl Calendar {
    /// A calendar that keeps no day free but weekends.
    pub(super) fn new(zone: TimeZone) -> Self {
        Self { zone, diary: Diary::default() }
    }

    /// Keeps the days free that a diary does.
    pub(super) fn keep(&mut self, diary: &Diary) {
        self.diary = diary.clone();
    }

    /// The moment itself if it lies within the hours, or else one within the next.
    pub(super) fn next(&self, at: Timestamp, hours: Hours) -> Timestamp {
        let Window { opens, closes, spread } = hours.window();
        let (day, second) = self.local(at);
        let works = self.suits(day, hours);
        if works && (opens..closes).contains(&second) {
            return at;
        }
        // The time between: from the hours before it to those after it, in seconds from this day's midnight.
        let before = match self.walk(day, hours, Date::yesterday) {
            _ if works && second >= closes => closes,
            Some((_, days)) => closes - days * DAY,
            None => return at,
        };
        let (then, after) = match self.walk(day, hours, Date::tomorrow) {
            _ if works && second < opens => (day, opens),
            Some((then, days)) => (then, opens + days * DAY),
            None => return at,
        };
        let share = f64::from(second - before) / f64::from(after - before);
        self.moment(then, opens + portion(spread, share)).max(at)
    }

    /// A moment within the hours that lies between two: the next, or where that is too late, one before. Where there are no
    /// such hours between the two it is the moment itself.
    pub(super) fn within(&self, at: Timestamp, (from, until): (Timestamp, Timestamp), hours: Hours) -> Timestamp {
        let next = self.next(at, hours);
        if next < until { next } else { self.last(at, (from, until), hours) }
    }

    /// The moment itself if it lies within the hours, or else one within those before it, from `from` on.
    pub(super) fn by(&self, at: Timestamp, from: Timestamp, hours: Hours) -> Timestamp {
        if self.next(at, hours) == at { at } else { self.last(at, (from, at), hours) }
    }

    /// A moment within the last hours between two, as far into them as `at` lies in its own day.
    fn last(&self, at: Timestamp, (from, until): (Timestamp, Timestamp), hours: Hours) -> Timestamp {
        let Window { opens, closes, .. } = hours.window();
        let share = f64::from(self.local(at).1) / f64::from(DAY);
        let (first, earliest) = self.local(from);
        let (mut day, second) = self.local(until);
        let mut end = second.min(closes);
        for _ in 0..FURTHEST_DAYS {
            let begin = if day == first { earliest.max(opens) } else { opens };
            if day < first {
                break;
            }
            if begin < end && self.suits(day, hours) {
                return self.moment(day, begin + portion(end - begin, share)).max(from);
            }
            let Ok(before) = day.yesterday() else { break };
            (day, end) = (before, closes);
        }
        at
    }

    /// The next day that suits, one way or the other, and how many days away it is.
    fn walk(
        &self,
        mut day: Date,
        hours: Hours,
        step: impl Fn(Date) -> Result<Date, jiff::Error>,
    ) -> Option<(Date, i32)> {
        for days in 1..=FURTHEST_DAYS {
            day = step(day).ok()?;
            if self.suits(day, hours) {
                return Some((day, days));
            }
        }
        None
    }

    fn suits(&self, day: Date, hours: Hours) -> bool {
        hours == Hours::Own || (day.weekday().to_monday_zero_offset() < 5 && !self.diary.keeps_free(day))
    }

    /// A moment's day, and its second of that day.
    fn local(&self, at: Timestamp) -> (Date, i32) {
        let local = self.zone.to_offset(at).to_datetime(at);
        let second = i32::from(local.hour()) * HOUR + i32::from(local.minute()) * 60 + i32::from(local.second());
        (local.date(), second)
    }

    /// The moment of a second of a day. No clock changes in the hours that people keep.
    fn moment(&self, day: Date, second: i32) -> Timestamp {
        let part = |number: i32| i8::try_from(number).unwrap_or(0);
        let time = Time::constant(part(second / HOUR), part(second / 60 % 60), part(second % 60), 0);
        let local = day.to_datetime(time);
        let guess = TimeZone::UTC.to_timestamp(local).unwrap_or(Timestamp::MAX);
        // The offset at about that moment, and then the offset at that moment.
        let near = self.zone.to_offset(guess).to_timestamp(local).unwrap_or(guess);
        self.zone.to_offset(near).to_timestamp(local).unwrap_or(near)
    }
}

/// A share of some seconds, in whole minutes, less than all of them.
fn portion(seconds: i32, share: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation)] // at most a day
    let minutes = (f64::from(seconds) * share.clamp(0.0, 1.0) / 60.0) as i32;
    (minutes * 60).min(seconds - 1).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        let mut calendar = Calendar::new(TimeZone::get("Europe/London").unwrap());
        calendar.keep(&Diary { free: vec!["12-24..01-01".parse().unwrap()] });
        calendar
    }

    #[test]
    fn what_falls_outside_the_hours_comes_in_the_next_and_what_falls_inside_stays() {
        let calendar = calendar();
        for (hours, at, expect) in [
            // Tuesdays and Wednesdays, in summer: an hour ahead of UTC.
            (Hours::Work, "2026-06-02T10:17:30Z", "2026-06-02T10:17:30Z"),
            (Hours::Work, "2026-06-02T17:00:00Z", "2026-06-03T07:00:00Z"),
            (Hours::Work, "2026-06-03T00:00:00Z", "2026-06-03T09:30:00Z"),
            (Hours::Work, "2026-06-03T06:58:00Z", "2026-06-03T11:59:00Z"),
            (Hours::Meeting, "2026-06-02T16:10:00Z", "2026-06-03T08:05:00Z"),
            (Hours::Own, "2026-06-02T02:00:00Z", "2026-06-02T09:20:00Z"),
            (Hours::Own, "2026-06-06T19:00:00Z", "2026-06-06T19:00:00Z"),
            // A Saturday and a Sunday come spread over the Monday; clocks change in that night of March.
            (Hours::Work, "2026-06-06T13:00:00Z", "2026-06-08T08:36:00Z"),
            (Hours::Work, "2026-03-28T18:00:00Z", "2026-03-30T08:56:00Z"),
            // From the afternoon of 23 December until 4 January.
            (Hours::Work, "2026-12-23T18:01:00Z", "2027-01-04T08:00:00Z"),
            (Hours::Work, "2027-01-03T12:00:00Z", "2027-01-04T12:38:00Z"),
            (Hours::Own, "2026-12-25T12:00:00Z", "2026-12-25T12:00:00Z"),
        ] {
            assert_eq!(calendar.next(at.parse().unwrap(), hours).to_string(), expect, "{hours:?} {at}");
        }
    }

    #[test]
    fn what_has_to_be_done_before_a_moment_is_done_before_it() {
        let calendar = calendar();
        for (at, from, until, expect) in [
            // It closes at six in the morning: the evening before.
            ("2026-01-14T03:00:00Z", "2026-01-12T09:00:00Z", "2026-01-14T06:00:00Z", "2026-01-13T08:52:00Z"),
            // It closes at eight: within the hour after seven.
            ("2026-01-14T06:00:00Z", "2026-01-12T09:00:00Z", "2026-01-14T08:00:00Z", "2026-01-14T07:15:00Z"),
            // Nobody was asked before the night.
            ("2026-01-14T03:00:00Z", "2026-01-13T23:00:00Z", "2026-01-14T06:00:00Z", "2026-01-14T03:00:00Z"),
        ] {
            let [at, from, until] = [at, from, until].map(|moment| moment.parse().unwrap());
            assert_eq!(calendar.within(at, (from, until), Hours::Own).to_string(), expect, "{at}");
        }
        let (sunday, before) = ("2026-01-11T10:00:00Z".parse().unwrap(), "2026-01-01T00:00:00Z".parse().unwrap());
        assert_eq!(calendar.by(sunday, before, Hours::Work).to_string(), "2026-01-09T12:10:00Z");
    }

    #[test]
    fn a_night_keeps_its_order_and_does_not_pile_up() {
        let calendar = calendar();
        let dusk: Timestamp = "2026-06-02T21:00:00Z".parse().unwrap();
        let night = (0..540).step_by(10).map(|minutes| dusk + jiff::SignedDuration::from_mins(minutes));
        let mornings: Vec<_> = night.map(|at| calendar.next(at, Hours::Own)).collect();
        assert!(mornings.windows(2).all(|two| two[0] < two[1]), "{mornings:?}");
    }
}
