//! A bundle around a script.

use smol_str::SmolStr;
use std::{collections::BTreeMap, sync::Arc};
use turnabout_core::{
    bundle::{Agreement, Bundle, Scripts},
    verbs::Verbs,
};
use turnabout_model::{
    AgreementHead, BundleHash, Condition, Diagnostic, MatchingPlan, MessageHead, Period, Programme, Question,
    QuestionKind, SessionKind, SolverKind, Survey, TextHash,
};
use turnabout_script::{RhaiScripts, ScriptLimits};

/// The messages that test scripts send, and those that the engine sends by itself.
const MESSAGES: [&str; 10] =
    ["hello", "nudge", "invitation", "reminder", "survey", "agreement", "lessons", "paused", "unpaused", "cancelled"];

/// A manifest with the sessions, plans and settings that test scripts speak of.
pub fn manifest() -> Programme {
    let session = |kind: &str| SessionKind {
        kind: kind.into(),
        title: kind.into(),
        lasts: Period::seconds(7200),
        notice: Period::weeks(2),
        weekday: None,
        at: "10:00".into(),
        invitation: Some("invitation".into()),
        reminder: Some("reminder".into()),
        remind_before: Period::days(2),
    };
    Programme {
        name: "test".into(),
        version: "1".into(),
        lineage: None,
        summary: "A programme for a test".into(),
        purpose: "To test".into(),
        length: Period::months(6),
        licence: "MIT OR Apache-2.0".into(),
        time_zone: "Europe/London".into(),
        measures: true,
        risk: None,
        settings: BTreeMap::new(),
        attributes: BTreeMap::new(),
        diary: turnabout_model::Diary::default(),
        sessions: [("training", "training"), ("drop-in", "drop-in"), ("celebration", "celebration")]
            .map(|(name, kind)| (SmolStr::from(name), session(kind)))
            .into(),
        gates: turnabout_model::Gates::default(),
        pace: turnabout_model::Pace::default(),
        plugins: BTreeMap::new(),
        matching: [(SmolStr::from("anyone"), MatchingPlan::new(SolverKind::Optimal, Vec::new()))].into(),
        waivers: Vec::new(),
    }
}

/// A bundle with the standard test manifest.
///
/// # Panics
/// If the script does not compile.
pub fn bundle(script: &str) -> Bundle {
    bundle_with(manifest(), script).unwrap_or_else(|problems| panic!("the script does not compile: {problems:#?}"))
}

/// A later version of the test bundle, known by a hash of its own.
///
/// # Panics
/// If the script does not compile.
pub fn later(hash: &str, script: &str) -> Bundle {
    Bundle { hash: BundleHash(hash.into()), ..bundle(script) }
}

/// A bundle with a manifest of the test's own, or why the script does not compile.
pub fn bundle_with(programme: Programme, script: &str) -> Result<Bundle, Vec<Diagnostic>> {
    bundle_of(programme, script, Verbs::default())
}

/// A bundle whose script can call verbs of the test's own, with the standard test manifest.
///
/// # Panics
/// If the script does not compile.
pub fn bundle_bringing(verbs: Verbs, script: &str) -> Bundle {
    bundle_of(manifest(), script, verbs).unwrap_or_else(|problems| panic!("the script does not compile: {problems:#?}"))
}

fn bundle_of(programme: Programme, script: &str, verbs: Verbs) -> Result<Bundle, Vec<Diagnostic>> {
    let files = BTreeMap::from([(SmolStr::from("programme.rhai"), script.to_owned())]);
    let scripts = RhaiScripts::new(ScriptLimits::standard()).with_verbs(verbs.clone());
    let program = scripts.compile(&files)?;
    let head = MessageHead { subject: "Hello".into(), stale_after: None };
    let going = Question::new("going", "It is going well", QuestionKind::likert(5));
    let going = Question { required: Condition::Always, ..going };
    let survey = Survey::new("Pulse", "How is it going?", vec![going]);
    let survey = Survey { invitation: Some("survey".into()), reminder: Some("reminder".into()), ..survey };
    let ways = AgreementHead { title: "Ways of working".into(), invitation: "agreement".into() };
    let ways = Agreement { head: ways, hash: TextHash("00".into()) };
    Ok(Bundle {
        hash: BundleHash("test".into()),
        programme,
        program,
        verbs,
        surveys: BTreeMap::from([("pulse".into(), survey)]),
        words: BTreeMap::new(),
        messages: MESSAGES.map(|name| (name.into(), head.clone())).into(),
        agreements: BTreeMap::from([("ways".into(), ways)]),
        rehearsals: BTreeMap::new(),
        files: Arc::new(BTreeMap::new()),
    })
}
