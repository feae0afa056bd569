//! The vocabulary of Turnabout: ids, people, sessions, surveys, events and manifests.
//!
//! Everything here is plain data that serialises. It does no I/O, reads no clock and knows no engine; every other
//! crate of the house speaks in these words.
//!
//! ```
//! use turnabout_model::{PairId, Period, Value};
//!
//! let asked = Value::map([("pair", Value::text(PairId(3))), ("within", "5 weeks".parse::<Period>()?.into())]);
//! let json = serde_json::to_string(&asked)?;
//! assert_eq!(json, r#"{"pair":"pair-3","within":{"$period":"5 weeks"}}"#);
//! assert_eq!(serde_json::from_str::<Value>(&json)?, asked);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod address;
mod agreement;
mod amendment;
mod diagnostic;
mod diary;
mod event;
mod ids;
mod lineage;
mod manifest;
mod matching;
mod message;
mod notes;
mod people;
mod rehearsal;
mod session;
mod setting;
mod survey;
mod task;
mod threshold;
mod time;
mod value;
mod words;

pub use address::{Address, BRANCHED, Position, StepKey, Within};
pub use agreement::AgreementHead;
pub use amendment::{Mapping, MovedBranch, MovedBranches, MovedDeadline, StepPattern, StepPatternError, of_any};
pub use diagnostic::{Diagnostic, Label, Severity};
pub use diary::{Diary, FreeDays, FreeDaysError, MonthDay};
pub use event::{Entry, Event, FORMAT, JourneyCause, Problem, SignalSubject, Wait};
pub use ids::{
    AgreementId, BundleHash, ConcernId, ErrandId, IdError, JourneyId, MeetingId, MessageId, PairId, ParticipantId,
    ProposalId, RunId, SessionId, SignalId, TaskId, TextHash, WaveId,
};
pub use lineage::Lineage;
pub use manifest::{
    Attribute, AttributeKind, Gates, MatchingPlan, Pace, Programme, RiskPlan, RuleUse, SolverKind, Waiver,
};
pub use matching::{Column, LeftOut, LeftOutReason, ProposedPair, Unmatched, UnmatchedReason};
pub use message::{MessageHead, MessageOutcome, Recipient};
pub use notes::{Quote, SessionNotes, Theme};
pub use people::{ParticipantStatus, Person, Role};
pub use rehearsal::{
    AttributeRecipe, CohortRecipe, ConcernPlan, DeclinePlan, Expectation, InventedWords, MailOutage, PausePlan,
    Personas, RehearsalPlan, SignalPlan, SignalTo, WithdrawalPlan,
};
pub use session::{MeetingForm, SessionKind, SessionPlan, SessionStatus};
pub use setting::{Setting, SettingError, SettingKind};
pub use survey::{
    Ballot, Choice, Condition, Consent, Item, Question, QuestionKind, Reference, Response, Scale, Score, Statement,
    Survey, SurveyMode, Text, references_in_expression, references_in_text,
};
pub use task::TaskKind;
pub use threshold::{Threshold, ThresholdTooLow};
pub use time::{Period, PeriodError, Weekday};
pub use value::Value;
pub use words::{Phrase, Piece, Said, Wording, Words, is_english, is_language_tag, pieces, places};
