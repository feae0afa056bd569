//! A participant's own record: what they came to and how often their pairs say that they met.

use crate::{LiveError, Snapshot};
use jiff::Timestamp;
use smol_str::format_smolstr;
use turnabout_core::run::{Pair, Run, RunStatus};
use turnabout_model::{ParticipantId, ParticipantStatus, SessionStatus};
use turnabout_render::{messages::TookPart, pages::Certificate};

/// The kinds of session that count as training.
const TRAINING: [&str; 2] = ["training", "briefing"];
/// The kinds of session that a certificate names. That somebody spoke in a focus group or sought support is nobody's
/// business.
const NAMED: [&str; 6] = ["training", "briefing", "engagement", "speed-dating", "celebration", "closing"];
/// Why a pair ended that went all the way, as templates say it.
const COMPLETED: &str = "completed";

impl Snapshot<'_> {
    /// What a participant did in the run. It tells nothing about others, and nothing that anybody said.
    pub fn took_part(&self, participant: ParticipantId) -> TookPart {
        let came = self
            .run
            .sessions
            .iter()
            .filter(|session| session.status == SessionStatus::Held && session.attended.contains(&participant))
            .filter(|session| NAMED.contains(&session.plan.kind.as_str()));
        let mut came: Vec<_> = came.collect();
        came.sort_by_key(|session| (session.plan.starts, session.plan.session));
        let minutes: i64 = came
            .iter()
            .filter(|session| TRAINING.contains(&session.plan.kind.as_str()))
            .map(|session| session.plan.ends.duration_since(session.plan.starts).as_mins())
            .sum();
        let own = |pair| self.run.pair(pair).is_some_and(|pair| pair.partner_of(participant).is_some());
        let met: Vec<Timestamp> =
            self.run.meetings.iter().filter(|m| m.took_place && own(m.pair)).map(|meeting| meeting.on).collect();
        let moments = || came.iter().map(|session| session.plan.starts).chain(met.iter().copied());
        let title = |name: &str, diary: &str| {
            let kind = self.bundle.programme.sessions.get(diary);
            kind.map_or_else(|| name.to_owned(), |kind| kind.title.clone())
        };
        TookPart {
            sessions: came.iter().map(|s| (title(&s.plan.name, &s.plan.diary), s.plan.starts)).collect(),
            training_minutes: u32::try_from(minutes).unwrap_or(0),
            meetings: met.len(),
            span: moments().min().zip(moments().max()),
        }
    }

    /// The certificate of somebody who completed the programme: a pair of theirs came to its end, or the run did and they
    /// had not left; whoever came to nothing and met nobody has none.
    pub fn certificate(&self, id: ParticipantId) -> Result<Certificate, LiveError> {
        let unknown = || LiveError::NotInRun(format_smolstr!("{id}"));
        if !self.run.participants.contains_key(&id) {
            return Err(unknown());
        }
        let person = self.people.get(id).ok_or_else(unknown)?;
        let took_part = self.took_part(id);
        let did_something = took_part.meetings > 0 || !took_part.sessions.is_empty();
        if !(completed(self.run, id) && did_something) {
            return Err(LiveError::NotCompleted(id));
        }
        Ok(Certificate {
            name: person.name.clone(),
            role: person.role,
            organisation: self.contacts.organisation.clone().unwrap_or_else(|| self.run.client.to_string()),
            summary: self.bundle.programme.summary.clone(),
            took_part,
            zone: self.run.zone.clone(),
        })
    }
}

/// Tells whether somebody completed the programme: a pair of theirs came to its end, or the run did, and they had not left.
pub(crate) fn completed(run: &Run, id: ParticipantId) -> bool {
    let own = |pair: &&Pair| pair.partner_of(id).is_some();
    let completed = || run.pairs.iter().filter(own).any(|pair| pair.ended.as_deref() == Some(COMPLETED));
    let finished = || run.status() == RunStatus::Finished;
    let stayed = run.participants.get(&id).is_some_and(|p| p.status == ParticipantStatus::Accepted);
    stayed && (completed() || finished())
}
