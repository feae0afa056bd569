//! The things a run is made of, as its journal tells them.

use jiff::Timestamp;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_model::{
    AgreementId, BundleHash, ConcernId, ErrandId, LeftOut, MeetingForm, MeetingId, MessageId, MessageOutcome, PairId,
    ParticipantId, ParticipantStatus, ProposalId, ProposedPair, Recipient, Role, SessionId, SessionPlan, SessionStatus,
    TaskId, TaskKind, TextHash, Unmatched, Value, WaveId,
};

/// Somebody in the run: an id, a role and a status. Names are kept elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// Who.
    pub id: ParticipantId,
    /// Mentor or mentee.
    pub role: Role,
    /// Where they stand.
    pub status: ParticipantStatus,
    /// Whether they came as an alumnus of an earlier run and never took part in this one.
    pub only_alumnus: bool,
    /// The diary names of sessions they came to.
    pub attended: BTreeSet<SmolStr>,
}

/// Applications for a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Recruitment {
    /// What the script calls it.
    pub label: SmolStr,
    /// When it closes by itself.
    pub closes: Timestamp,
    /// Whether it takes applications.
    pub open: bool,
}

/// Something in the diary for a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// What was planned, moved times included.
    pub plan: SessionPlan,
    /// How far it has come.
    pub status: SessionStatus,
    /// Who came.
    pub attended: Vec<ParticipantId>,
    /// How often it moved.
    pub sequence: u32,
    /// Whether its reminder went out.
    pub reminded: bool,
}

/// A draft of pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Which one.
    pub id: ProposalId,
    /// The plan that made it.
    pub plan: SmolStr,
    /// The pairs with their scores.
    pub pairs: Vec<ProposedPair>,
    /// Who is in no pair, and why.
    pub unmatched: Vec<Unmatched>,
    /// How many pairs the run had when it was made: later ones may have taken places that it counts on.
    pub pairs_then: usize,
    /// The ballot that the plan reads, if it reads one.
    pub wave: Option<WaveId>,
    /// Mentors and mentees whom the coordinator wants as pairs.
    pub pinned: Vec<(ParticipantId, ParticipantId)>,
    /// Mentors and mentees whom the coordinator does not want as pairs.
    pub forbidden: Vec<(ParticipantId, ParticipantId)>,
    /// How often it was made: the number of the draft that it holds now, from 1.
    pub number: u32,
    /// When that was.
    pub made: Timestamp,
    /// The drafts before that, the oldest first; of more than [`MOST_DRAFTS`] the oldest are forgotten.
    pub drafts: Vec<Draft>,
    /// The pairs it became, once published.
    pub published: Option<Vec<PairId>>,
    /// Pairs of the draft that could no longer be formed then.
    pub left_out: Vec<LeftOut>,
}

/// How many earlier drafts of one proposal can be compared and taken up again.
pub const MOST_DRAFTS: usize = 20;

/// A proposal as it was before it was made again.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its number, from 1.
    pub number: u32,
    /// When it was made.
    pub made: Timestamp,
    /// Its pairs with their scores.
    pub pairs: Vec<ProposedPair>,
    /// Who was in no pair, and why.
    pub unmatched: Vec<Unmatched>,
    /// How many pairs the run had then.
    pub pairs_then: usize,
    /// Mentors and mentees whom the coordinator wanted as pairs.
    pub pinned: Vec<(ParticipantId, ParticipantId)>,
    /// Mentors and mentees whom the coordinator did not want as pairs.
    pub forbidden: Vec<(ParticipantId, ParticipantId)>,
}

impl Proposal {
    /// An earlier draft by its number.
    pub fn draft(&self, number: u32) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.number == number)
    }

    /// The pairs of a draft by its number: an earlier one, or the one that it holds now.
    pub fn pairs_of(&self, number: u32) -> Option<&[ProposedPair]> {
        if number == self.number { Some(&self.pairs) } else { self.draft(number).map(|draft| &draft.pairs[..]) }
    }

    /// Puts what it holds now with the earlier drafts.
    pub(super) fn set_aside(&mut self) {
        if self.drafts.len() == MOST_DRAFTS {
            self.drafts.remove(0);
        }
        self.drafts.push(Draft {
            number: self.number,
            made: self.made,
            pairs: std::mem::take(&mut self.pairs),
            unmatched: std::mem::take(&mut self.unmatched),
            pairs_then: self.pairs_then,
            pinned: std::mem::take(&mut self.pinned),
            forbidden: std::mem::take(&mut self.forbidden),
        });
        self.number = self.number.saturating_add(1);
    }
}

/// A mentor and a mentee.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Which one.
    pub id: PairId,
    /// The junior.
    pub mentor: ParticipantId,
    /// The senior.
    pub mentee: ParticipantId,
    /// When it was formed.
    pub formed: Timestamp,
    /// Why it ended, if it has.
    pub ended: Option<SmolStr>,
    /// How often the two met.
    pub meetings: u32,
    /// When they last met.
    pub last_met: Option<Timestamp>,
}

impl Pair {
    /// The other of the two; nothing if somebody is neither.
    pub fn partner_of(&self, one: ParticipantId) -> Option<ParticipantId> {
        match one {
            one if one == self.mentor => Some(self.mentee),
            one if one == self.mentee => Some(self.mentor),
            _ => None,
        }
    }

    /// The pair as scripts see it: `#{id, mentor, mentee}`.
    pub fn value(&self) -> Value {
        Value::map([
            ("id", Value::text(self.id)),
            ("mentor", Value::text(self.mentor)),
            ("mentee", Value::text(self.mentee)),
        ])
    }
}

/// A pair's own conversation: when, how long and in what form. Nothing else is ever stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Which one.
    pub id: MeetingId,
    /// Whose.
    pub pair: PairId,
    /// When.
    pub on: Timestamp,
    /// For how long.
    pub minutes: u32,
    /// How.
    pub form: MeetingForm,
    /// Whether it took place.
    pub took_place: bool,
}

/// An agreement put before the two of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Which one.
    pub id: AgreementId,
    /// The agreement's name in the template.
    pub name: SmolStr,
    /// Whose.
    pub pair: PairId,
    /// The two who sign: the mentor, then the mentee.
    pub between: Vec<ParticipantId>,
    /// The content hash of the text that they read.
    pub text: TextHash,
    /// The bundle that has that text.
    pub bundle: Option<BundleHash>,
    /// When it was put before them.
    pub opened: Timestamp,
    /// When it closes by itself.
    pub closes: Timestamp,
    /// Who has signed.
    pub signed: BTreeSet<ParticipantId>,
    /// Whether it can be signed.
    pub open: bool,
}

impl Agreement {
    /// Whether both have signed.
    pub fn is_complete(&self) -> bool {
        self.missing().next().is_none()
    }

    /// Who has not signed yet.
    pub fn missing(&self) -> impl Iterator<Item = ParticipantId> {
        self.between.iter().copied().filter(|who| !self.signed.contains(who))
    }
}

/// One sending of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// Which one.
    pub id: WaveId,
    /// The survey's name.
    pub survey: SmolStr,
    /// The bundle whose survey it asks: the one that the run pinned when it went out. An amendment changes no question
    /// under people's hands.
    pub bundle: Option<BundleHash>,
    /// Who was asked.
    pub audience: Vec<ParticipantId>,
    /// When it went out.
    pub opened: Timestamp,
    /// When it closes by itself.
    pub closes: Timestamp,
    /// The message that reminds whoever has not answered, if one is to: an amendment may leave no survey of that name.
    pub reminder: Option<SmolStr>,
    /// Who has answered.
    pub responded: BTreeSet<ParticipantId>,
    /// Whether it still takes answers.
    pub open: bool,
    /// When it closed.
    pub closed: Option<Timestamp>,
    /// The bundle that the run pinned when it closed: what else that bundle asks decides what of the wave is shown when, and
    /// no amendment decides it again.
    pub closed_under: Option<BundleHash>,
}

/// A decision that waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Which one.
    pub id: TaskId,
    /// What it asks for.
    pub kind: TaskKind,
    /// A title for the coordinator.
    pub title: SmolStr,
    /// What may be chosen.
    pub choices: Vec<SmolStr>,
    /// The session it is about.
    pub session: Option<SessionId>,
    /// The proposal it is about.
    pub proposal: Option<ProposalId>,
    /// When it was opened.
    pub opened: Timestamp,
    /// What was chosen, once it is closed.
    pub choice: Option<SmolStr>,
}

/// Something that a verb of the server's own wants done outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Errand {
    /// Which one.
    pub id: ErrandId,
    /// The verb.
    pub verb: SmolStr,
    /// What is wanted, in the verb's own terms.
    pub request: Value,
    /// When the script asked.
    pub sent: Timestamp,
    /// What the outside answered, once it is done.
    pub answer: Option<Value>,
}

/// A message to one recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Which one.
    pub id: MessageId,
    /// The name of its template.
    pub template: SmolStr,
    /// To whom.
    pub to: Recipient,
    /// What it may speak of: ids.
    pub about: Value,
    /// When it was queued.
    pub queued: Timestamp,
    /// When it is no longer worth sending.
    pub stale_at: Option<Timestamp>,
    /// What became of it.
    pub outcome: Option<MessageOutcome>,
}

/// Something that a participant said is wrong. Who and what is kept for the contact alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Concern {
    /// Which one.
    pub id: ConcernId,
    /// When it was raised.
    pub raised: Timestamp,
    /// Whether the contact has dealt with it.
    pub open: bool,
}
