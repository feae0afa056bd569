//! Shipped templates amended half-way: each is lived to its end afterwards.

use super::{House, Limits, MessageCheck, RhaiScripts, Sandbox, ScriptLimits, workflows};
use std::collections::BTreeMap;
use turnabout_core::{
    amend::{Amendment, Deadlines, amend},
    bundle::Bundle,
    decide::{Context, Input, Records, StartRun},
    rehearse::{Company, MemoryStage, Stage as _, invent, live},
    run::{Run, RunStatus},
};
use turnabout_model::{Ballot, Event, ParticipantId, Period, Person, RunId, SessionStatus, Value, WaveId};

/// A shipped template with texts of some files replaced.
fn edited(name: &str, edits: &[(&str, &str, &str)]) -> Bundle {
    let mut files = turnabout_template::read_folder(&workflows().join(name)).unwrap();
    for (file, from, to) in edits {
        let text = String::from_utf8(files[*file].clone()).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        files.insert((*file).into(), text.replacen(from, to, 1).into_bytes());
    }
    let scripts = RhaiScripts::new(ScriptLimits::standard());
    turnabout_template::load(files, &scripts, &MessageCheck).unwrap_or_else(|problems| panic!("{problems:#?}")).0
}

struct People(BTreeMap<ParticipantId, Person>);

impl Records for People {
    fn person(&self, participant: ParticipantId) -> Option<&Person> {
        self.0.get(&participant)
    }

    fn ballot(&self, _: WaveId, _: ParticipantId) -> Ballot {
        Ballot::default()
    }
}

/// Lives a template's steady rehearsal for some months, amends it, and lives on to the end. Gives the run at its end, and how
/// it was before the amendment.
fn lived(name: &str, months: i32, edits: &[(&str, &str, &str)], amendment: &Amendment) -> (Run, Run) {
    let (old, new) = (edited(name, &[]), edited(name, edits));
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    for bundle in [&old, &new] {
        bundle.bring_components(&sandbox).unwrap();
    }
    let house = House { rules: &sandbox, limits: Limits::standard() };
    let plan = &old.rehearsals["steady"];
    let zone = jiff::tz::TimeZone::get(&old.programme.time_zone).unwrap();
    let start = plan.starts.at(9, 0, 0, 0).to_zoned(zone.clone()).unwrap().timestamp();
    let mut stage = MemoryStage::new(&old, house);
    let surveys = old.surveys.clone().into_iter().chain(new.surveys.clone()).collect();
    let cast = invent(&plan.cohort, &old.programme, plan.seed);
    let mut company = Company::new(cast, plan.personas.clone(), surveys, zone.clone(), plan.seed);
    let input = Input::Start(StartRun {
        run: RunId::from_bits(7),
        client: "amended".into(),
        settings: Value::Map(plan.settings.clone()),
        time_zone: None,
        seed: plan.seed,
        renews: None,
    });
    for event in stage.decide(start, &input).unwrap() {
        company.react(stage.run(), start, &event);
    }
    let half_way = Period::months(months).after(start, &zone);
    let now = live(&mut stage, &mut company, start, Some(half_way)).unwrap();
    let (before, _, people) = stage.into_parts();
    let people = People(people.into_iter().map(|person| (person.id, person)).collect());
    let mut run = before.clone();
    let context = Context { now, bundle: &new, rules: &sandbox, records: &people, limits: Limits::standard() };
    let events = amend(&mut run, amendment, &[&old], context).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    for event in &events {
        company.react(&run, now, event);
    }
    let mut stage = MemoryStage::new(&new, house).going_on(run, &people);
    live(&mut stage, &mut company, now, None).unwrap();
    let (after, lived, _) = stage.into_parts();
    let parked = lived.iter().filter(|(_, event)| matches!(event, Event::JourneyParked { .. })).count();
    assert_eq!((after.status(), parked), (RunStatus::Finished, 0), "{name}");
    assert_eq!(after.past_bundles, [old.hash]);
    (before, after)
}

#[test]
fn the_police_get_one_more_drop_in_half_way() {
    // A branch more stands after the others: those keep their places.
    let evaluates = "            evaluate();\n        },\n";
    let extra = "            evaluate();\n        },\n        || hold(\"drop-in extra\", cohort().everyone),\n";
    let edit = ("programme.rhai", evaluates, extra);
    let (before, after) = lived("police", 4, &[edit], &Amendment::default());
    let extra = |run: &Run| run.sessions.iter().filter(|session| session.plan.name == "drop-in extra").count();
    assert_eq!((extra(&before), extra(&after)), (0, 1));
    let session = after.sessions.iter().find(|session| session.plan.name == "drop-in extra").unwrap();
    assert_eq!(session.status, SessionStatus::Held);
}

#[test]
fn race_equity_goes_on_for_two_months_more() {
    let edit = ("programme.toml", "default = \"12 months\"", "default = \"14 months\"");
    let settings = Value::map([("length", Value::Period(Period::months(14)))]);
    let amendment = Amendment { settings, deadlines: Deadlines::Recompute, ..Amendment::default() };
    let (before, after) = lived("race-equity", 6, &[edit], &amendment);
    let as_planned =
        super::play(&edited("race-equity", &[]), "steady", edited("race-equity", &[]).rehearsals["steady"].seed);
    let days = |run: &Run| run.ended.unwrap().duration_since(before.started).as_hours() / 24;
    let longer = days(&after) - days(&as_planned.run);
    assert!((50..=75).contains(&longer), "{longer} days more");
}

#[test]
fn the_ambulance_service_asks_another_midpoint_survey() {
    let edit = (
        "surveys/midpoint.toml",
        "Thinking of your conversations so far, how far do you agree?",
        "Looking back on your conversations so far, how far do you agree?",
    );
    let (before, after) = lived("ambulance", 5, &[edit], &Amendment::default());
    let asked = |run: &Run| run.waves.iter().filter(|wave| wave.survey == "midpoint").count();
    assert_eq!((asked(&before), asked(&after)), (0, 1));
    let wave = after.waves.iter().find(|wave| wave.survey == "midpoint").unwrap();
    assert_eq!((wave.bundle.as_ref(), wave.closed_under.as_ref()), (after.bundle.as_ref(), after.bundle.as_ref()));
}
