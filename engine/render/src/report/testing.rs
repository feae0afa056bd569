//! A run told event by event, for tests.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use turnabout_core::run::Run;
use turnabout_model::{
    BundleHash, Event, MeetingForm, PairId, ParticipantId, ParticipantStatus, Recipient, Role, RunId, SessionPlan,
    Value,
};

/// A run with everything that happened in it.
pub(super) struct Story {
    pub(super) run: Run,
    pub(super) events: Vec<(Timestamp, Event)>,
}

impl Story {
    /// A run that has just started.
    pub(super) fn begin(at: &str, zone: &str) -> Self {
        let mut story = Self { run: Run::default(), events: Vec::new() };
        assert!(TimeZone::get(zone).is_ok());
        story.tell(
            at,
            Event::RunStarted {
                run: RunId::from_bits(7),
                bundle: BundleHash("00".into()),
                template: "example".into(),
                template_version: "1.0.0".into(),
                client: "rehearsal".into(),
                settings: Value::Null,
                time_zone: zone.into(),
                seed: 7,
                renews: None,
            },
        );
        story
    }

    /// Something happens.
    pub(super) fn tell(&mut self, at: &str, event: Event) {
        let at = at.parse().unwrap();
        self.run.apply(at, &event);
        self.events.push((at, event));
    }

    pub(super) fn mentor(&mut self) -> ParticipantId {
        self.join(Role::Mentor)
    }

    pub(super) fn mentee(&mut self) -> ParticipantId {
        self.join(Role::Mentee)
    }

    fn join(&mut self, role: Role) -> ParticipantId {
        let participant = self.run.next_participant();
        let at = self.run.started.to_string();
        self.tell(&at, Event::ParticipantAdded { participant, role, status: ParticipantStatus::Applied });
        self.tell(&at, Event::ParticipantStatusChanged { participant, status: ParticipantStatus::Accepted });
        participant
    }

    pub(super) fn withdraw(&mut self, participant: ParticipantId, at: &str) {
        self.tell(at, Event::ParticipantStatusChanged { participant, status: ParticipantStatus::Withdrawn });
    }

    pub(super) fn stage(&mut self, at: &str, stage: &str) {
        self.tell(at, Event::StageReached { stage: stage.into() });
    }

    /// A session that is held when it ends.
    pub(super) fn session(&mut self, name: &str, starts: &str, minutes: i64, attended: &[ParticipantId]) {
        let session = self.run.next_session();
        let from: Timestamp = starts.parse().unwrap();
        let ends = from + SignedDuration::from_mins(minutes);
        let plan = SessionPlan {
            session,
            name: name.into(),
            diary: name.into(),
            kind: "training".into(),
            audience: attended.to_vec(),
            starts: from,
            ends,
            remind_at: None,
        };
        self.tell(starts, Event::SessionPlanned { plan });
        self.tell(&ends.to_string(), Event::SessionHeld { session, attended: attended.to_vec() });
    }

    pub(super) fn pair(&mut self, at: &str, mentor: ParticipantId, mentee: ParticipantId) -> PairId {
        let pair = self.run.next_pair();
        self.tell(at, Event::PairFormed { pair, mentor, mentee });
        pair
    }

    pub(super) fn pause(&mut self, at: &str, until: &str) {
        let (until, reason) = (until.parse().unwrap(), Some("winter surge".into()));
        self.tell(at, Event::RunPaused { until, reason, deadlines: Vec::new() });
    }

    pub(super) fn unpause(&mut self, at: &str) {
        self.tell(at, Event::RunUnpaused { deadlines: Vec::new() });
    }

    pub(super) fn end_pair(&mut self, pair: PairId, at: &str, reason: &str) {
        self.tell(at, Event::PairEnded { pair, reason: reason.into() });
    }

    pub(super) fn meeting(&mut self, pair: PairId, at: &str, minutes: u32) {
        let (meeting, form) = (self.run.next_meeting(), MeetingForm::InPerson);
        let on = at.parse().unwrap();
        self.tell(at, Event::MeetingRecorded { meeting, pair, on, minutes, form, took_place: true });
    }

    pub(super) fn message(&mut self, at: &str, template: &str, to: Recipient, about: Value) {
        let message = self.run.next_message();
        self.tell(at, Event::MessageQueued { message, template: template.into(), to, about, stale_at: None });
    }
}
