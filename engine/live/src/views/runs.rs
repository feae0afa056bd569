//! Runs as they stand.

use super::SurveyView;
use crate::{Contacts, engine::Snapshot};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::{collections::BTreeSet, sync::Arc};
use turnabout_core::{
    bundle::Bundle,
    run::{Journey, Pause, Run},
};
use turnabout_model::{BundleHash, JourneyId, Problem, Role, RunId, Value};

/// A run in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunSummary {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: RunId,
    /// For whom it runs.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub client: SmolStr,
    /// The template's name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub template: SmolStr,
    /// The hash of the version it pins.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub bundle: BundleHash,
    /// How it stands: `running`, `needs-attention`, `finished` or `cancelled`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status: SmolStr,
    /// The stage it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub stage: Option<SmolStr>,
    /// Its IANA time zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub time_zone: SmolStr,
    /// When it started.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub started: Timestamp,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended: Option<Timestamp>,
    /// Until when it is paused, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub paused_until: Option<Timestamp>,
    /// When it next does something by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub next_due: Option<Timestamp>,
    /// How many entries its journal has.
    pub version: u64,
    /// Mentors who take part.
    pub mentors: usize,
    /// Mentees who take part.
    pub mentees: usize,
    /// Alumni of earlier runs who stand by.
    #[serde(default)]
    pub alumni: usize,
    /// Pairs that have not ended.
    pub pairs: usize,
    /// Pairs of which both have not signed what was put before them.
    #[serde(default)]
    pub unsigned_pairs: usize,
    /// Decisions that wait for a person.
    pub open_tasks: usize,
    /// Concerns that the contact has not dealt with.
    pub open_concerns: usize,
}

/// A run by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunDetail {
    /// What a list shows of it.
    #[serde(flatten)]
    pub run: RunSummary,
    /// The version of the template that it pins.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub template_version: SmolStr,
    /// The amendments that it went through, in order.
    #[serde(default)]
    pub amendments: Vec<AmendedView>,
    /// Its settings, those that nobody changed included.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub settings: Value,
    /// The surveys of the version that it pins, with what people are told about their answers. What was sent before an
    /// amendment keeps what it said then.
    #[serde(default)]
    pub surveys: Vec<SurveyView>,
    /// Why it was cancelled, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub cancelled: Option<SmolStr>,
    /// The pause that it is in, if it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseView>,
    /// The run that it renews, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub renews: Option<RunId>,
    /// The run that renews it, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub renewed_by: Option<RunId>,
    /// The stages it reached, in order.
    pub stages: Vec<StageView>,
    /// Rounds of applications.
    pub recruitments: Vec<RecruitmentView>,
    /// What waits for somebody to mend it.
    pub parked: Vec<ParkedView>,
    /// Who runs it.
    pub contacts: Contacts,
}

/// An amendment that a run went through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AmendedView {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    /// The template that it had pinned until then, by name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from_template: SmolStr,
    /// Its version.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from_version: SmolStr,
    /// The hash of that version.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: BundleHash,
    /// The hash of the version that it pinned then.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: BundleHash,
    /// The settings that it changed, by name.
    #[serde(default)]
    pub settings: Vec<ChangedSetting>,
}

/// A setting that an amendment changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangedSetting {
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What it was until then; nothing if the version before did not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
    pub from: Option<Value>,
    /// What it was from then on; nothing if the new version does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
    pub to: Option<Value>,
}

/// A pause of a run: nothing happens by time, and the script stands still.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PauseView {
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub since: Timestamp,
    /// When it ends by itself.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Timestamp,
    /// Why, if the coordinator said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub reason: Option<SmolStr>,
}

impl PauseView {
    fn of(pause: &Pause) -> Self {
        Self { since: pause.since, until: pause.until, reason: pause.reason.clone() }
    }
}

/// What a run got to know from the one that it renews.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LessonsView {
    /// The run that learned them; nothing if this one renews none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub from: Option<RunId>,
    /// The learning points that were noted of its sessions, each once.
    pub lessons: Vec<String>,
}

impl LessonsView {
    /// Shows what a run got to know.
    pub fn of(snapshot: Snapshot<'_>) -> Self {
        Self { from: snapshot.run.renews.clone(), lessons: snapshot.handover.lessons.clone() }
    }
}

/// A stage that a run reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageView {
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub stage: SmolStr,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub reached: Timestamp,
}

/// A round of applications.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecruitmentView {
    /// What the script calls it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub label: SmolStr,
    /// When it closes by itself.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: Timestamp,
    /// Whether it takes applications.
    pub open: bool,
}

/// A part of the script that can't go on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParkedView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub journey: JourneyId,
    /// The script function.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub function: SmolStr,
    /// A stable code that `turnabout explain` knows.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: SmolStr,
    /// What is wrong.
    pub message: String,
    /// Where in the script, as `file:line:column`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// What a list shows of a run.
pub(crate) fn summary(of: Snapshot<'_>) -> RunSummary {
    let run: &Run = of.run;
    RunSummary {
        id: run.id.clone().unwrap_or_else(|| RunId::from_bits(0)),
        client: run.client.clone(),
        template: run.template.clone(),
        bundle: run.bundle.clone().unwrap_or_else(|| of.bundle.hash.clone()),
        status: run.status().word().into(),
        stage: run.stage().cloned(),
        time_zone: run.zone.iana_name().unwrap_or("UTC").into(),
        started: run.started,
        ended: run.ended,
        paused_until: run.paused.as_ref().map(|pause| pause.until),
        next_due: run.next_due(),
        version: run.version,
        mentors: run.accepted(Role::Mentor).count(),
        mentees: run.accepted(Role::Mentee).count(),
        alumni: run.alumni().count(),
        pairs: run.pairs.iter().filter(|pair| pair.ended.is_none()).count(),
        unsigned_pairs: run.unsigned_pairs(),
        open_tasks: run.tasks.iter().filter(|task| task.choice.is_none()).count(),
        open_concerns: run.concerns.iter().filter(|concern| concern.open).count(),
    }
}

impl RunSummary {
    /// Sums a run up.
    pub fn of(snapshot: Snapshot<'_>) -> Self {
        summary(snapshot)
    }
}

impl RunDetail {
    /// Shows a run.
    pub fn of(snapshot: Snapshot<'_>) -> Self {
        let run = snapshot.run;
        let stage = |(at, stage): &(Timestamp, SmolStr)| StageView { stage: stage.clone(), reached: *at };
        let recruitments =
            run.recruitments.iter().map(|r| RecruitmentView { label: r.label.clone(), closes: r.closes, open: r.open });
        let parked = |journey: &Journey| journey.problem().map(|problem| ParkedView::of(journey, problem));
        Self {
            run: summary(snapshot),
            template_version: snapshot.bundle.programme.version.clone(),
            amendments: amendments(snapshot),
            settings: (*run.settings).clone(),
            surveys: SurveyView::all(snapshot.bundle),
            cancelled: run.cancelled.clone(),
            pause: run.paused.as_ref().map(PauseView::of),
            renews: run.renews.clone(),
            renewed_by: snapshot.handover.renewed_by.clone(),
            stages: run.stages.iter().map(stage).collect(),
            recruitments: recruitments.collect(),
            parked: run.journeys.iter().filter_map(parked).collect(),
            contacts: snapshot.contacts.clone(),
        }
    }
}

fn amendments(of: Snapshot<'_>) -> Vec<AmendedView> {
    let pinned: Vec<_> = of.past.iter().map(|bundle| &**bundle).chain([of.bundle]).collect();
    let run = of.run;
    let settings: Vec<_> = run.past_settings.iter().chain([&run.settings]).collect();
    let switched = pinned.windows(2).zip(settings.windows(2));
    let amended = |(at, (pair, set)): (&Timestamp, (&[&Bundle], &[&Arc<Value>]))| AmendedView {
        at: *at,
        from_template: pair[0].programme.name.clone(),
        from_version: pair[0].programme.version.clone(),
        from: pair[0].hash.clone(),
        to: pair[1].hash.clone(),
        settings: changed(set[0], set[1]),
    };
    run.amended.iter().zip(switched).map(amended).collect()
}

/// The settings that are not what they were, in order of name.
fn changed(from: &Value, to: &Value) -> Vec<ChangedSetting> {
    let (Value::Map(from), Value::Map(to)) = (from, to) else { return Vec::new() };
    let names: BTreeSet<&SmolStr> = from.keys().chain(to.keys()).collect();
    let changes = names.into_iter().filter(|name| from.get(*name) != to.get(*name));
    let change = |name: &SmolStr| ChangedSetting {
        name: name.clone(),
        from: from.get(name).cloned(),
        to: to.get(name).cloned(),
    };
    changes.map(change).collect()
}

impl ParkedView {
    fn of(journey: &Journey, problem: &Problem) -> Self {
        Self {
            journey: journey.id,
            function: journey.function.clone(),
            code: problem.code.clone(),
            message: problem.message.clone(),
            at: problem.position.as_ref().map(ToString::to_string),
            help: problem.help.clone(),
        }
    }
}
