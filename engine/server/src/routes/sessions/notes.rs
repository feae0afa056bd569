//! What a facilitator noted of a focus group, an interview or a review.

use crate::{
    api::{Fault, Path, Problems, SessionPath, Write},
    app::App,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_model::{ParticipantId, Quote, SessionId, SessionNotes, Theme};
use utoipa::{IntoParams, ToSchema};

/// The notes of a session. What is here and not released is for those who run the programme alone.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"consented": ["person-1"], "themes": [{"name": "time to prepare", "mentions": 3}], "quotes": [{"text": "I was listened to.", "by": "person-1", "released": true}], "learning": ["Begin a week sooner"]}))]
pub(crate) struct Notes {
    /// Who agreed that notes are kept, and that what they said may be quoted. They were there.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["person-1"]))]
    consented: BTreeSet<ParticipantId>,
    /// What was spoken about, under names that the facilitator gave.
    #[serde(default)]
    themes: Vec<NotedTheme>,
    /// What was said, word for word.
    #[serde(default)]
    quotes: Vec<NotedQuote>,
    /// What the next programme should know, in the facilitator's words.
    #[serde(default)]
    learning: Vec<String>,
}

/// Something that a group spoke about.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NotedTheme {
    /// Its name, the same wherever it comes up.
    #[schema(value_type = String, example = "time to prepare")]
    name: SmolStr,
    /// How many people brought it up.
    mentions: u16,
}

/// Something that somebody said.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NotedQuote {
    /// The words.
    text: String,
    /// Who said it; they have to be among those who agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    by: Option<ParticipantId>,
    /// Whether it may be passed on.
    #[serde(default)]
    released: bool,
    /// Whether it may be passed on with the name.
    #[serde(default)]
    named: bool,
}

impl Notes {
    fn of(notes: SessionNotes) -> Self {
        let SessionNotes { session: _, consented, themes, quotes, learning } = notes;
        let theme = |Theme { name, mentions }| NotedTheme { name, mentions };
        let quote = |Quote { text, by, released, named }| NotedQuote { text, by, released, named };
        let (themes, quotes) = (themes.into_iter().map(theme).collect(), quotes.into_iter().map(quote).collect());
        Self { consented, themes, quotes, learning }
    }

    fn about(self, session: SessionId) -> SessionNotes {
        let Self { consented, themes, quotes, learning } = self;
        let theme = |NotedTheme { name, mentions }| Theme { name, mentions };
        let quote = |NotedQuote { text, by, released, named }| Quote { text, by, released, named };
        let (themes, quotes) = (themes.into_iter().map(theme).collect(), quotes.into_iter().map(quote).collect());
        SessionNotes { session, consented, themes, quotes, learning }
    }
}

/// The header that keeps two writers apart.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code)] // it only describes the header
pub(crate) struct IfMatchHeader {
    /// The version of the notes that the writer has seen, as the header `ETag` gave it. It may be left out while nobody has
    /// written any.
    #[param(rename = "If-Match", required = false, example = "\"1\"")]
    if_match: Option<String>,
}

/// The version that the writer has seen; one that is none is as if they had seen nothing.
fn seen(headers: &HeaderMap) -> u32 {
    let said = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    said.and_then(|said| said.trim().trim_matches('"').parse().ok()).unwrap_or(0)
}

/// The notes with their version.
fn tagged(version: u32, notes: SessionNotes) -> Response {
    ([(header::ETAG, format!("\"{version}\""))], Json(Notes::of(notes))).into_response()
}

/// Shows the notes of a session; empty ones if nobody has written any.
#[utoipa::path(get, path = "/runs/{run}/sessions/{session}/notes", tag = "diary", params(SessionPath),
    responses((status = 200, description = "The notes; their version is in the header `ETag`", body = Notes), Problems))]
pub(crate) async fn show_notes(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
) -> Result<Response, Fault> {
    app.engine(move |engine| engine.notes(&run, session)).await.map(|(version, notes)| tagged(version, notes))
}

/// Keeps the notes of a session that was held, in place of those that the writer has seen. Notes are kept only if somebody
/// agreed to it, and quote nobody who did not.
#[utoipa::path(put, path = "/runs/{run}/sessions/{session}/notes", tag = "diary", params(SessionPath, IfMatchHeader),
    request_body = Notes,
    responses((status = 200, description = "The notes as they are kept", body = Notes), Problems))]
pub(crate) async fn keep_notes(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
    headers: HeaderMap,
    write: Write<Notes>,
) -> Result<Response, Fault> {
    let (notes, seen) = (write.body.about(session), seen(&headers));
    let keep = app.engine(move |engine| engine.keep_notes(&run, &notes, seen).map(|version| (version, notes)));
    keep.await.map(|(version, notes)| tagged(version, notes))
}
