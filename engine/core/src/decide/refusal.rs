//! Why an input is refused. Nothing was changed.

use crate::{amend::Obstacle, matching::MatchError};
use smol_str::SmolStr;
use turnabout_model::{JourneyId, PairId, ParticipantId, ProposalId, SettingError};

/// Why an input is refused: what, and what to do. Nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[allow(missing_docs)] // the messages say what each field holds
pub enum Refusal {
    #[error("the run has started already")]
    AlreadyStarted,
    #[error("the run has not started")]
    NotStarted,
    #[error("the run is over ({0}); nothing can be changed in it any more")]
    Over(&'static str),
    #[error("there is no {0} in this run")]
    Unknown(SmolStr),
    #[error("{0}")]
    Setting(#[from] SettingError),
    #[error("'{0}' is no time zone: write an IANA name such as 'Europe/London'")]
    TimeZone(SmolStr),
    #[error("the template's script has no function programme(settings)")]
    NoProgramme,
    #[error("a run may have at most {0} participants")]
    TooManyParticipants(usize),
    #[error("{0} has withdrawn; a person who comes back is added again")]
    Withdrawn(ParticipantId),
    #[error("{what} is already {state}")]
    AlreadySo { what: SmolStr, state: &'static str },
    #[error("{participant} was not invited to {to}")]
    NotInvited { participant: ParticipantId, to: SmolStr },
    #[error("{participant} has not been to '{gate}', which the template asks for before a pair meets")]
    Gate { participant: ParticipantId, gate: SmolStr },
    #[error("the two of {pair} have not both signed '{agreement}', which the template asks for before a pair meets")]
    Unsigned { pair: PairId, agreement: SmolStr },
    #[error("{0}")]
    BadTime(SmolStr),
    #[error("'{choice}' is not among the choices of {task}: {choices}")]
    NoSuchChoice { task: SmolStr, choice: SmolStr, choices: SmolStr },
    #[error("the mailbox is full: {0} letters wait")]
    MailboxFull(usize),
    #[error("{0} is too large: at most {1} bytes")]
    TooLarge(&'static str, usize),
    #[error("{0} is nested too deep: at most {1} lists or maps inside each other")]
    TooDeep(&'static str, usize),
    #[error("{0} can't be kept in a journal: it does not read back as it was written")]
    Unkeepable(&'static str),
    #[error("no journey of this run is parked")]
    NothingParked,
    #[error("the run is not paused")]
    NotPaused,
    #[error("the journal of this run is full ({0} entries): finish or cancel it and start a successor")]
    JournalFull(u64),
    #[error("a task to review a proposal is closed by publishing the proposal")]
    PublishInstead,
    #[error("a task to record who came is closed by recording it, or by cancelling the session")]
    RecordInstead,
    #[error("{0} is no longer asked for: the script has gone on without it")]
    NoLongerAsked(SmolStr),
    #[error("none of the pairs of {0} can be formed any more: in each, somebody has left or was paired since")]
    Outdated(ProposalId),
    #[error("{0}")]
    Matching(Box<MatchError>),
    #[error("there are too many {0}: at most {1}")]
    TooMany(&'static str, usize),
    #[error("no letter to {0} can be sent again: none is about a survey or an agreement that waits for them")]
    NothingWaits(ParticipantId),
    #[error("{0} is in a pair")]
    InPair(ParticipantId),
    #[error("{0} takes part already: they were invited to a session or sent a survey")]
    TakesPart(ParticipantId),
    #[error("nobody is made an alumnus by hand: alumni come over when a run is renewed, by their own consent")]
    Alumnus,
    #[error("{0}")]
    Hindered(Box<Obstacle>),
    #[error("{} would not continue under the new bundle: {}", journeys(.0.len()), some(.0))]
    WouldDiverge(Vec<JourneyId>),
}

fn journeys(number: usize) -> String {
    if number == 1 { "a journey".into() } else { format!("{number} journeys") }
}

/// The first of them.
fn some(journeys: &[JourneyId]) -> String {
    let named: Vec<_> = journeys.iter().take(5).map(ToString::to_string).collect();
    format!("{}{}", named.join(", "), if journeys.len() > 5 { ", ..." } else { "" })
}

impl Refusal {
    /// The stable code that `turnabout explain` knows.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadyStarted => "run::already_started",
            Self::NotStarted => "run::not_started",
            Self::Over(_) => "run::over",
            Self::Unknown(_) => "run::unknown",
            Self::Setting(_) => "run::setting",
            Self::TimeZone(_) => "run::time_zone",
            Self::NoProgramme => "run::no_programme",
            Self::TooManyParticipants(_) => "run::too_many_participants",
            Self::Withdrawn(_) => "run::withdrawn",
            Self::AlreadySo { .. } => "run::already_so",
            Self::NotInvited { .. } => "run::not_invited",
            Self::Gate { .. } => "run::gate",
            Self::Unsigned { .. } => "run::unsigned",
            Self::BadTime(_) => "run::bad_time",
            Self::NoSuchChoice { .. } => "run::no_such_choice",
            Self::MailboxFull(_) => "run::mailbox_full",
            Self::TooLarge(..) => "run::too_large",
            Self::TooDeep(..) => "run::too_deep",
            Self::Unkeepable(_) => "run::unkeepable",
            Self::NothingParked => "run::nothing_parked",
            Self::NotPaused => "run::not_paused",
            Self::JournalFull(_) => "run::journal_full",
            Self::PublishInstead => "run::publish_instead",
            Self::RecordInstead => "run::record_instead",
            Self::NoLongerAsked(_) => "run::no_longer_asked",
            Self::Outdated(_) => "run::outdated",
            Self::NothingWaits(_) => "run::nothing_waits",
            Self::InPair(_) => "run::in_pair",
            Self::TakesPart(_) => "run::takes_part",
            Self::Alumnus => "run::alumnus",
            Self::Hindered(_) => "run::hindered",
            Self::WouldDiverge(_) => "run::would_diverge",
            Self::Matching(error) => error.code(),
            Self::TooMany(..) => "run::too_many",
        }
    }

    /// A thing that does not exist, by its id.
    pub(crate) fn unknown(id: impl std::fmt::Display) -> Self {
        Self::Unknown(smol_str::format_smolstr!("{id}"))
    }
}
