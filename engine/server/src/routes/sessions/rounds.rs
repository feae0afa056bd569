//! The rounds of a session where people meet each other.

use crate::{
    api::{Fault, Path, Problems, Query, SessionPath, Shown},
    app::App,
};
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;
use turnabout_live::{RoundLengths, views::RoundsView};
use turnabout_render::pages::{TableDate, TablePlan, TableRound, table_plan_page};
use utoipa::IntoParams;

/// How long people talk.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RoundsQuery {
    /// Minutes of a conversation.
    #[serde(default = "six")]
    #[param(minimum = 1, maximum = 120)]
    minutes: u32,
    /// Minutes to change tables after it.
    #[serde(default = "two")]
    #[param(minimum = 0, maximum = 60)]
    change: u32,
}

fn six() -> u32 {
    6
}

fn two() -> u32 {
    2
}

impl RoundsQuery {
    fn lengths(&self) -> Result<RoundLengths, Fault> {
        if !(1..=120).contains(&self.minutes) || self.change > 60 {
            let detail = "a conversation lasts 1 to 120 minutes, a change of tables 0 to 60";
            return Err(Fault::bad_request("request::query", detail, "Leave them out for 6 and 2 minutes."));
        }
        Ok(RoundLengths { talk: self.minutes, change: self.change })
    }
}

/// Plans who of those invited meets whom in which round: everybody everybody, or as many as the session's time allows,
/// each about as often.
#[utoipa::path(get, path = "/runs/{run}/sessions/{session}/rounds", tag = "diary", params(SessionPath, RoundsQuery),
    responses((status = 200, description = "The rounds", body = RoundsView), Problems))]
pub(crate) async fn plan_rounds(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
    Query(query): Query<RoundsQuery>,
) -> Shown<RoundsView> {
    let lengths = query.lengths()?;
    app.read(run, move |of| of.rounds(session, lengths)).await
}

/// Shows the same rounds as a table plan to print.
#[utoipa::path(get, path = "/runs/{run}/sessions/{session}/rounds/page", tag = "diary",
    params(SessionPath, RoundsQuery),
    responses((status = 200, description = "A page", body = String, content_type = "text/html"), Problems))]
pub(crate) async fn print_rounds(
    State(app): State<App>,
    Path(SessionPath { run, session }): Path<SessionPath>,
    Query(query): Query<RoundsQuery>,
) -> Result<Response, Fault> {
    let lengths = query.lengths()?;
    let plan = app.read(run, move |of| of.rounds(session, lengths)).await?.0;
    let date = |date: turnabout_live::views::DateView| TableDate {
        table: date.table,
        mentor: date.mentor.name,
        mentee: date.mentee.name,
    };
    let rounds = plan.rounds.into_iter().map(|round| TableRound {
        starts: round.starts,
        ends: round.ends,
        dates: round.dates.into_iter().map(date).collect(),
    });
    let plan = TablePlan { session: plan.session, time_zone: plan.time_zone, rounds: rounds.collect() };
    Ok(Html(table_plan_page(&plan)).into_response())
}
