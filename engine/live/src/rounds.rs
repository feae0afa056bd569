//! Speed dating: the rounds of a session, with names and times, for the table plan.

use crate::{
    LiveError, Snapshot,
    views::{DateView, RoundView, RoundsView, SomebodyView},
};
use jiff::{SignedDuration, Timestamp};
use smol_str::format_smolstr;
use turnabout_core::matching::{self, Date};
use turnabout_model::{ParticipantId, Role, SessionId};

/// How long the rounds of a session are, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundLengths {
    /// A conversation: 1 to 120.
    pub talk: u32,
    /// The change of tables after it: 0 to 60.
    pub change: u32,
}

impl Snapshot<'_> {
    /// Plans the rounds of a session among those invited: as many as its time allows, until everybody has met everybody.
    /// Nobody meets somebody of their own line of management, or whom either would rather not.
    pub fn rounds(&self, session: SessionId, lengths: RoundLengths) -> Result<RoundsView, LiveError> {
        let planned = self.run.session(session).ok_or_else(|| LiveError::NotInRun(format_smolstr!("{session}")))?;
        let side = |role: Role| -> Vec<ParticipantId> {
            let invited = planned.plan.audience.iter();
            invited.filter(|id| self.run.participants.get(*id).is_some_and(|p| p.role == role)).copied().collect()
        };
        let (mentors, mentees) = (side(Role::Mentor), side(Role::Mentee));
        let each = SignedDuration::from_mins(i64::from(lengths.talk + lengths.change));
        let time =
            planned.plan.ends.duration_since(planned.plan.starts) + SignedDuration::from_mins(lengths.change.into());
        let fit = usize::try_from(time.as_secs() / each.as_secs().max(60)).unwrap_or(0);
        let apart = matching::kept_apart(self.run, self.people, &mentors, &mentees);
        let plan = matching::rounds(&mentors, &mentees, fit, apart);
        let round = |(number, dates): (i32, Vec<Date>)| {
            let starts = planned.plan.starts.saturating_add(each * number).unwrap_or(Timestamp::MAX);
            let ends = starts.saturating_add(SignedDuration::from_mins(lengths.talk.into())).unwrap_or(Timestamp::MAX);
            let date = |date: Date| DateView {
                table: date.table,
                mentor: self.somebody(date.mentor),
                mentee: self.somebody(date.mentee),
            };
            RoundView { starts, ends, dates: dates.into_iter().map(date).collect() }
        };
        let complete = fit >= mentors.len().max(mentees.len());
        let rounds = (0..).zip(plan).map(round).collect();
        let time_zone = self.run.zone.iana_name().unwrap_or("UTC").into();
        Ok(RoundsView { session: planned.plan.name.clone(), time_zone, complete, rounds })
    }

    fn somebody(&self, id: ParticipantId) -> SomebodyView {
        SomebodyView { id, name: self.people.get(id).map(|person| person.name.clone()).unwrap_or_default() }
    }
}
