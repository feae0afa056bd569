//! Errors as RFC 9457 has them, each with a stable code and a hint.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use turnabout_core::{
    decide::Refusal,
    ports::{PluginFault, StoreError},
};
use turnabout_live::LiveError;
use turnabout_model::{Diagnostic, IdError};

/// What went wrong, in the form of RFC 9457.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// A URI for the kind of problem; it ends in the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong with this request.
    pub detail: String,
    /// A stable code that `turnabout explain` knows.
    pub code: String,
    /// What to do.
    pub hint: String,
    /// Everything that is wrong, if it is more than one thing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemItem>,
}

/// What went wrong, on its way to the client.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) status: StatusCode,
    pub(crate) code: Cow<'static, str>,
    pub(crate) detail: String,
    pub(crate) hint: Cow<'static, str>,
    pub(crate) errors: Vec<ProblemItem>,
}

/// One of several things that are wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProblemItem {
    /// Where: a row and column, a question, a file and line.
    #[serde(rename = "where")]
    pub at: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        detail: impl Into<String>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { status, code: code.into(), detail: detail.into(), hint: hint.into(), errors: Vec::new() }
    }

    pub(crate) fn not_found(path: &str) -> Self {
        let path: String = path.chars().take(200).collect();
        Self::new(
            StatusCode::NOT_FOUND,
            "request::not_found",
            format!("there is nothing at {path}"),
            "Look at /api/v1/openapi.json for the operations there are.",
        )
    }

    pub(crate) fn method(method: &str, path: &str) -> Self {
        let path: String = path.chars().take(200).collect();
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "request::method",
            format!("{path} does not take {method}"),
            "Use one of the methods in the answer's Allow header.",
        )
    }

    pub(crate) fn no_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "request::token",
            "the request carries no valid token",
            "Send the header `Authorization: Bearer TOKEN`. The server printed where its token lies when it started.",
        )
    }

    pub(crate) fn too_large(most: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request::too_large",
            format!("the body is larger than {most} bytes, which this operation takes at most"),
            "Send less at once.",
        )
    }

    pub(crate) fn media_type(found: &str, wanted: &str) -> Self {
        let found: String = found.chars().take(100).collect();
        let found = if found.is_empty() { "nothing said".to_owned() } else { format!("'{found}'") };
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request::media_type",
            format!("the body's content type is {found}, and this operation takes {wanted}"),
            format!("Send the header `Content-Type: {wanted}`."),
        )
    }

    pub(crate) fn bad_request(code: &'static str, detail: impl Into<String>, hint: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail, hint)
    }

    pub(crate) fn timeout(seconds: u64) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "server::timeout",
            format!("the request took longer than {seconds} seconds"),
            "It may still take effect. Repeat it with the same Idempotency-Key, or look first.",
        )
    }

    pub(crate) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "server::busy",
            "the server has too much to do at the moment; nothing was changed",
            "Try again in a few seconds.",
        )
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "server::internal",
            "the server made a mistake; it is written in its log",
            "Look whether the request took effect before you repeat it.",
        )
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let Fault { status, code, detail, hint, errors } = fault;
        Self {
            kind: format!("urn:turnabout:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: status.as_u16(),
            detail,
            code: code.into_owned(),
            hint: hint.into_owned(),
            errors,
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = (status, Json(Problem::from(self))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"turnabout\""));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            }
            _ => {}
        }
        response
    }
}

impl From<IdError> for Fault {
    fn from(error: IdError) -> Self {
        Self::bad_request("request::id", error.to_string(), "Use an id as the lists of the API give it.")
    }
}

impl From<LiveError> for Fault {
    fn from(error: LiveError) -> Self {
        let status = status(&error);
        match &error {
            // What a plugin says may hold somebody's answers: the client reads it, the log does not.
            LiveError::Plugin(failed) => tracing::error!(code = error.code(), "the plugin '{}' failed", failed.plugin),
            _ if status.is_server_error() => tracing::error!(code = error.code(), "{error}"),
            _ => {}
        }
        let errors = items(&error);
        Self { errors, ..Self::new(status, error.code(), error.to_string(), error.hint()) }
    }
}

fn status(error: &LiveError) -> StatusCode {
    match error {
        LiveError::NoRun(_) | LiveError::NotInRun(_) | LiveError::NoTemplate { .. } | LiveError::NoDraft => {
            StatusCode::NOT_FOUND
        }
        LiveError::NotesChanged { .. } => StatusCode::PRECONDITION_FAILED,
        LiveError::RunExists(_)
        | LiveError::AlreadyIn { .. }
        | LiveError::NobodyHears
        | LiveError::ManyConcerns(_)
        | LiveError::AnonymousDraft
        | LiveError::NotOver(_)
        | LiveError::Renewed { .. }
        | LiveError::UnderWay { .. }
        | LiveError::Ambiguous { .. }
        | LiveError::NotCompleted(_) => StatusCode::CONFLICT,
        LiveError::Plugin(error) if error.fault == PluginFault::Busy => StatusCode::SERVICE_UNAVAILABLE,
        LiveError::Refused(refusal) => refused(refusal),
        LiveError::Answers(_)
        | LiveError::People(_)
        | LiveError::Notes(_)
        | LiveError::Length { .. }
        | LiveError::Missing(_)
        | LiveError::Unpermitted(_)
        | LiveError::Template(_)
        | LiveError::KeyReused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        LiveError::BadCursor(_) | LiveError::BadKey(_) | LiveError::TooManyForecasts(_) => StatusCode::BAD_REQUEST,
        LiveError::Contended(..) | LiveError::ForecastTooSlow { .. } | LiveError::Store(StoreError::Stopped(_)) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        LiveError::TooMuch { .. } | LiveError::Store(StoreError::Limit(_)) => StatusCode::PAYLOAD_TOO_LARGE,
        LiveError::NoBundle(_)
        | LiveError::NeedsDocument(_)
        | LiveError::Unwritten { .. }
        | LiveError::Damaged { .. }
        | LiveError::Store(_)
        | LiveError::Plugin(_)
        | LiveError::Entropy(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn refused(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Unknown(_) => StatusCode::NOT_FOUND,
        Refusal::AlreadyStarted
        | Refusal::NotStarted
        | Refusal::Over(_)
        | Refusal::AlreadySo { .. }
        | Refusal::Withdrawn(_)
        | Refusal::NothingParked
        | Refusal::NotPaused
        | Refusal::JournalFull(_)
        | Refusal::MailboxFull(_)
        | Refusal::PublishInstead
        | Refusal::RecordInstead
        | Refusal::NoLongerAsked(_)
        | Refusal::Hindered(_)
        | Refusal::WouldDiverge(_)
        | Refusal::Outdated(_)
        | Refusal::NothingWaits(_)
        | Refusal::InPair(_)
        | Refusal::TakesPart(_) => StatusCode::CONFLICT,
        Refusal::TooLarge(..) => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::Setting(_)
        | Refusal::TimeZone(_)
        | Refusal::NoProgramme
        | Refusal::TooManyParticipants(_)
        | Refusal::NotInvited { .. }
        | Refusal::Gate { .. }
        | Refusal::Unsigned { .. }
        | Refusal::BadTime(_)
        | Refusal::TooDeep(..)
        | Refusal::Unkeepable(_)
        | Refusal::Matching(_)
        | Refusal::TooMany(..)
        | Refusal::Alumnus
        | Refusal::NoSuchChoice { .. } => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn items(error: &LiveError) -> Vec<ProblemItem> {
    match error {
        LiveError::Answers(problems) | LiveError::Notes(problems) => problems
            .iter()
            .map(|p| ProblemItem { at: p.question.to_string(), what: p.what.clone(), help: p.help.clone() })
            .collect(),
        LiveError::People(errors) => errors
            .iter()
            .map(|e| {
                let column = e.column.as_ref().map(|column| format!("column '{column}'"));
                let row = (e.row > 0).then(|| format!("row {}", e.row));
                let at = row.into_iter().chain(column).collect::<Vec<_>>().join(", ");
                ProblemItem { at, what: e.what.clone(), help: e.help.clone() }
            })
            .collect(),
        LiveError::Template(diagnostics) => diagnostics.iter().map(diagnostic).collect(),
        _ => Vec::new(),
    }
}

fn diagnostic(diagnostic: &Diagnostic) -> ProblemItem {
    let at = diagnostic.labels.first().map(|label| format!("{} at byte {}", label.file, label.bytes.start));
    ProblemItem {
        at: at.unwrap_or_default(),
        what: diagnostic.message.clone(),
        help: diagnostic.help.clone().unwrap_or_default(),
    }
}
