//! Noting that a pair met.

use crate::{
    api::{Created, Fault, KeyHeader, Path, Problems, RunPath, Write, moment},
    app::App,
};
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use turnabout_core::decide::Input;
use turnabout_live::{Request, views::MeetingView};
use turnabout_model::{MeetingForm, PairId};
use utoipa::ToSchema;

/// A meeting as somebody says it was: all that is ever asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"pair": "pair-3", "on": "2026-06-02T14:00:00Z", "minutes": 45, "form": "video"}))]
pub(crate) struct RecordMeeting {
    /// Whose.
    #[schema(value_type = String, example = "pair-3")]
    pair: PairId,
    /// When, as RFC 3339.
    #[schema(value_type = String, format = DateTime, example = "2026-06-02T14:00:00Z")]
    #[serde(deserialize_with = "moment")]
    on: Timestamp,
    /// For how long.
    minutes: u32,
    /// `in-person`, `video` or `telephone`.
    #[schema(value_type = String, example = "video")]
    form: MeetingForm,
    /// False to say that it did not take place.
    #[serde(default = "yes")]
    took_place: bool,
}

fn yes() -> bool {
    true
}

/// Notes that a pair met, or that it did not.
#[utoipa::path(post, path = "/runs/{run}/meetings", tag = "diary", params(RunPath, KeyHeader),
    request_body = RecordMeeting,
    responses((status = 201, description = "The meeting", body = MeetingView),
        (status = 200, description = "An earlier request with the same key did it", body = MeetingView), Problems))]
pub(crate) async fn record_meeting(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<RecordMeeting>,
) -> Result<Created<MeetingView>, Fault> {
    let RecordMeeting { pair, on, minutes, form, took_place } = write.body;
    let request = Request::from(Input::RecordMeeting { pair, on, minutes, form, took_place }).once(write.once);
    let recorded = app.submit(path.run.clone(), request, |d| {
        d.after.run.meetings.last().map(MeetingView::of).expect("invariant: the core has recorded it")
    });
    let outcome = recorded.await?;
    let location = format!("/api/v1/runs/{}/meetings", path.run);
    Ok(Created { location, body: outcome.answer, replayed: outcome.replayed })
}
