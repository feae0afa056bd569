//! Ending things early: a lost race, an ended loop, a cancelled journey, a run that is over.

use super::Deciding;
use crate::run::WaitKey;
use turnabout_model::{Event, JourneyId, SessionStatus, StepKey, Wait};

impl Deciding<'_> {
    /// Drops every step that waits inside a composite.
    pub(super) fn drop_inside(&mut self, journey: JourneyId, composite: StepKey) {
        let Some(memory) = self.run.journey(journey).map(|journey| &journey.memory) else { return };
        for step in memory.waiting_inside(composite) {
            self.drop_step(journey, step);
        }
    }

    /// Drops one waiting step and lets go of what it waited for.
    fn drop_step(&mut self, journey: JourneyId, step: StepKey) {
        let Some(wait) = self.run.wait_of(journey, step).cloned() else { return };
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
            Wait::Task(task) => self.close_task(task),
            Wait::Proposal(proposal) => {
                let review = self.run.tasks.iter().find(|t| t.proposal == Some(proposal) && t.choice.is_none());
                if let Some(task) = review.map(|task| task.id) {
                    self.close_task(task);
                }
            }
            Wait::Recruitment { .. } => {
                let label = self.run.journey(journey).and_then(|j| j.memory.address(step)).map(|a| a.label.clone());
                if let Some(label) = label {
                    self.emit(Event::RecruitmentClosed { label });
                }
            }
            Wait::Until(_) | Wait::Session(_) | Wait::Signal { .. } | Wait::Branches { .. } => {}
        }
        self.emit(Event::StepDropped { journey, step });
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
    }
}
