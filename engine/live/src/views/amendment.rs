//! What an amendment would mean for a run, as it is shown.

mod alike;
mod branches;
mod lost;

pub use alike::DivergenceView;
pub use lost::LostView;

use super::TemplateSummary;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::{
    amend::{ChangedDeadline, Judged, Judgement, Late, Verdict},
    bundle::Bundle,
    forecast::Compared,
    replay::{Divergence, Found},
    run::Run,
};
use turnabout_model::{Address, BundleHash, Event, JourneyId, PairId, Position, Problem, RunId, Value};

/// What an amendment would mean for a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AmendmentView {
    /// The run.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub run: RunId,
    /// The bundle that it pins.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: BundleHash,
    /// The bundle that it would pin.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: BundleHash,
    /// The template that it would go on under.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub template: SmolStr,
    /// The version of its manifest.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub template_version: SmolStr,
    /// Whether nothing stands in the way.
    pub clean: bool,
    /// Every journey, in order.
    pub journeys: Vec<JudgementView>,
    /// The journeys that stand in the way, together where it is at one step and in one way.
    #[serde(default)]
    pub divergences: Vec<DivergenceView>,
    /// What stands in the way besides.
    pub obstacles: Vec<ObstacleView>,
    /// What becomes of the run's settings.
    pub settings: SettingsView,
    /// How many messages would be queued, sessions planned and tasks opened at once, by kind of event.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub at_once: BTreeMap<SmolStr, u32>,
    /// Where the run goes as it stands and where it would go amended, from the same seeds; only if that was asked for and
    /// nothing stands in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub forecast: Option<Compared>,
    /// The script files that places name, `old/` and `new/` before their path.
    pub sources: BTreeMap<String, String>,
}

/// What an amendment would mean for one journey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JudgementView {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub journey: JourneyId,
    /// The script function.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub function: SmolStr,
    /// The pair it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub pair: Option<PairId>,
    /// `over`, `ends`, `continues`, `mended`, `stays-parked`, `diverges` or `fails`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub verdict: SmolStr,
    /// What is wrong, if anything is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where it diverges: the step that the journal has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<PlaceView>,
    /// What the new script does instead, or where it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<PlaceView>,
    /// Mappings with which it would continue, as the command line takes them. They were tried.
    pub fix: Vec<String>,
    /// What waits and is let go by them, since no mapping was found that keeps it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<LostView>,
    /// The steps that the new script asks for at once. A journey that asks for none is not woken.
    pub asks: Vec<String>,
    /// Its waiting steps that the new script would have end at another time.
    pub deadlines: Vec<ChangedDeadlineView>,
    /// Its branches of `together` and `race` that are under way and stand elsewhere in the new script, say something else or are
    /// gone: a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<String>,
    /// Where a completed branch would have gone otherwise under the new script. It stays as it was lived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub past: Option<String>,
}

/// A step in a script.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceView {
    /// The step, such as `hold(drop-in 2)#0`; `return` where the script returns.
    pub step: String,
    /// The file, `old/` or `new/` before its path; empty if it is not known.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// A waiting step that the new script would have end at another time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangedDeadlineView {
    /// The step.
    pub step: String,
    /// When it was to end.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub was: Timestamp,
    /// When the new script would have it end.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub would_be: Timestamp,
    /// When it would end, as was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ends: Timestamp,
}

/// What stands in the way of an amendment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObstacleView {
    /// What.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// What becomes of a run's settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingsView {
    /// Settings that are new, with their value.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub added: BTreeMap<SmolStr, Value>,
    /// Settings that go, with the value that goes.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub gone: BTreeMap<SmolStr, Value>,
    /// Settings that get another value, with the new one.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub changed: BTreeMap<SmolStr, Value>,
    /// Settings that nobody set and whose default changed: they keep their value.
    pub kept: Vec<KeptSettingView>,
}

/// A setting that keeps its value although the default is another one now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptSettingView {
    /// The setting.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: SmolStr,
    /// What the run has.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub value: Value,
    /// The default now.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub default: Value,
}

impl AmendmentView {
    /// Shows what was judged. `past` has the journeys whose completed branches would have gone otherwise.
    pub(crate) fn of(
        template: &TemplateSummary,
        (run, old, new): (&Run, &Bundle, &Bundle),
        judged: &Judged,
        past: &[(JourneyId, Divergence)],
    ) -> Self {
        let mut sources = BTreeMap::new();
        let mut journeys: Vec<JudgementView> = judged.journeys.iter().map(JudgementView::of).collect();
        for view in &mut journeys {
            let differs = past.iter().find(|(journey, _)| *journey == view.journey);
            view.past = differs.filter(|_| !view.hinders()).map(|(_, at)| lived_otherwise(at));
            for place in [&view.expected, &view.found].into_iter().flatten() {
                let bundle = if place.file.starts_with("old/") { old } else { new };
                if let Some(text) = place.file.get(4..).and_then(|path| bundle.files.get(path)) {
                    sources.insert(place.file.clone(), String::from_utf8_lossy(text).into_owned());
                }
            }
        }
        let mut at_once = BTreeMap::new();
        for event in judged.after.iter().flat_map(|(_, events)| events) {
            if let Some(what) = effect(event) {
                *at_once.entry(SmolStr::new_static(what)).or_insert(0) += 1;
            }
        }
        let divergences = judged.alike.iter().filter_map(|alike| DivergenceView::of(alike, &journeys)).collect();
        let settings = judged.settings.clone();
        let kept = settings.kept.into_iter();
        let kept = kept.map(|kept| KeptSettingView { name: kept.name, value: kept.value, default: kept.default });
        Self {
            run: run.id.clone().unwrap_or_else(|| RunId::from_bits(0)),
            from: old.hash.clone(),
            to: new.hash.clone(),
            template: template.name.clone(),
            template_version: template.version.clone(),
            clean: judged.is_clean(),
            journeys,
            divergences,
            obstacles: judged
                .obstacles
                .iter()
                .map(|obstacle| ObstacleView { what: obstacle.to_string(), help: obstacle.help().into() })
                .collect(),
            settings: SettingsView {
                added: settings.added,
                gone: settings.gone,
                changed: settings.changed,
                kept: kept.collect(),
            },
            at_once,
            forecast: None,
            sources,
        }
    }
}

/// What an event does that people notice.
fn effect(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::MessageQueued { .. } => "messages",
        Event::SessionPlanned { .. } => "sessions",
        Event::SessionCancelled { .. } => "sessions called off",
        Event::WaveOpened { .. } => "surveys",
        Event::WaveClosed { .. } => "surveys closed",
        Event::TaskOpened { .. } => "tasks",
        Event::TaskClosed { .. } => "tasks closed",
        Event::ErrandSent { .. } => "errands",
        Event::JourneyStarted { .. } => "journeys",
        Event::JourneyCancelled { .. } => "journeys ended",
        Event::PairFormed { .. } => "pairs",
        _ => return None,
    })
}

fn lived_otherwise(at: &Divergence) -> String {
    let now = match &at.found {
        Found::Asked(address) | Found::Passed(address) => format!("comes to {address}"),
        Found::Returned => "returns".into(),
    };
    format!(
        "what is complete has {}, and the new script {now} at {}; it stays as it was lived",
        at.expected, at.position
    )
}

/// What to do about steps that stand before something that has happened.
fn too_late(Late { steps, after, is_open, waits }: &Late, expected: &Address) -> String {
    let steps = steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let has = if *waits { "is under way" } else { "has happened" };
    let inside = if *is_open && after.has_branches() { ", or into one of its branches" } else { "" };
    format!("New in the script: {steps}. It can't come before {expected}, which {has}: put it after {after}{inside}.")
}

fn place(side: &str, step: Option<&Address>, at: Option<&Position>) -> PlaceView {
    let file = at.map(|at| {
        // A module is called without the ending of its file.
        let ending = if at.file.ends_with(".rhai") { "" } else { ".rhai" };
        format!("{side}/{}{ending}", at.file)
    });
    PlaceView {
        step: step.map_or_else(|| "return".into(), ToString::to_string),
        file: file.unwrap_or_default(),
        line: at.map_or(0, |at| at.line),
        column: at.map_or(0, |at| at.column),
    }
}

impl JudgementView {
    /// Whether it stands in the way of the amendment.
    pub fn hinders(&self) -> bool {
        matches!(self.verdict.as_str(), "diverges" | "fails")
    }

    fn of(judgement: &Judgement) -> Self {
        let mut view = Self {
            journey: judgement.journey,
            function: judgement.function.clone(),
            pair: judgement.pair,
            verdict: SmolStr::default(),
            problem: None,
            help: None,
            expected: None,
            found: None,
            fix: Vec::new(),
            lost: Vec::new(),
            asks: judgement.asks.iter().map(ToString::to_string).collect(),
            deadlines: judgement.deadlines.iter().map(ChangedDeadlineView::of).collect(),
            branches: judgement.branches.iter().map(branches::note).collect(),
            past: None,
        };
        view.verdict = SmolStr::new_static(match &judgement.verdict {
            Verdict::Over => "over",
            Verdict::Ends => "ends",
            Verdict::Continues => "continues",
            Verdict::Mended => "mended",
            Verdict::StaysParked(problem) => {
                view.problem(problem);
                "stays-parked"
            }
            Verdict::Fails(problem) => {
                view.problem(problem);
                "fails"
            }
            Verdict::Diverges(at) => {
                let does =
                    at.found.as_ref().map_or_else(|| "returns".into(), |found| format!("comes to {found} without it"));
                view.problem = Some(match &at.branch {
                    Some(unclear) => branches::problem(unclear),
                    None => format!("the journal has {}, and the new script {does}", at.expected),
                });
                let what_to_say = match (&at.late, &at.branch) {
                    (Some(late), _) => Some(too_late(late, &at.expected)),
                    (None, branch) => branch.as_deref().map(branches::help),
                };
                let said: Vec<String> = lost::said(&at.lost).into_iter().chain(what_to_say).collect();
                view.help = (!said.is_empty()).then(|| said.join("\n"));
                view.lost = at.lost.iter().map(LostView::of).collect();
                view.expected = Some(place("old", Some(&at.expected), at.expected_at.as_ref()));
                view.found = Some(place("new", at.found.as_ref(), Some(&at.found_at)));
                view.fix = at.fix.iter().map(ToString::to_string).collect();
                "diverges"
            }
        });
        view
    }

    fn problem(&mut self, problem: &Problem) {
        self.problem = Some(problem.message.clone());
        self.help.clone_from(&problem.help);
        if let Some(at) = &problem.position {
            self.found = Some(PlaceView { step: problem.code.to_string(), ..place("new", None, Some(at)) });
        }
    }
}

impl ChangedDeadlineView {
    fn of(changed: &ChangedDeadline) -> Self {
        let ChangedDeadline { address, was, would_be, ends, .. } = changed;
        Self { step: address.to_string(), was: *was, would_be: *would_be, ends: *ends }
    }
}
