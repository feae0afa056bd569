//! Who waits for what, and until when: indexes over the waiting steps of a run.

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{
    AgreementId, ErrandId, JourneyId, ProposalId, SessionId, SignalSubject, StepKey, TaskId, Wait, WaveId,
};

/// What a waiting step can be found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WaitKey {
    /// Applications.
    Recruitment,
    /// A session.
    Session(SessionId),
    /// A wave.
    Wave(WaveId),
    /// An agreement.
    Agreement(AgreementId),
    /// A proposal.
    Proposal(ProposalId),
    /// A task.
    Task(TaskId),
    /// An errand.
    Errand(ErrandId),
    /// A letter.
    Signal(SmolStr, SignalSubject),
    /// A child journey.
    Child(JourneyId),
}

/// Something that is to happen at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alarm {
    /// A step's waiting ends.
    Step(JourneyId, StepKey),
    /// A session's reminder goes out.
    Remind(SessionId),
    /// A survey's reminder goes out.
    RemindWave(WaveId),
    /// A session is over and nobody has said who came.
    Overdue(SessionId),
}

/// The waiting steps of a run, by what they wait for and by when they end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Waits {
    by_key: FxHashMap<WaitKey, Vec<(JourneyId, StepKey)>>,
    /// By moment, and at one moment in the order in which they were set.
    alarms: BTreeMap<(Timestamp, u64), Alarm>,
    places: FxHashMap<Alarm, (Timestamp, u64)>,
    set: u64,
}

impl Waits {
    /// The steps that wait for something, in the order in which they began.
    pub fn on(&self, key: &WaitKey) -> Vec<(JourneyId, StepKey)> {
        self.by_key.get(key).cloned().unwrap_or_default()
    }

    /// The alarms in the order in which they are due.
    pub fn alarms(&self) -> impl Iterator<Item = (Timestamp, Alarm)> {
        self.alarms.iter().map(|((at, _), alarm)| (*at, *alarm))
    }

    /// When an alarm is due, if it is set.
    pub(crate) fn due(&self, alarm: Alarm) -> Option<Timestamp> {
        self.places.get(&alarm).map(|(at, _)| *at)
    }

    pub(super) fn add(&mut self, journey: JourneyId, step: StepKey, wait: &Wait) {
        if let Some(at) = deadline(wait) {
            self.set_alarm(at, Alarm::Step(journey, step));
        }
        for key in keys(wait) {
            self.by_key.entry(key).or_default().push((journey, step));
        }
    }

    /// Adds a step that an amendment has moved, by its verb.
    pub(super) fn add_moved(&mut self, verb: &str, journey: JourneyId, step: StepKey, wait: &Wait) {
        self.add(journey, step, wait);
        // `every` lets its last round finish, however long that takes: its end is no moment at which anything happens.
        if verb == "every" {
            self.clear_alarm(Alarm::Step(journey, step));
        }
    }

    pub(super) fn remove(&mut self, journey: JourneyId, step: StepKey, wait: &Wait) {
        self.clear_alarm(Alarm::Step(journey, step));
        for key in keys(wait) {
            if let Some(waiting) = self.by_key.get_mut(&key) {
                waiting.retain(|other| *other != (journey, step));
                if waiting.is_empty() {
                    self.by_key.remove(&key);
                }
            }
        }
    }

    /// Sets an alarm; one that was set before moves.
    pub(super) fn set_alarm(&mut self, at: Timestamp, alarm: Alarm) {
        self.clear_alarm(alarm);
        self.set += 1;
        self.alarms.insert((at, self.set), alarm);
        self.places.insert(alarm, (at, self.set));
    }

    pub(super) fn clear_alarm(&mut self, alarm: Alarm) {
        if let Some(place) = self.places.remove(&alarm) {
            self.alarms.remove(&place);
        }
    }
}

/// When a step's waiting ends by itself.
pub(crate) fn deadline(wait: &Wait) -> Option<Timestamp> {
    match wait {
        Wait::Until(at)
        | Wait::Recruitment { closes: at }
        | Wait::Wave { closes: at, .. }
        | Wait::Agreement { closes: at, .. } => Some(*at),
        Wait::Branches { ends, .. } => *ends,
        Wait::Session(_)
        | Wait::Proposal(_)
        | Wait::Signal { .. }
        | Wait::Task(_)
        | Wait::Errand(_)
        | Wait::Children(_) => None,
    }
}

fn keys(wait: &Wait) -> Vec<WaitKey> {
    match wait {
        Wait::Until(_) | Wait::Branches { .. } => Vec::new(),
        Wait::Recruitment { .. } => vec![WaitKey::Recruitment],
        Wait::Session(id) => vec![WaitKey::Session(*id)],
        Wait::Wave { wave, .. } => vec![WaitKey::Wave(*wave)],
        Wait::Agreement { agreement, .. } => vec![WaitKey::Agreement(*agreement)],
        Wait::Proposal(id) => vec![WaitKey::Proposal(*id)],
        Wait::Task(id) => vec![WaitKey::Task(*id)],
        Wait::Errand(id) => vec![WaitKey::Errand(*id)],
        Wait::Signal { name, subject } => vec![WaitKey::Signal(name.clone(), *subject)],
        Wait::Children(children) => children.iter().map(|child| WaitKey::Child(*child)).collect(),
    }
}
