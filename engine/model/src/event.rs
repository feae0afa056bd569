//! What happened: the journal's events. Ids and facts, never names, addresses, attributes or answers.

use crate::{
    Address, AgreementId, BundleHash, ConcernId, ErrandId, JourneyId, LeftOut, Mapping, MeetingForm, MeetingId,
    MessageId, MessageOutcome, MovedBranches, MovedDeadline, PairId, ParticipantId, ParticipantStatus, Position,
    ProposalId, ProposedPair, Recipient, Role, RunId, SessionId, SessionPlan, SignalId, StepKey, TaskId, TaskKind,
    TextHash, Unmatched, Value, WaveId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The version of the event format that this build writes. Older ones read for ever: see `tests/golden`.
pub const FORMAT: u16 = 1;

/// One entry of a run's journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The format of its event: [`FORMAT`] when it was written.
    #[serde(default = "first_format")]
    pub format: u16,
    /// Its place in the run's journal, from 1.
    pub version: u64,
    /// When it was decided.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// The format of entries that do not say.
fn first_format() -> u16 {
    1
}

/// What a waiting step waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// A moment.
    Until(Timestamp),
    /// Applications, until they close.
    Recruitment {
        /// When they close by themselves.
        closes: Timestamp,
    },
    /// A session to be held or cancelled.
    Session(SessionId),
    /// A survey, until it closes or everyone has answered.
    Wave {
        /// The wave.
        wave: WaveId,
        /// When it closes by itself.
        closes: Timestamp,
    },
    /// An agreement, until it closes or both have signed.
    Agreement {
        /// The agreement.
        agreement: AgreementId,
        /// When it closes by itself.
        closes: Timestamp,
    },
    /// A proposal to be published.
    Proposal(ProposalId),
    /// A letter in the mailbox.
    Signal {
        /// Its name.
        name: SmolStr,
        /// What it is about.
        subject: SignalSubject,
    },
    /// A decision.
    Task(TaskId),
    /// Something that is done outside.
    Errand(ErrandId),
    /// Child journeys to end.
    Children(Vec<JourneyId>),
    /// The branches inside: a composite verb.
    Branches {
        /// When it opened.
        began: Timestamp,
        /// When it ends by itself, if it does.
        ends: Option<Timestamp>,
    },
}

/// What a signal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalSubject {
    /// The run as a whole.
    Run,
    /// A pair.
    Pair(PairId),
    /// A participant.
    Participant(ParticipantId),
}

/// Why a journey exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JourneyCause {
    /// It is the run's main journey.
    Programme,
    /// A step of another journey started it, for one item.
    Each {
        /// That journey.
        parent: JourneyId,
        /// The `each` step in it.
        step: StepKey,
        /// The pair it is about, if its item is one: the journey ends with the pair.
        pair: Option<PairId>,
    },
    /// Something happened that the script has a handler for.
    Handler,
}

/// Why a journey is parked: a stable code, a sentence, a place and a way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable code that `turnabout explain` knows, for example `script::divergence`.
    pub code: SmolStr,
    /// What is wrong.
    pub message: String,
    /// Where in the script, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[allow(missing_docs)] // the fields are named for what they hold; each event says what it means
pub enum Event {
    /// A run was launched and pins its bundle.
    RunStarted {
        run: RunId,
        bundle: BundleHash,
        template: SmolStr,
        template_version: SmolStr,
        client: SmolStr,
        settings: Value,
        time_zone: SmolStr,
        seed: u64,
        /// The run whose alumni, lessons and settings it took over, if it renews one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        renews: Option<RunId>,
    },
    /// The run was amended: from here on it continues under another bundle. The old one stays for audit.
    BundleSwitched {
        from: BundleHash,
        to: BundleHash,
        /// What was said about steps that the new script calls otherwise or no longer has, in the order in which it holds.
        #[serde(default)]
        mappings: Vec<Mapping>,
        /// Every setting under the new manifest; as they were if nothing.
        #[serde(default)]
        settings: Value,
        /// The name of the template that it goes on under; as it was if empty.
        #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
        template: SmolStr,
        /// The version of the manifest, for whoever reads the journal.
        #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
        template_version: SmolStr,
        /// Deadlines of waiting steps that moved, or are held where they were.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        deadlines: Vec<MovedDeadline>,
        /// Branches of open `together`s and `race`s that stand elsewhere in the new script, or nowhere. Where none is named, each
        /// stayed where it was, as in every journal that was written before they were looked for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        branches: Vec<MovedBranches>,
    },
    /// The coordinator paused the run: until a moment nothing happens that is due by time, and the script stands still.
    RunPaused {
        until: Timestamp,
        /// Why, as a code or in a few words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<SmolStr>,
        /// The deadlines that move with the length of the pause.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        deadlines: Vec<MovedDeadline>,
    },
    /// The pause is over, and what waited goes on.
    RunUnpaused {
        /// The deadlines that come sooner again, if it ended before its date.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        deadlines: Vec<MovedDeadline>,
    },
    /// Every journey has ended.
    RunFinished,
    /// The coordinator ended the run early.
    RunCancelled { reason: SmolStr },

    /// A person came into the run, with a status.
    ParticipantAdded { participant: ParticipantId, role: Role, status: ParticipantStatus },
    /// A person's standing changed.
    ParticipantStatusChanged { participant: ParticipantId, status: ParticipantStatus },

    /// A thread of the script began.
    JourneyStarted { journey: JourneyId, function: SmolStr, arguments: Vec<Value>, cause: JourneyCause },
    /// A durable step began to wait.
    StepStarted { journey: JourneyId, step: StepKey, address: Address, wait: Wait },
    /// A step that was waiting has its value.
    StepCompleted { journey: JourneyId, step: StepKey, value: Value },
    /// A step had its value at once.
    StepTaken { journey: JourneyId, step: StepKey, address: Address, value: Value },
    /// A branch of a composite step has its value.
    BranchCompleted { journey: JourneyId, step: StepKey, branch: u32, value: Value },
    /// A step stopped waiting because its branch lost a race, its loop ended or its journey was cancelled.
    StepDropped { journey: JourneyId, step: StepKey },
    /// The journey's function returned.
    JourneyFinished { journey: JourneyId, value: Value },
    /// The journey can't go on and waits for a person.
    JourneyParked { journey: JourneyId, problem: Problem },
    /// A parked journey is to be tried again.
    JourneyResumed { journey: JourneyId },
    /// The journey is to end; it waits for its children.
    JourneyCancelling { journey: JourneyId },
    /// The journey and all its children have ended early.
    JourneyCancelled { journey: JourneyId },

    /// The programme reached a stage.
    StageReached { stage: SmolStr },
    /// Applications opened.
    RecruitmentOpened { label: SmolStr, closes: Timestamp },
    /// Applications closed.
    RecruitmentClosed { label: SmolStr },

    /// A session is in the diary.
    SessionPlanned { plan: SessionPlan },
    /// A session moved. `sequence` rises with each move, as calendars need.
    SessionRescheduled { session: SessionId, starts: Timestamp, ends: Timestamp, sequence: u32 },
    /// A session took place.
    SessionHeld { session: SessionId, attended: Vec<ParticipantId> },
    /// A session will not take place.
    SessionCancelled { session: SessionId, reason: SmolStr },
    /// The reminder of a session went out.
    SessionReminded { session: SessionId },

    /// A draft of pairs waits for review.
    ProposalMade {
        proposal: ProposalId,
        plan: SmolStr,
        /// The ballot that the plan reads, if it reads one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wave: Option<WaveId>,
        pairs: Vec<ProposedPair>,
        unmatched: Vec<Unmatched>,
    },
    /// The coordinator had a draft of pairs made again, with pairs that must or must not be.
    ProposalRevised {
        proposal: ProposalId,
        /// Pairs that must be.
        pinned: Vec<(ParticipantId, ParticipantId)>,
        /// Pairs that must not be.
        forbidden: Vec<(ParticipantId, ParticipantId)>,
        pairs: Vec<ProposedPair>,
        unmatched: Vec<Unmatched>,
        /// The earlier draft that was taken up again as it was, by its number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draft: Option<u32>,
    },
    /// A draft of pairs was published.
    ProposalPublished {
        proposal: ProposalId,
        pairs: Vec<PairId>,
        /// Pairs of the draft that could no longer be formed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left_out: Vec<LeftOut>,
    },
    /// A mentor and a mentee are a pair.
    PairFormed { pair: PairId, mentor: ParticipantId, mentee: ParticipantId },
    /// A pair ended.
    PairEnded { pair: PairId, reason: SmolStr },
    /// A pair met, or says that it did not. Nothing more about a meeting is ever stored.
    MeetingRecorded {
        meeting: MeetingId,
        pair: PairId,
        on: Timestamp,
        minutes: u32,
        form: MeetingForm,
        took_place: bool,
    },

    /// A survey was sent out.
    WaveOpened {
        wave: WaveId,
        survey: SmolStr,
        audience: Vec<ParticipantId>,
        closes: Timestamp,
        /// When whoever has not answered is reminded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remind_at: Option<Timestamp>,
        /// The message that reminds them; journals of old have none, and the survey says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reminder: Option<SmolStr>,
    },
    /// The reminder of a survey went out to whoever had not answered.
    WaveReminded { wave: WaveId },
    /// Somebody answered; the answers are kept elsewhere.
    ResponseReceived { wave: WaveId, participant: ParticipantId },
    /// No more answers are taken.
    WaveClosed { wave: WaveId },

    /// An agreement was put before a pair.
    AgreementOpened {
        agreement: AgreementId,
        name: SmolStr,
        pair: PairId,
        /// The content hash of the text that the two read.
        text: TextHash,
        closes: Timestamp,
        /// Who of the two has signed the same text before.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        signed: Vec<ParticipantId>,
    },
    /// One of the two signed it.
    AgreementSigned { agreement: AgreementId, participant: ParticipantId },
    /// It can't be signed any more.
    AgreementClosed { agreement: AgreementId },

    /// A decision waits for a person.
    TaskOpened {
        task: TaskId,
        kind: TaskKind,
        title: SmolStr,
        choices: Vec<SmolStr>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<SessionId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<ProposalId>,
    },
    /// A decision was taken, or is no longer needed.
    TaskClosed { task: TaskId, choice: SmolStr },

    /// A verb that the server brings wants something done outside.
    ErrandSent {
        errand: ErrandId,
        /// The verb.
        verb: SmolStr,
        /// What is wanted: ids and facts, in the verb's own terms.
        request: Value,
    },
    /// It was done.
    ErrandDone { errand: ErrandId, answer: Value },

    /// A message goes into the outbox.
    MessageQueued {
        message: MessageId,
        template: SmolStr,
        to: Recipient,
        /// What the message may speak of, by name: ids only.
        about: Value,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stale_at: Option<Timestamp>,
    },
    /// A message left the outbox.
    MessageSettled { message: MessageId, outcome: MessageOutcome },

    /// A letter arrived in the mailbox.
    SignalReceived { signal: SignalId, name: SmolStr, subject: SignalSubject, key: SmolStr, payload: Value },
    /// A waiting step took a letter out of the mailbox.
    SignalTaken { signal: SignalId },

    /// Somebody said that something is wrong. What and who is kept for the contact alone.
    ConcernRaised { concern: ConcernId },
    /// The contact has dealt with it.
    ConcernClosed { concern: ConcernId },

    /// The journal is long; the run should hand over to a successor.
    BudgetWarning { entries: u64 },
}
