//! A letter for the script.

use crate::{
    api::{KeyHeader, Path, Problems, RunPath, Shown, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use turnabout_core::decide::Input;
use turnabout_live::Request;
use turnabout_model::{Event, PairId, ParticipantId, SignalId, SignalSubject, Value};
use utoipa::ToSchema;

/// A letter for the script.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "surge", "key": "2026-11-03", "pair": "pair-3"}))]
pub(crate) struct SendSignal {
    /// The name that the script waits for.
    #[schema(value_type = String, example = "surge-over")]
    name: SmolStr,
    /// The same name, subject and key is taken once.
    #[schema(value_type = String, example = "2026-11-03")]
    key: SmolStr,
    /// The pair it is about, if it is about one.
    #[schema(value_type = Option<String>)]
    pair: Option<PairId>,
    /// The participant it is about, if it is about one.
    #[schema(value_type = Option<String>)]
    participant: Option<ParticipantId>,
    /// What it says. The journal keeps it: ids and facts, no names.
    #[serde(default)]
    #[schema(value_type = serde_json::Value)]
    payload: Value,
}

/// A letter that was taken.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Received {
    /// Its id; nothing if the same letter had come before.
    #[schema(value_type = Option<String>)]
    signal: Option<SignalId>,
}

/// Puts a letter into the run's mailbox, where it waits for the script to ask for it.
#[utoipa::path(post, path = "/runs/{run}/signals", tag = "signals", params(RunPath, KeyHeader),
    request_body = SendSignal, responses((status = 200, description = "It is in the mailbox", body = Received), Problems))]
pub(crate) async fn send_signal(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<SendSignal>,
) -> Shown<Received> {
    let SendSignal { name, key, pair, participant, payload } = write.body;
    let subject = match (pair, participant) {
        (None, None) => SignalSubject::Run,
        (Some(pair), None) => SignalSubject::Pair(pair),
        (None, Some(participant)) => SignalSubject::Participant(participant),
        (Some(_), Some(_)) => {
            let detail = "a signal is about a pair or about a participant, not both";
            return Err(crate::api::Fault::bad_request("request::json", detail, "Leave one of them out."));
        }
    };
    super::short("the name of a signal", &name)?;
    super::short("the key of a signal", &key)?;
    let request = Request::from(Input::Signal { name, subject, key, payload }).once(write.once);
    let outcome = app.submit(path.run, request, |d| Received {
        signal: d.events.iter().find_map(|event| match event {
            Event::SignalReceived { signal, .. } => Some(*signal),
            _ => None,
        }),
    });
    Ok(Json(outcome.await?.answer))
}
