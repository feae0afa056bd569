//! Rules that would hurt: matching is parked with the plugin's name, nobody is paired, and a resume goes on.

use smol_str::SmolStr;
use std::path::Path;
use turnabout_core::{
    decide::Input,
    ports::PluginFault,
    run::{JourneyStatus, RunStatus},
};
use turnabout_model::{JourneyId, MatchingPlan, Programme, RuleUse, SolverKind};
use turnabout_sandbox::Sandbox;
use turnabout_testkit::{Play, bundle_with, manifest};

const SCRIPT: &str = r#"
    fn programme(settings) {
        sleep(days(1));
        together([
            || { let pairs = match_pairs("ruled", cohort(), #{ publish: "at-once" }); stage(pairs.len() + " pairs"); },
        ]);
    }
    fn on_concern(concern) { stage("heard"); }
"#;

fn sandbox() -> (Sandbox, SmolStr) {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins/dist/hostile.wasm");
    let sha256 = sandbox.install(&std::fs::read(fixture).unwrap()).unwrap();
    (sandbox, sha256)
}

/// A manifest whose plan asks the fixture to misbehave in one way.
fn with_rule(sha256: &SmolStr, misbehaviour: &str) -> Programme {
    let mut programme = manifest();
    programme.plugins.insert("hostile".into(), sha256.clone());
    let settings = serde_json::json!({ "do": misbehaviour }).as_object().unwrap().clone();
    let rules = vec![RuleUse { plugin: "hostile".into(), weight: 1.0, settings }];
    programme.matching.insert("ruled".into(), MatchingPlan::new(SolverKind::Optimal, rules));
    programme
}

#[test]
fn a_plugin_that_would_hurt_parks_its_journey_alone_and_is_named() {
    for (misbehaviour, code) in [
        ("loop", PluginFault::Fuel(0).code()),
        ("hog", PluginFault::Memory(0).code()),
        ("not-a-number", PluginFault::BadOutput(String::new()).code()),
        ("too-few", PluginFault::BadOutput(String::new()).code()),
        ("panic", PluginFault::Trap(String::new()).code()),
    ] {
        let (rules, sha256) = sandbox();
        let bundle = bundle_with(with_rule(&sha256, misbehaviour), SCRIPT).unwrap();
        let mut play = Play::of_bundle(bundle).with_rules(Box::new(rules));
        play.until("2026-03-03T09:00:00Z");
        let problem = play.parked().unwrap_or_else(|| panic!("{misbehaviour} was not noticed"));
        assert_eq!(problem.code, code, "{misbehaviour}: {}", problem.message);
        assert!(problem.message.contains("'hostile'"), "{}", problem.message);
        assert_eq!(problem.position.as_ref().unwrap().line, 5, "{misbehaviour}");
        assert_eq!(play.run().status(), RunStatus::NeedsAttention);
        assert!(play.run().pairs.is_empty() && play.run().proposals.is_empty(), "nobody is paired");

        // The rest of the run goes on.
        play.must(&Input::RaiseConcern);
        assert_eq!(play.stages(), ["heard"]);
        assert_eq!(play.run().journey(JourneyId(0)).unwrap().problem().map(|p| p.code.as_str()), Some(code));

        // Without a fix a resume comes to the same; with one it goes on from the step that failed.
        play.restart();
        play.must(&Input::Resume { journey: None });
        assert!(play.parked().is_some());
        play.replace_bundle(bundle_with(with_rule(&sha256, "behave"), SCRIPT).unwrap());
        play.must(&Input::Resume { journey: None });
        assert_eq!(play.stages(), ["heard", "2 pairs"]);
        assert!(matches!(play.run().journey(JourneyId(0)).unwrap().status, JourneyStatus::Finished(_)));
    }
}

#[test]
fn a_plugin_that_is_not_installed_is_named() {
    let bundle = bundle_with(with_rule(&"0".repeat(64).into(), "behave"), SCRIPT).unwrap();
    let mut play = Play::of_bundle(bundle).with_rules(Box::new(sandbox().0));
    play.until("2026-03-03T09:00:00Z");
    assert_eq!(play.parked().unwrap().code, "plugin::missing");
}
