//! The load of each week: what it takes of mentors, of mentees, of the coordinator.

use crate::{html::words, limits::MAX_WEEKS};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use smol_str::SmolStr;
use turnabout_core::run::Run;
use turnabout_model::{Event, ParticipantId, ParticipantStatus, Role, SessionStatus, TaskKind};

/// One week of a run, from Monday to Sunday in its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub starts: Date,
    /// The sessions held in it, in order.
    pub sessions: Vec<SmolStr>,
    /// The meetings that took place.
    pub meetings: u32,
    /// Minutes that all mentors together spent in sessions and meetings.
    pub mentor_minutes: u64,
    /// Minutes that all mentees together spent in sessions and meetings.
    pub mentee_minutes: u64,
    /// What the coordinator did: applications answered, decisions taken, sessions noted as held or called off.
    pub coordinator: u32,
}

impl Week {
    fn empty(starts: Date) -> Self {
        let sessions = Vec::new();
        Self { starts, sessions, meetings: 0, mentor_minutes: 0, mentee_minutes: 0, coordinator: 0 }
    }

    fn spend(&mut self, role: Role, minutes: u64) {
        match role {
            Role::Mentor => self.mentor_minutes += minutes,
            Role::Mentee => self.mentee_minutes += minutes,
        }
    }

    /// Tells whether nothing at all happened in it.
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.meetings == 0 && self.coordinator == 0
    }
}

/// The Monday of a date's week.
pub(super) fn monday(date: Date) -> Date {
    let since = date.weekday().to_monday_zero_offset();
    date.checked_sub(i64::from(since).days()).unwrap_or(date)
}

/// Weeks one after another, found by a moment in them.
struct Calendar<'a> {
    weeks: Vec<Week>,
    zone: &'a TimeZone,
}

impl<'a> Calendar<'a> {
    fn new(from: Timestamp, to: Timestamp, zone: &'a TimeZone) -> Self {
        let last = monday(words::date(to, zone));
        let first = monday(words::date(from, zone));
        let mondays = first.series(1.week()).take_while(|monday| *monday <= last).take(MAX_WEEKS);
        Self { weeks: mondays.map(Week::empty).collect(), zone }
    }

    fn week(&mut self, at: Timestamp) -> Option<&mut Week> {
        let starts = monday(words::date(at, self.zone));
        let place = self.weeks.binary_search_by_key(&starts, |week| week.starts).ok()?;
        self.weeks.get_mut(place)
    }
}

/// Counts every week of a run, quiet ones too.
pub(super) fn weeks(run: &Run, events: &[(Timestamp, Event)], to: Timestamp) -> Vec<Week> {
    let mut calendar = Calendar::new(run.started, to, &run.zone);
    let role = |id: &ParticipantId| run.participants.get(id).map(|participant| participant.role);
    let mut sessions: Vec<_> = run.sessions.iter().filter(|s| s.status == SessionStatus::Held).collect();
    sessions.sort_by_key(|session| session.plan.starts);
    for session in sessions {
        let Some(week) = calendar.week(session.plan.starts) else { continue };
        week.sessions.push(session.plan.name.clone());
        let lasts = session.plan.ends.duration_since(session.plan.starts).as_mins();
        for role in session.attended.iter().filter_map(role) {
            week.spend(role, u64::try_from(lasts).unwrap_or(0));
        }
    }
    for meeting in run.meetings.iter().filter(|meeting| meeting.took_place) {
        let Some(week) = calendar.week(meeting.on) else { continue };
        week.meetings += 1;
        week.spend(Role::Mentor, meeting.minutes.into());
        week.spend(Role::Mentee, meeting.minutes.into());
    }
    for (at, event) in events {
        if is_the_coordinators(run, event)
            && let Some(week) = calendar.week(*at)
        {
            week.coordinator += 1;
        }
    }
    calendar.weeks
}

/// Tells whether an event is something that the coordinator did.
fn is_the_coordinators(run: &Run, event: &Event) -> bool {
    match event {
        Event::ParticipantStatusChanged { status, .. } => {
            use ParticipantStatus::{Accepted, Declined, Waiting};
            matches!(status, Accepted | Declined | Waiting)
        }
        Event::SessionHeld { .. } | Event::SessionCancelled { .. } | Event::SessionRescheduled { .. } => true,
        // Such a task closes with the note that the session was held, which is counted.
        Event::TaskClosed { task, .. } => run.task(*task).is_none_or(|task| task.kind != TaskKind::RecordAttendance),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::Story;

    #[test]
    fn a_week_starts_on_monday() {
        for (date, expect) in [("2026-01-05", "2026-01-05"), ("2026-01-11", "2026-01-05"), ("2026-01-01", "2025-12-29")]
        {
            assert_eq!(monday(date.parse().unwrap()).to_string(), expect, "{date}");
        }
    }

    #[test]
    fn hours_fall_into_the_week_of_the_zone() {
        let mut story = Story::begin("2026-01-05T09:00:00Z", "Europe/London");
        let (mentor, mentee) = (story.mentor(), story.mentee());
        story.session("training", "2026-01-14T10:00:00Z", 120, &[mentor]);
        let pair = story.pair("2026-01-15T10:00:00Z", mentor, mentee);
        // Sunday night in London is already Monday in summer time.
        story.meeting(pair, "2026-07-05T23:30:00Z", 60);
        let weeks = weeks(&story.run, &story.events, "2026-07-08T00:00:00Z".parse().unwrap());
        assert_eq!(weeks.len(), 27);
        assert_eq!((weeks[1].mentor_minutes, weeks[1].mentee_minutes), (120, 0));
        assert_eq!(weeks[1].sessions, ["training"]);
        assert_eq!((weeks[26].meetings, weeks[26].mentor_minutes, weeks[26].mentee_minutes), (1, 60, 60));
        assert!(weeks[25].is_empty());
        // Two applications answered, one session noted.
        assert_eq!((weeks[0].coordinator, weeks[1].coordinator), (2, 1));
    }
}
