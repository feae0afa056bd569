//! What lies in which month and week: held, planned, forecast.

use super::{Ask, Spread, Way, spread::spread};
use crate::run::Run;
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use turnabout_model::{Event, SessionStatus};

/// The most months and weeks that a forecast tells of; it goes on for five years at most.
const MOST_WEEKS: usize = 270;

/// A month of a run, in its time zone. Of the present month, what was held is what was held before the forecast, and what is
/// forecast comes after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Month {
    /// Its first day.
    pub month: Date,
    /// Meetings of pairs that took place.
    pub meetings_held: usize,
    /// Meetings of pairs to come.
    pub meetings: Spread<usize>,
    /// Sessions that were held.
    pub sessions_held: usize,
    /// Sessions that stand in the diary.
    pub sessions_planned: usize,
    /// Sessions to come, those in the diary too.
    pub sessions: Spread<usize>,
}

/// A week to come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday, in the run's time zone.
    pub starts: Date,
    /// Tasks that are opened for the coordinator in it.
    pub tasks: Spread<usize>,
}

/// Counts by the first day of a month or week.
type Counts = BTreeMap<Date, usize>;

/// When things to come are, in one way on.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Days {
    meetings: Counts,
    sessions: Counts,
    tasks: Counts,
}

fn day(run: &Run, at: Timestamp) -> Date {
    run.zone.to_datetime(at).date()
}

fn month(run: &Run, at: Timestamp) -> Date {
    day(run, at).first_of_month()
}

fn week(run: &Run, at: Timestamp) -> Date {
    let day = day(run, at);
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

fn count(days: impl Iterator<Item = Date>) -> Counts {
    days.fold(Counts::new(), |mut counts, day| {
        *counts.entry(day).or_default() += 1;
        counts
    })
}

impl Days {
    /// Counts what came after the forecast began.
    pub(crate) fn of(ask: Ask<'_>, run: &Run, events: &[(Timestamp, Event)]) -> Self {
        let before = ask.run.meetings.len();
        let meetings = run.meetings.iter().skip(before).filter(|meeting| meeting.took_place);
        let sessions = run.sessions.iter().enumerate().filter(|(place, session)| {
            let was_held = ask.run.sessions.get(*place).is_some_and(|before| before.status == SessionStatus::Held);
            session.status == SessionStatus::Held && !was_held
        });
        let tasks = events.iter().filter(|(_, event)| matches!(event, Event::TaskOpened { .. }));
        Self {
            meetings: count(meetings.map(|meeting| month(run, meeting.on.max(ask.now)))),
            sessions: count(sessions.map(|(_, session)| month(run, session.plan.starts))),
            tasks: count(tasks.map(|(at, _)| week(run, *at))),
        }
    }
}

/// How many there are of something in a month or week of each way on.
fn over(ways: &[Way], on: Date, counts: impl Fn(&Days) -> &Counts) -> Spread<usize> {
    spread(ways.iter().map(|way| counts(&way.days).get(&on).copied().unwrap_or(0)).collect(), Ord::cmp)
}

/// The months from the first that anything lies in to the last.
pub(super) fn months(ask: Ask<'_>, ways: &[Way]) -> Vec<Month> {
    let run = ask.run;
    let meetings = run.meetings.iter().filter(|meeting| meeting.took_place);
    let meetings_held = count(meetings.map(|meeting| month(run, meeting.on)));
    let such = |status| {
        let sessions = run.sessions.iter().filter(move |session| session.status == status);
        count(sessions.map(|session| month(run, session.plan.starts)))
    };
    let (sessions_held, sessions_planned) = (such(SessionStatus::Held), such(SessionStatus::Planned));
    // A pause is shown, though nothing lies in it.
    let paused = run.pauses().flat_map(|pause| [pause.since, pause.until]).map(|at| (month(run, at), 0)).collect();
    let known = [&meetings_held, &sessions_held, &sessions_planned, &paused];
    let counts = known.into_iter().chain(ways.iter().flat_map(|way| [&way.days.meetings, &way.days.sessions]));
    let of = |counts: &Counts, month| counts.get(&month).copied().unwrap_or(0);
    series(counts, 1.month())
        .map(|month| Month {
            month,
            meetings_held: of(&meetings_held, month),
            meetings: over(ways, month, |days| &days.meetings),
            sessions_held: of(&sessions_held, month),
            sessions_planned: of(&sessions_planned, month),
            sessions: over(ways, month, |days| &days.sessions),
        })
        .collect()
}

/// The weeks from the first with a task to the last.
pub(super) fn weeks(ways: &[Way]) -> Vec<Week> {
    let weeks = series(ways.iter().map(|way| &way.days.tasks), 7.days());
    weeks.map(|starts| Week { starts, tasks: over(ways, starts, |days| &days.tasks) }).collect()
}

/// The days from the first to the last, a step apart.
fn series<'a>(counts: impl Iterator<Item = &'a Counts>, step: jiff::Span) -> impl Iterator<Item = Date> {
    let ends = counts.flat_map(|counts| counts.keys().copied());
    let ends = ends.fold(None, |ends, day| {
        let (first, last) = ends.unwrap_or((day, day));
        Some((day.min(first), day.max(last)))
    });
    ends.into_iter()
        .flat_map(move |(first, last)| first.series(step).take_while(move |day| *day <= last))
        .take(MOST_WEEKS)
}
