//! What routes are made of: what comes in, what goes out, and how an error looks.

mod answer;
mod language;
mod moment;
mod paths;
mod problem;
mod query;
mod write;

pub(crate) use answer::{Created, Listed, Problems, Shown};
pub(crate) use language::{InLanguage, language};
pub(crate) use moment::{Until, moment};
pub(crate) use paths::{
    AgreementPath, ConcernPath, DraftPath, LabelPath, PairPath, ParticipantPath, Path, ProposalPath, ProposedPairPath,
    RunPath, SessionPath, TaskPath, TemplatePath, TwoProposalsPath, WavePath,
};
pub(crate) use problem::Fault;
pub use problem::{Problem, ProblemItem};
pub(crate) use query::{PageQuery, Query, page_of};
pub(crate) use write::{KeyHeader, Write, WriteCsv, WriteForm, WriteNothing};
