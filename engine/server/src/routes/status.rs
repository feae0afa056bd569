//! The page at `/`: which runs there are and how they stand.

use crate::{ServerLimits, api::Fault, app::App};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};
use std::{cmp::Reverse, sync::OnceLock};
use turnabout_live::{Engine, LiveError, views::RunSummary};
use turnabout_render::pages::{RunCard, STYLE, StatusPage, status_page};

/// Shows how the runs stand, as counts: it needs no token and shows nobody's data.
pub(crate) async fn status(State(app): State<App>) -> Result<Response, Fault> {
    let limits = app.limits;
    let page = app.engine(move |engine| page(engine, &limits)).await?;
    let mut response = Html(status_page(&page)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy());
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
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

/// The page has one style and nothing else: no script, no picture, no frame around it.
fn policy() -> HeaderValue {
    static POLICY: OnceLock<HeaderValue> = OnceLock::new();
    let policy = POLICY.get_or_init(|| {
        let style = BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
        let text = format!(
            "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
    });
    policy.clone()
}
