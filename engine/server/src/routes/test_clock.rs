//! The clock of a server that was built for tests. It exists nowhere else and is no part of the API.

use crate::{
    api::{Fault, Write},
    app::App,
};
use axum::{Json, extract::State, http::Uri};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use turnabout_live::Clock as _;

/// Where the clock is to stand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetClock {
    now: Timestamp,
}

/// Where the clock stands.
#[derive(Debug, Serialize)]
pub(crate) struct ClockStands {
    now: Timestamp,
    /// How often a run was woken on the way.
    woken: usize,
}

/// Moves the clock forward, step by step: whatever is due on the way happens at its own time and in its own order.
pub(crate) async fn set_clock(
    State(app): State<App>,
    uri: Uri,
    write: Write<SetClock>,
) -> Result<Json<ClockStands>, Fault> {
    let clock = app.test_clock.clone().ok_or_else(|| Fault::not_found(uri.path()))?;
    let to = write.body.now;
    let moving = clock.clone();
    let woken = app.engine(move |engine| engine.advance(&moving, to)).await?;
    Ok(Json(ClockStands { now: clock.now(), woken }))
}
