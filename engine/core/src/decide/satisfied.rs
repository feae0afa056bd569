//! Whether a waiting step has what it waits for, and its value if so.

use super::Deciding;
use crate::{
    run::{JourneyStatus, Run},
    verbs::{agreement_value, cohort_value},
};
use turnabout_model::{Event, JourneyId, SessionId, SessionStatus, StepKey, Value, Wait, WaveId};

impl Deciding<'_> {
    /// Completes a step if it has what it waits for. Steps of parked journeys are left until they are resumed.
    pub(super) fn review_step(&mut self, journey: JourneyId, step: StepKey) {
        if !self.run.journey(journey).is_some_and(crate::run::Journey::active) {
            return;
        }
        let Some(wait) = self.run.wait_of(journey, step).cloned() else { return };
        if let Some(value) = self.satisfied(journey, step, &wait) {
            self.complete(journey, step, value);
        }
    }

    pub(super) fn satisfied(&mut self, journey: JourneyId, step: StepKey, wait: &Wait) -> Option<Value> {
        let now = self.run.clock(self.context.now);
        match wait {
            Wait::Until(at) => (now >= *at).then(|| Value::map([("timed_out", true.into())])),
            Wait::Recruitment { closes } => {
                let label = self.run.journey(journey)?.memory.address(step)?.label.clone();
                let open = self.run.recruitments.iter().any(|r| r.label == label && r.open);
                if open && now < *closes {
                    return None;
                }
                if open {
                    self.emit(Event::RecruitmentClosed { label });
                }
                Some(cohort_value(self.run))
            }
            Wait::Session(session) => session_value(self.run, *session),
            Wait::Wave { wave, closes } => {
                let part = self.run.wave(*wave)?;
                let everyone = part.audience.iter().all(|who| {
                    part.responded.contains(who)
                        || self
                            .run
                            .participants
                            .get(who)
                            .is_some_and(|p| p.status == turnabout_model::ParticipantStatus::Withdrawn)
                });
                if part.open && !everyone && now < *closes {
                    return None;
                }
                if part.open {
                    self.emit(Event::WaveClosed { wave: *wave });
                }
                wave_value(self.run, *wave)
            }
            Wait::Agreement { agreement, closes } => {
                let part = self.run.agreement(*agreement)?;
                let (open, complete) = (part.open, part.is_complete());
                if open && !complete && now < *closes {
                    return None;
                }
                if open {
                    self.emit(Event::AgreementClosed { agreement: *agreement });
                }
                Some(agreement_value(self.run.agreement(*agreement)?, open && !complete))
            }
            Wait::Proposal(proposal) => {
                let pairs = self.run.proposal(*proposal)?.published.as_ref()?;
                let pairs = pairs.iter().filter_map(|id| self.run.pair(*id)).map(crate::run::Pair::value);
                Some(Value::List(pairs.collect()))
            }
            Wait::Signal { name, subject } => {
                let (signal, letter) = self.run.mailbox.oldest(name, *subject)?;
                let mut payload = letter.payload.clone();
                // A script that races a letter against time asks which of the two it was.
                if let Value::Map(fields) = &mut payload {
                    fields.entry("timed_out".into()).or_insert(false.into());
                }
                self.emit(Event::SignalTaken { signal });
                Some(payload)
            }
            Wait::Task(task) => self.run.task(*task)?.choice.clone().map(Value::from),
            Wait::Errand(errand) => self.run.errand(*errand)?.answer.clone(),
            Wait::Children(children) => {
                let mut results = Vec::with_capacity(children.len());
                for child in children {
                    results.push(match &self.run.journey(*child)?.status {
                        JourneyStatus::Finished(value) => value.clone(),
                        JourneyStatus::Cancelled => Value::map([("cancelled", true.into())]),
                        JourneyStatus::Active | JourneyStatus::Parked(_) | JourneyStatus::Cancelling => return None,
                    });
                }
                Some(Value::List(results))
            }
            Wait::Branches { .. } => None,
        }
    }
}

/// What `hold` returns: who came and who did not.
fn session_value(run: &Run, session: SessionId) -> Option<Value> {
    let session = run.session(session)?;
    let held = match session.status {
        SessionStatus::Planned => return None,
        SessionStatus::Held => true,
        SessionStatus::Cancelled => false,
    };
    // Whoever has left since the invitation has not missed anything.
    let missed = session.plan.audience.iter().filter(|who| {
        !session.attended.contains(who)
            && run.participants.get(who).is_some_and(|p| p.status == turnabout_model::ParticipantStatus::Accepted)
    });
    Some(Value::map([
        ("session", Value::text(session.plan.session)),
        ("held", held.into()),
        ("attended", session.attended.iter().map(Value::text).collect::<Vec<_>>().into()),
        ("missed", missed.map(Value::text).collect::<Vec<_>>().into()),
        ("timed_out", false.into()),
    ]))
}

/// What `survey` returns: how many answered, never what.
fn wave_value(run: &Run, wave: WaveId) -> Option<Value> {
    let wave = run.wave(wave)?;
    let count = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    Some(Value::map([
        ("wave", Value::text(wave.id)),
        ("invited", count(wave.audience.len())),
        ("completed", count(wave.responded.len())),
        ("timed_out", false.into()),
    ]))
}
