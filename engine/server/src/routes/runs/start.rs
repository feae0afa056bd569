//! Starting a run.

use crate::{
    api::{Created, Fault, KeyHeader, Problems, Write},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_live::{Beside, Contacts, LiveError, NewRun, views::RunSummary};
use turnabout_model::{RunId, Value};
use utoipa::ToSchema;

/// What a run is started with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"template": "ambulance", "client": "Northshire Ambulance", "settings": {"length": "9 months"}, "contacts": {"coordinator": {"name": "Sam Reed", "email": "sam@example.org"}}}))]
pub(crate) struct StartRun {
    /// The template, by name or by the hash of a version. Only a run that renews another can leave it out.
    #[schema(value_type = Option<String>, example = "ambulance")]
    template: Option<SmolStr>,
    /// For whom it runs. Only a run that renews another can leave it out.
    #[schema(value_type = Option<String>, example = "Northshire Ambulance")]
    client: Option<SmolStr>,
    /// The run that it renews: one that is over and was not renewed yet. From there come the latest version of the
    /// template, the client's name, contacts, time zone and settings, each unless it is given here; the alumni who agreed
    /// to it; and what was learned.
    #[schema(value_type = Option<String>, example = "run-01kq8w5n7r3v9x2m4c6t8y0zab")]
    renews: Option<RunId>,
    /// Whether it may start beside a run of the same template for the same client that is not over. If not, such a run is
    /// named, and none starts.
    #[serde(default)]
    another: bool,
    /// Settings that differ from the template's defaults, by name. A period is text, such as `5 weeks`.
    #[serde(default)]
    #[schema(value_type = Object)]
    settings: BTreeMap<SmolStr, Value>,
    /// The IANA time zone; the template's if none.
    #[schema(value_type = Option<String>, example = "Europe/London")]
    time_zone: Option<SmolStr>,
    /// Who runs it.
    #[serde(default)]
    contacts: Contacts,
    /// The seed of everything random in it; drawn if none.
    seed: Option<u64>,
}

/// Starts a run of a template, or the next one after a run that is over.
#[utoipa::path(post, path = "/runs", tag = "runs", params(KeyHeader), request_body = StartRun,
    responses((status = 201, description = "It has started", body = RunSummary),
        (status = 200, description = "An earlier request with the same key started it", body = RunSummary), Problems))]
pub(crate) async fn start_run(State(app): State<App>, write: Write<StartRun>) -> Result<Created<RunSummary>, Fault> {
    let Write { body, once } = write;
    let StartRun { template, client, renews, another, settings, time_zone, contacts, seed } = body;
    let settings = Value::Map(settings);
    // A name that is given is never taken for one that is left out.
    for (what, given) in [("template", &template), ("client", &client)] {
        if given.as_ref().map_or(renews.is_none(), SmolStr::is_empty) {
            return Err(LiveError::Missing(what).into());
        }
    }
    let (template, client) = (template.unwrap_or_default(), client.unwrap_or_default());
    let beside = if another { Beside::Anything } else { Beside::NothingAlike };
    let new = NewRun { template, client, settings, time_zone, contacts, seed, beside, renews, run: None };
    let outcome = app.engine(move |engine| engine.start(new, once, |d| RunSummary::of(d.after))).await?;
    let location = format!("/api/v1/runs/{}", outcome.answer.id);
    Ok(Created { location, body: outcome.answer, replayed: outcome.replayed })
}
