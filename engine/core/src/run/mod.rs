//! A run: everything its journal says, folded. [`Run::apply`] is the only thing that changes one.

mod amend;
mod apply;
mod journey;
mod mailbox;
mod parts;
mod pause;
mod waits;

pub(crate) use amend::by_journey;
pub use journey::{Journey, JourneyStatus};
pub use mailbox::{Letter, MEETING, Mailbox};
pub use parts::{
    Agreement, Concern, Draft, Errand, MOST_DRAFTS, Meeting, Message, Pair, Participant, Proposal, Recruitment,
    Session, Task, Wave,
};
pub use pause::Pause;
pub(crate) use pause::later;
pub(crate) use waits::deadline as deadline_of;
pub use waits::{Alarm, WaitKey, Waits};

use crate::replay::Retention;
use jiff::{Timestamp, tz::TimeZone};
use smol_str::SmolStr;
use std::{collections::BTreeMap, sync::Arc};
use turnabout_model::{
    AgreementId, BundleHash, ConcernId, ErrandId, JourneyCause, JourneyId, MeetingId, MessageId, PairId, ParticipantId,
    ParticipantStatus, ProposalId, Role, RunId, SessionId, TaskId, Value, WaveId,
};

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunStatus {
    /// Not started: the journal is empty.
    New,
    /// It runs.
    Running,
    /// A journey is parked and waits for a person; the others go on.
    NeedsAttention,
    /// Every journey has ended.
    Finished,
    /// It was ended early.
    Cancelled,
}

impl RunStatus {
    /// The word for it in answers and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Running => "running",
            Self::NeedsAttention => "needs-attention",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One launched programme of one client, as its journal tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// How many entries the journal has.
    pub version: u64,
    /// Its id; nothing before it started.
    pub id: Option<RunId>,
    /// The bundle it pins.
    pub bundle: Option<BundleHash>,
    /// The bundles that it pinned before it was amended, in order.
    pub past_bundles: Vec<BundleHash>,
    /// When it was amended, once for each of them.
    pub amended: Vec<Timestamp>,
    /// The settings that it had until then, once for each of them.
    pub past_settings: Vec<Arc<Value>>,
    /// The template's name.
    pub template: SmolStr,
    /// For whom it runs.
    pub client: SmolStr,
    /// Its settings.
    pub settings: Arc<Value>,
    /// Its time zone.
    pub zone: TimeZone,
    /// Its seed.
    pub seed: u64,
    /// The run that it renews, if it does.
    pub renews: Option<RunId>,
    /// When it started.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Why it was cancelled, if it was.
    pub cancelled: Option<SmolStr>,
    /// The pause that it is in, if it is in one.
    pub paused: Option<Pause>,
    /// The pauses that are over, in order, each until when it lasted in the end.
    pub past_pauses: Vec<Pause>,
    /// The stages it reached, in order.
    pub stages: Vec<(Timestamp, SmolStr)>,
    /// Who is in it.
    pub participants: BTreeMap<ParticipantId, Participant>,
    /// Applications, in order.
    pub recruitments: Vec<Recruitment>,
    /// The diary, in the order in which sessions were planned.
    pub sessions: Vec<Session>,
    /// Drafts of pairs.
    pub proposals: Vec<Proposal>,
    /// Pairs, ended ones too.
    pub pairs: Vec<Pair>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Surveys sent.
    pub waves: Vec<Wave>,
    /// Agreements put before pairs, closed ones too.
    pub agreements: Vec<Agreement>,
    /// Tasks, closed ones too.
    pub tasks: Vec<Task>,
    /// What verbs of the server's own want done outside, what was done too.
    pub errands: Vec<Errand>,
    /// Messages, sent ones too.
    pub messages: Vec<Message>,
    /// Concerns: only that there are any.
    pub concerns: Vec<Concern>,
    /// Signals that wait for the script.
    pub mailbox: Mailbox,
    /// The threads of the script.
    pub journeys: Vec<Journey>,
    /// Who waits for what.
    pub waits: Waits,
    /// Whether the run has warned about its length.
    pub warned: bool,
    retention: Retention,
}

impl Default for Run {
    fn default() -> Self {
        Self::new(Retention::Open)
    }
}

macro_rules! numbered {
    ($($(#[$doc:meta])* $find:ident, $next:ident, $list:ident: $id:ident => $part:ty;)*) => {$(
        $(#[$doc])*
        pub fn $find(&self, id: $id) -> Option<&$part> {
            self.$list.get(usize::try_from(id.0).ok()?.checked_sub(1)?)
        }

        /// The id that the next one gets.
        pub fn $next(&self) -> $id {
            $id(u32::try_from(self.$list.len()).expect("invariant: bounded by the journal's budget") + 1)
        }
    )*};
}

impl Run {
    /// A run before its first event.
    pub fn new(retention: Retention) -> Self {
        Self {
            version: 0,
            id: None,
            bundle: None,
            past_bundles: Vec::new(),
            amended: Vec::new(),
            past_settings: Vec::new(),
            template: SmolStr::default(),
            client: SmolStr::default(),
            settings: Arc::new(Value::Null),
            zone: TimeZone::UTC,
            seed: 0,
            renews: None,
            started: Timestamp::UNIX_EPOCH,
            ended: None,
            cancelled: None,
            paused: None,
            past_pauses: Vec::new(),
            stages: Vec::new(),
            participants: BTreeMap::new(),
            recruitments: Vec::new(),
            sessions: Vec::new(),
            proposals: Vec::new(),
            pairs: Vec::new(),
            meetings: Vec::new(),
            waves: Vec::new(),
            agreements: Vec::new(),
            tasks: Vec::new(),
            errands: Vec::new(),
            messages: Vec::new(),
            concerns: Vec::new(),
            mailbox: Mailbox::default(),
            journeys: Vec::new(),
            waits: Waits::default(),
            warned: false,
            retention,
        }
    }

    numbered! {
        /// Finds a session.
        session, next_session, sessions: SessionId => Session;
        /// Finds a proposal.
        proposal, next_proposal, proposals: ProposalId => Proposal;
        /// Finds a pair.
        pair, next_pair, pairs: PairId => Pair;
        /// Finds a meeting.
        meeting, next_meeting, meetings: MeetingId => Meeting;
        /// Finds a wave.
        wave, next_wave, waves: WaveId => Wave;
        /// Finds an agreement.
        agreement, next_agreement, agreements: AgreementId => Agreement;
        /// Finds a task.
        task, next_task, tasks: TaskId => Task;
        /// Finds an errand.
        errand, next_errand, errands: ErrandId => Errand;
        /// Finds a message.
        message, next_message, messages: MessageId => Message;
        /// Finds a concern.
        concern, next_concern, concerns: ConcernId => Concern;
    }

    /// Tells whether an errand is still to be done: it was not answered, and a step waits for it.
    pub fn wants(&self, errand: ErrandId) -> bool {
        let open = self.errand(errand).is_some_and(|errand| errand.answer.is_none());
        open && !self.waits.on(&WaitKey::Errand(errand)).is_empty()
    }

    /// A wave's title, from its survey's: with a number if the survey was sent more than once.
    pub fn title_of(&self, wave: &Wave, survey: &str) -> String {
        let mut times = self.waves.iter().filter(|other| other.survey == wave.survey);
        let which = times.clone().take_while(|other| other.id <= wave.id).count();
        if times.nth(1).is_some() { format!("{survey} ({which})") } else { survey.to_owned() }
    }

    /// Finds a journey.
    pub fn journey(&self, id: JourneyId) -> Option<&Journey> {
        self.journeys.get(usize::try_from(id.0).ok()?)
    }

    /// The id that the next journey gets; the main one is `journey-0`.
    pub fn next_journey(&self) -> JourneyId {
        JourneyId(u32::try_from(self.journeys.len()).expect("invariant: bounded by the limit on journeys"))
    }

    /// The id that the next participant gets.
    pub fn next_participant(&self) -> ParticipantId {
        ParticipantId(self.participants.last_key_value().map_or(0, |(id, _)| id.0) + 1)
    }

    /// The seed of a journey's `random()`: each journey has a stream of its own.
    pub(crate) fn seed_of(&self, journey: JourneyId) -> u64 {
        self.seed ^ u64::from(journey.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// How the run stands.
    pub fn status(&self) -> RunStatus {
        if self.id.is_none() {
            RunStatus::New
        } else if self.cancelled.is_some() {
            RunStatus::Cancelled
        } else if self.ended.is_some() {
            RunStatus::Finished
        } else if self.journeys.iter().any(|journey| journey.problem().is_some()) {
            RunStatus::NeedsAttention
        } else {
            RunStatus::Running
        }
    }

    /// Tells whether the run has ended, one way or the other.
    pub fn is_over(&self) -> bool {
        self.ended.is_some()
    }

    /// The stage it is in.
    pub fn stage(&self) -> Option<&SmolStr> {
        self.stages.last().map(|(_, stage)| stage)
    }

    /// The people with a role who take part, in order of id.
    pub fn accepted(&self, role: Role) -> impl Iterator<Item = &Participant> {
        self.participants.values().filter(move |p| p.role == role && p.status == ParticipantStatus::Accepted)
    }

    /// The alumni of earlier runs who stand by, in order of id.
    pub fn alumni(&self) -> impl Iterator<Item = &Participant> {
        self.participants.values().filter(|p| p.status == ParticipantStatus::Alumnus)
    }

    /// The pair that a participant is in now.
    pub fn pairs_of(&self, participant: ParticipantId) -> impl Iterator<Item = &Pair> {
        self.pairs
            .iter()
            .filter(move |pair| pair.ended.is_none() && (pair.mentor == participant || pair.mentee == participant))
    }

    /// Tells whether both of a pair have signed the agreement of a name.
    pub fn have_agreed(&self, pair: PairId, name: &str) -> bool {
        self.agreements.iter().any(|a| a.pair == pair && a.name == name && a.is_complete())
    }

    /// How many pairs have been asked to sign an agreement, have not ended, and have not both signed it.
    pub fn unsigned_pairs(&self) -> usize {
        let lacks = |pair: &&Pair| {
            let mut asked = self.agreements.iter().filter(|agreement| agreement.pair == pair.id);
            asked.any(|agreement| !self.have_agreed(pair.id, &agreement.name))
        };
        self.pairs.iter().filter(|pair| pair.ended.is_none()).filter(lacks).count()
    }

    /// When the run next wants to be woken: the first alarm that does not belong to a parked journey, or the end of a pause.
    pub fn next_due(&self) -> Option<Timestamp> {
        if self.is_over() {
            return None;
        }
        if let Some(pause) = &self.paused {
            return Some(pause.until);
        }
        self.waits.alarms().find(|(_, alarm)| self.heeds(*alarm)).map(|(at, _)| at)
    }

    /// Tells whether a journey waits for the end of a pause. What a concern or somebody's leaving sets going does not.
    pub fn stands_still(&self, journey: &Journey) -> bool {
        self.paused.is_some() && journey.cause != JourneyCause::Handler
    }

    /// Tells whether an alarm would do anything now: those of parked journeys wait for `resume`.
    pub fn heeds(&self, alarm: Alarm) -> bool {
        match alarm {
            Alarm::Step(journey, _) => self.journey(journey).is_some_and(Journey::active),
            Alarm::Remind(_) | Alarm::RemindWave(_) | Alarm::Overdue(_) => true,
        }
    }
}
