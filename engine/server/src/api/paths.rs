//! The ids in a path. One that is no id, or the id of another kind of thing, is refused with what was expected.

use super::Fault;
use axum::{
    extract::{FromRequestParts, path::ErrorKind, rejection::PathRejection},
    http::request::Parts,
};
use serde::{Deserialize, de::DeserializeOwned};
use turnabout_model::{AgreementId, ConcernId, PairId, ParticipantId, ProposalId, RunId, SessionId, TaskId, WaveId};
use utoipa::IntoParams;

/// The ids in a path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(ids)| Self(ids)).map_err(|rejection| {
            let detail = match rejection {
                PathRejection::FailedToDeserializePathParams(error) => match error.into_kind() {
                    ErrorKind::DeserializeError { message, .. } | ErrorKind::Message(message) => message,
                    other => other.to_string(),
                },
                other => other.to_string(),
            };
            Fault::bad_request("request::id", detail, "Use an id as the lists of the API give it.")
        })
    }
}

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty = $example:literal),+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize, IntoParams)]
        #[into_params(parameter_in = Path)]
        pub(crate) struct $name {
            $(
                $(#[$field_doc])*
                #[param(value_type = String, example = $example)]
                pub(crate) $field: $type,
            )+
        }
    )+};
}

paths! {
    /// A template.
    TemplatePath {
        /// The template's name, which means its latest version, `NAME@VERSION`, or the hash of a version.
        template: String = "ambulance"
    }
    /// A run.
    RunPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab"
    }
    /// A participant of a run.
    ParticipantPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The participant.
        participant: ParticipantId = "person-12"
    }
    /// A round of applications.
    LabelPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// What the script calls the round.
        label: String = "volunteers"
    }
    /// A proposal of a run.
    ProposalPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The proposal.
        proposal: ProposalId = "proposal-1"
    }
    /// Two people in a proposal of a run.
    ProposedPairPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The proposal.
        proposal: ProposalId = "proposal-1",
        /// The mentor.
        mentor: ParticipantId = "person-3",
        /// The mentee.
        mentee: ParticipantId = "person-12"
    }
    /// Two proposals of a run.
    TwoProposalsPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The proposal.
        proposal: ProposalId = "proposal-2",
        /// The one it is compared with.
        earlier: ProposalId = "proposal-1"
    }
    /// A pair of a run.
    PairPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The pair.
        pair: PairId = "pair-3"
    }
    /// A session of a run.
    SessionPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The session.
        session: SessionId = "session-4"
    }
    /// A wave of a run.
    WavePath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The wave.
        wave: WaveId = "wave-1"
    }
    /// An agreement of a run.
    AgreementPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The agreement.
        agreement: AgreementId = "agreement-2"
    }
    /// Somebody's draft of their answers to a wave.
    DraftPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The wave.
        wave: WaveId = "wave-1",
        /// The participant.
        participant: ParticipantId = "person-1"
    }
    /// A task of a run.
    TaskPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The task.
        task: TaskId = "task-2"
    }
    /// A concern of a run.
    ConcernPath {
        /// The run.
        run: RunId = "run-01kq8w5n7r3v9x2m4c6t8y0zab",
        /// The concern.
        concern: ConcernId = "concern-1"
    }
}
