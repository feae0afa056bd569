//! Invented people live a run through the real engine exactly as they do in a rehearsal.

use crate::house::{NoRules, files, house};
use turnabout_core::{
    limits::Limits,
    rehearse::{Company, House as RehearsalHouse, invent, live, rehearse},
};
use turnabout_live::{LiveStage, ManualClock, NewRun};
use turnabout_model::{Event, RunId};

const PLAN: &str = r#"
summary = "A calm time"
starts = 2026-03-02
seed = 7

[cohort]
mentors = 4
mentees = 4

[personas]
coordinator_delay = "1 day"
"#;

#[test]
fn the_store_gets_what_a_rehearsal_decides() {
    let house = house();
    let files = files(&[("rehearsals/calm.toml", PLAN)]);
    let scripts = turnabout_script::RhaiScripts::new(turnabout_script::ScriptLimits::standard());
    let checks = turnabout_render::messages::MessageCheck;
    let (bundle, _) = turnabout_template::load(files.clone(), &scripts, &checks).unwrap();
    let plan = bundle.rehearsals["calm"].clone();
    let rehearsed =
        rehearse(&bundle, &plan, 7, RehearsalHouse { rules: &NoRules, limits: Limits::standard() }).unwrap();

    house.engine.install(files).unwrap();
    let start = rehearsed.events[0].0;
    // The house's clock is earlier, and moves to the start.
    let clock: ManualClock = house.clock.clone();
    clock.advance_to(start);
    let new = NewRun {
        template: "small".into(),
        client: "rehearsal".into(),
        seed: Some(7),
        run: Some(RunId::from_bits(7)),
        ..NewRun::default()
    };
    let started = house.engine.start(new, None, |decision| decision.events.to_vec()).unwrap();
    let mut stage = LiveStage::new(&house.engine, clock, RunId::from_bits(7)).unwrap();
    let cast = invent(&plan.cohort, &bundle.programme, 7);
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    let mut company = Company::new(cast, plan.personas.clone(), bundle.surveys.clone(), zone, 7);
    let run = house.engine.read(&RunId::from_bits(7), |of| of.run.clone()).unwrap();
    for event in &started.answer {
        company.react(&run, start, event);
    }
    live(&mut stage, &mut company, start, None).unwrap();

    let stored: Vec<(jiff::Timestamp, Event)> = house
        .journal(&RunId::from_bits(7))
        .iter()
        .map(|entry| serde_json::from_str::<turnabout_model::Entry>(entry).unwrap())
        .map(|entry| (entry.at, entry.event))
        .collect();
    assert!(stored.len() > 50, "{}", stored.len());
    assert_eq!(stored.len(), rehearsed.events.len());
    for (stored, rehearsed) in stored.iter().zip(&rehearsed.events) {
        assert_eq!(stored, rehearsed);
    }
}
