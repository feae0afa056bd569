//! Amending a run: it goes on under another bundle.

use crate::{
    api::{KeyHeader, Path, Problems, RunPath, Shown, Write},
    app::App,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::amend::{Amendment, Deadlines};
use turnabout_live::{
    Amend, ForecastAsked,
    views::{AmendmentView, RunSummary},
};
use turnabout_model::{Mapping, Value};
use utoipa::ToSchema;

/// What a run is amended to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"template": "ambulance", "settings": {"patience": "6 weeks"}, "mappings": [{"renamed": {"from": "hold(drop-in)", "to": "meet-up"}}, {"branch": {"of": "programme/together#0", "from": 1, "to": 2}}], "deadlines": "keep", "dry_run": true}))]
pub(crate) struct AmendRun {
    /// The template, by name, which means its latest version, by `NAME@VERSION`, or by the hash of a version.
    #[schema(value_type = String, example = "ambulance")]
    template: SmolStr,
    /// Settings that get another value, by name. The others keep theirs; new ones get their default.
    #[serde(default)]
    #[schema(value_type = Object)]
    settings: BTreeMap<SmolStr, Value>,
    /// Steps that the new script calls otherwise, or no longer has, each over what the ones before it left:
    /// `{"renamed": {"from": "hold(drop-in)", "to": "meet-up"}}` or `{"skipped": {"step": "send(hello)"}}`. And branches of an open
    /// `together` or `race`, counted from 1, where the dry run can't tell which is which:
    /// `{"branch": {"of": "programme/together#0", "from": 1, "to": 2}}`, without `to` if the branch is gone.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    mappings: Vec<Mapping>,
    /// What becomes of waiting steps that the new script would have end at another time: `keep`, or `recompute` from when
    /// they began.
    #[serde(default)]
    #[schema(value_type = String, example = "keep")]
    deadlines: Deadlines,
    /// Who permitted the client to ask somebody else's questions that are new in that version, and when, by the name of the survey.
    #[serde(default)]
    #[schema(value_type = Object)]
    permissions: BTreeMap<SmolStr, String>,
    /// Whether it is only looked at: every journey is judged, and nothing is written.
    #[serde(default)]
    dry_run: bool,
    /// Of what is only looked at: how many times the run goes on as it stands and amended, from the same seeds. Without it
    /// nothing is forecast.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 200)]
    times: Option<u32>,
    /// The seed of the forecasts; 7 by default.
    #[serde(default)]
    seed: Option<u64>,
}

/// What became of an amendment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Amended {
    /// Whether the run goes on under the other bundle now.
    done: bool,
    /// The run as it stands.
    run: RunSummary,
    /// What it would mean for every journey, if it was only looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    judged: Option<AmendmentView>,
}

/// Amends a run to another bundle, or looks at what that would mean. It is amended only if every journey continues, those that
/// are not over; otherwise nothing changes. The old bundle stays, for audit.
#[utoipa::path(post, path = "/runs/{run}/amendments", tag = "runs", params(RunPath, KeyHeader), request_body = AmendRun,
    responses((status = 200, description = "It was amended, or judged", body = Amended), Problems))]
pub(crate) async fn amend_run(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<AmendRun>,
) -> Shown<Amended> {
    let Write { body, once } = write;
    let AmendRun { template, settings, mappings, deadlines, permissions, dry_run, times, seed } = body;
    let asked = times.map(|times| ForecastAsked { times, seed: seed.unwrap_or(7) });
    let amendment = Amendment { settings: Value::Map(settings), mappings, deadlines };
    let to = Amend { template, amendment, permissions };
    let amended = app.engine(move |engine| {
        if dry_run {
            once.as_ref().map_or(Ok(()), |once| engine.check_key(once))?;
            let judged = engine.look_at_amendment(&path.run, &to, asked)?;
            let run = engine.read(&path.run, RunSummary::of)?;
            return Ok(Amended { done: false, run, judged: Some(judged) });
        }
        let summary = |run| Amended { done: true, run, judged: None };
        Ok(engine.amend(&path.run, &to, once.as_ref(), |d| summary(RunSummary::of(d.after)))?.answer)
    });
    amended.await.map(Json)
}
