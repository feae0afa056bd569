//! A clock of one's own: the HR system's, which only knows the hours for which its offices are open.

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use std::sync::{Mutex, PoisonError};
use turnabout_live::Clock;

/// A simulated clock that is moved from hour to hour, and stands at nine whenever the office is closed.
pub(crate) struct OfficeClock {
    now: Mutex<Timestamp>,
    zone: TimeZone,
}

impl OfficeClock {
    /// A clock that stands at a moment.
    pub(crate) fn at(now: Timestamp, zone: TimeZone) -> Self {
        Self { now: Mutex::new(now), zone }
    }

    /// Moves to a moment, or to nine o'clock of the next working day if the office is closed then. It never goes back.
    pub(crate) fn turn_to(&self, moment: Timestamp) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = self.open_at(moment).max(*now);
    }

    fn open_at(&self, moment: Timestamp) -> Timestamp {
        let mut at = moment.to_zoned(self.zone.clone());
        while at.weekday().to_monday_zero_offset() > 4 || !(9..18).contains(&at.hour()) {
            let day = if at.hour() < 9 { Ok(at.clone()) } else { at.checked_add(1.day()) };
            let opens = day.and_then(|day| day.with().hour(9).minute(0).second(0).subsec_nanosecond(0).build());
            // Past the end of the calendar there is no office to open.
            let Ok(opens) = opens else { return moment };
            at = if opens.weekday().to_monday_zero_offset() > 4 {
                match opens.checked_add(1.day()).and_then(|next| next.with().hour(0).build()) {
                    Ok(midnight) => midnight,
                    Err(_) => return moment,
                }
            } else {
                opens
            };
        }
        at.timestamp()
    }
}

// ANCHOR: clock
impl Clock for OfficeClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: clock

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_opens_at_nine_on_working_days() {
        for (moment, expect) in [
            ("2026-03-02T10:30:00Z", "2026-03-02T10:30:00Z"),
            ("2026-03-02T07:00:00Z", "2026-03-02T09:00:00Z"),
            ("2026-03-02T18:00:00Z", "2026-03-03T09:00:00Z"),
            ("2026-03-06T20:00:00Z", "2026-03-09T09:00:00Z"),
            ("2026-03-07T10:00:00Z", "2026-03-09T09:00:00Z"),
            ("2026-03-08T00:00:00Z", "2026-03-09T09:00:00Z"),
        ] {
            let clock = OfficeClock::at("2026-03-01T00:00:00Z".parse().unwrap(), TimeZone::UTC);
            clock.turn_to(moment.parse().unwrap());
            assert_eq!(clock.now().to_string(), expect, "{moment}");
        }
    }
}
