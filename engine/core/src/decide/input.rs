//! What can happen to a run from outside.

use jiff::Timestamp;
use smol_str::SmolStr;
use turnabout_model::{
    AgreementId, ConcernId, ErrandId, JourneyId, MeetingForm, MessageId, MessageOutcome, PairId, ParticipantId,
    ParticipantStatus, ProposalId, Role, RunId, SessionId, SignalSubject, TaskId, Value, WaveId,
};

/// What a run is started with.
#[derive(Debug, Clone, PartialEq)]
pub struct StartRun {
    /// Its id, drawn at the edge.
    pub run: RunId,
    /// For whom it runs.
    pub client: SmolStr,
    /// Settings that differ from the template's defaults, by name.
    pub settings: Value,
    /// Its IANA time zone; the template's if none.
    pub time_zone: Option<SmolStr>,
    /// Its seed, drawn at the edge.
    pub seed: u64,
    /// The run that it renews, if it does.
    pub renews: Option<Renewal>,
}

/// What passes from a run that is over to the one that renews it, as far as the journal may hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The run that is over.
    pub run: RunId,
    /// The roles that its alumni had. They become the first participants, in this order.
    pub alumni: Vec<Role>,
}

/// Something that happens to a run from outside: a person's act, or time.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the fields are named for what they hold
pub enum Input {
    /// The run is launched.
    Start(StartRun),
    /// A person comes into the run.
    AddParticipant { role: Role, status: ParticipantStatus },
    /// The coordinator accepts, declines or puts on the waiting list.
    SetStatus { participant: ParticipantId, status: ParticipantStatus },
    /// The coordinator closes applications early.
    CloseRecruitment { label: SmolStr },
    /// A participant leaves. Their pairs end.
    Withdraw { participant: ParticipantId },
    /// Time has passed.
    Tick,
    /// The coordinator plans a session that the script did not ask for.
    PlanSession { name: SmolStr, audience: Vec<ParticipantId>, starts: Timestamp },
    /// A session took place.
    HoldSession { session: SessionId, attended: Vec<ParticipantId> },
    /// A session moves.
    RescheduleSession { session: SessionId, starts: Timestamp },
    /// A session is called off.
    CancelSession { session: SessionId, reason: SmolStr },
    /// A pair met, or says that it did not.
    RecordMeeting { pair: PairId, on: Timestamp, minutes: u32, form: MeetingForm, took_place: bool },
    /// A pair ends.
    EndPair { pair: PairId, reason: SmolStr },
    /// The coordinator wants a draft made again, with pairs that must or must not be.
    ReviseProposal {
        /// The draft.
        proposal: ProposalId,
        /// Mentors and mentees who must be pairs.
        pinned: Vec<(ParticipantId, ParticipantId)>,
        /// Mentors and mentees who must not.
        forbidden: Vec<(ParticipantId, ParticipantId)>,
    },
    /// The coordinator takes an earlier draft up again, as it was.
    TakeUpDraft {
        /// The proposal.
        proposal: ProposalId,
        /// The number of the draft.
        draft: u32,
    },
    /// A draft of pairs is published.
    PublishProposal { proposal: ProposalId },
    /// Somebody answered a survey. The answers were checked and are committed beside the events.
    Respond { wave: WaveId, participant: ParticipantId },
    /// One of the two of a pair signs its agreement.
    Sign { agreement: AgreementId, participant: ParticipantId },
    /// A person decides a task.
    CloseTask { task: TaskId, choice: SmolStr },
    /// What a verb of the server's own wanted done outside is done.
    CompleteErrand { errand: ErrandId, answer: Value },
    /// A letter for the script. The same name, subject and key is taken once.
    Signal { name: SmolStr, subject: SignalSubject, key: SmolStr, payload: Value },
    /// Somebody says that something is wrong.
    RaiseConcern,
    /// The contact has dealt with it.
    CloseConcern { concern: ConcernId },
    /// Somebody has lost their letters: the last one about each survey and agreement that still waits for them is sent again.
    SendAgain { participant: ParticipantId },
    /// A message left the outbox.
    SettleMessage { message: MessageId, outcome: MessageOutcome },
    /// Parked journeys are tried again: one, or all.
    Resume { journey: Option<JourneyId> },
    /// The coordinator pauses the run until a moment; in a pause, until another one. The reason is a code or a few words.
    Pause { until: Timestamp, reason: Option<SmolStr> },
    /// The coordinator ends a pause before its date.
    Unpause,
    /// The coordinator ends the run early.
    Cancel { reason: SmolStr },
}

/// Why a pair ended that one of the two declined. The journal does not say which.
pub const DECLINED: SmolStr = SmolStr::new_static("declined");

impl Input {
    /// One of a pair declines the other, in private. That the two are never paired again is a row beside the journal.
    pub fn declined(pair: PairId) -> Self {
        Self::EndPair { pair, reason: DECLINED }
    }
}
