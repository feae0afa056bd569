//! The page at `/`: which runs there are and how they stand.

use crate::{ServerLimits, api::Fault, app::App, page::Forms};
use axum::{extract::State, response::Response};
use std::cmp::Reverse;
use turnabout_live::{Engine, LiveError, views::RunSummary};
use turnabout_render::pages::{RunCard, STYLE, StatusPage, status_page};

/// Shows how the runs stand, as counts: it needs no token and shows nobody's data.
pub(crate) async fn status(State(app): State<App>) -> Result<Response, Fault> {
    let limits = app.limits;
    let page = app.engine(move |engine| page(engine, &limits)).await?;
    Ok(crate::page::page(status_page(&page), STYLE, Forms::None))
}

fn page(engine: &Engine, limits: &ServerLimits) -> Result<StatusPage, LiveError> {
    let (mut runs, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = engine.runs(after.as_deref(), limits.page_items_most)?;
        runs.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    // What needs somebody first, then what runs, then what is over; the latest first.
    let urgency = |run: &RunSummary| match &*run.status {
        "needs-attention" => 0,
        "running" => 1,
        _ => 2,
    };
    runs.sort_by_key(|run| (urgency(run), Reverse(run.started)));
    let more_runs = runs.len().saturating_sub(limits.status_runs);
    let now = engine.clock().now();
    let mut cards = Vec::new();
    for run in runs.into_iter().take(limits.status_runs) {
        match engine.read(&run.id, |of| RunCard::of(of.run, now)) {
            Ok(card) => cards.extend(card),
            // One run that can't be read must not hide the others.
            Err(error) if !error.is_fatal() => tracing::warn!(run = %run.id, "not on the status page: {error}"),
            Err(error) => return Err(error),
        }
    }
    Ok(StatusPage {
        version: env!("CARGO_PKG_VERSION").into(),
        runs: cards,
        more_runs,
        api: "/api/v1".into(),
        openapi: "/api/v1/openapi.json".into(),
    })
}
