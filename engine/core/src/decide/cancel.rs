//! Ending things early: a lost race, an ended loop, a cancelled journey, a run that is over.

use super::Deciding;
use crate::run::{Journey, Session, WaitKey};
use turnabout_model::{
    AgreementId, Event, JourneyCause, JourneyId, PairId, SessionId, SessionStatus, StepKey, Value, Wait,
};

impl Deciding<'_> {
    /// Drops every step that waits inside a composite.
    pub(super) fn drop_inside(&mut self, journey: JourneyId, composite: StepKey) {
        let Some(memory) = self.run.journey(journey).map(|journey| &journey.memory) else { return };
        for step in memory.waiting_inside(composite) {
            self.drop_step(journey, step);
        }
    }

    /// Drops one waiting step and lets go of what it waited for.
    pub(super) fn drop_step(&mut self, journey: JourneyId, step: StepKey) {
        let Some(wait) = self.run.wait_of(journey, step).cloned() else { return };
        let label = self.run.journey(journey).and_then(|j| j.memory.address(step)).map(|a| a.label.clone());
        // It no longer waits before its children end, so that their end doesn't give it its value.
        self.emit(Event::StepDropped { journey, step });
        match wait {
            Wait::Children(children) => {
                for child in children {
                    self.cancel_journey(child);
                }
            }
            Wait::Wave { wave, .. } => {
                if self.run.wave(wave).is_some_and(|wave| wave.open) {
                    self.emit(Event::WaveClosed { wave });
                }
            }
            Wait::Agreement { agreement, .. } => self.close_agreement(agreement),
            Wait::Task(task) => self.close_task(task),
            Wait::Proposal(proposal) => {
                let review = self.run.tasks.iter().find(|t| t.proposal == Some(proposal) && t.choice.is_none());
                if let Some(task) = review.map(|task| task.id) {
                    self.close_task(task);
                }
            }
            Wait::Recruitment { .. } => {
                if let Some(label) = label {
                    self.emit(Event::RecruitmentClosed { label });
                }
            }
            Wait::Session(session) => self.call_off(session),
            // Of an errand the outside is not told; its answer comes too late.
            Wait::Errand(_) | Wait::Until(_) | Wait::Signal { .. } | Wait::Branches { .. } => {}
        }
    }

    /// Takes a session that nothing waits for any more out of the diary and tells who was invited. One that has begun
    /// stays: somebody may have come.
    fn call_off(&mut self, id: SessionId) {
        let to_come = |s: &&Session| s.status == SessionStatus::Planned && s.plan.starts > self.context.now;
        let Some(audience) = self.run.session(id).filter(to_come).map(|s| s.plan.audience.clone()) else { return };
        self.emit(Event::SessionCancelled { session: id, reason: "no-longer-needed".into() });
        self.queue_if_any("session-cancelled", &audience, &Value::map([("session", Value::text(id))]));
    }

    /// Ends a pair and cancels the journeys about it, but not the one that asks and those that wait for that.
    pub(crate) fn end_pair(&mut self, id: PairId, reason: &str, asking: Option<JourneyId>) {
        self.emit(Event::PairEnded { pair: id, reason: reason.into() });
        let mut spared = Vec::new();
        let mut next = asking;
        while let Some(journey) = next {
            spared.push(journey);
            next = self.run.journey(journey).and_then(|journey| match journey.cause {
                JourneyCause::Each { parent, .. } => Some(parent),
                JourneyCause::Programme | JourneyCause::Handler => None,
            });
        }
        let about = |j: &&Journey| matches!(j.cause, JourneyCause::Each { pair: Some(pair), .. } if pair == id);
        let about = self.run.journeys.iter().filter(|j| !j.ended() && !spared.contains(&j.id)).filter(about);
        for journey in about.map(|journey| journey.id).collect::<Vec<_>>() {
            self.cancel_journey(journey);
        }
        // Whoever else waits for the two to sign waits no longer.
        let unsigned: Vec<_> = self.run.agreements.iter().filter(|a| a.open && a.pair == id).map(|a| a.id).collect();
        for agreement in unsigned {
            self.close_agreement(agreement);
            self.review(&WaitKey::Agreement(agreement));
        }
    }

    fn close_agreement(&mut self, agreement: AgreementId) {
        if self.run.agreement(agreement).is_some_and(|agreement| agreement.open) {
            self.emit(Event::AgreementClosed { agreement });
        }
    }

    fn close_task(&mut self, task: turnabout_model::TaskId) {
        if self.run.task(task).is_some_and(|task| task.choice.is_none()) {
            self.emit(Event::TaskClosed { task, choice: "no-longer-needed".into() });
        }
    }

    /// Cancels a journey: it passes through a journaled state in which its children end first.
    pub(super) fn cancel_journey(&mut self, id: JourneyId) {
        let Some(journey) = self.run.journey(id).filter(|journey| !journey.ended()) else { return };
        let waiting: Vec<StepKey> = {
            let mut steps: Vec<_> = journey.memory.waiting().map(|(step, ..)| step).collect();
            steps.sort_unstable();
            steps
        };
        self.emit(Event::JourneyCancelling { journey: id });
        for step in waiting {
            self.drop_step(id, step);
        }
        self.emit(Event::JourneyCancelled { journey: id });
        self.ended(id);
    }

    /// Tells the parent of a journey that has ended.
    pub(super) fn ended(&mut self, journey: JourneyId) {
        self.review(&WaitKey::Child(journey));
    }

    /// Calls off what is still planned and closes what is still open when a run is over.
    pub(super) fn tidy(&mut self, reason: &str) {
        let planned: Vec<_> = self.run.sessions.iter().filter(|s| s.status == SessionStatus::Planned).collect();
        let planned: Vec<_> = planned.into_iter().map(|s| s.plan.session).collect();
        for session in planned {
            self.emit(Event::SessionCancelled { session, reason: reason.into() });
        }
        let open: Vec<_> = self.run.tasks.iter().filter(|t| t.choice.is_none()).map(|t| t.id).collect();
        for task in open {
            self.close_task(task);
        }
        let open: Vec<_> = self.run.waves.iter().filter(|w| w.open).map(|w| w.id).collect();
        for wave in open {
            self.emit(Event::WaveClosed { wave });
        }
        let open: Vec<_> = self.run.agreements.iter().filter(|a| a.open).map(|a| a.id).collect();
        for agreement in open {
            self.close_agreement(agreement);
        }
    }
}
