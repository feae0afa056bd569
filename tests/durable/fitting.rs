//! What a forecast takes from how people have behaved: the rhythm that they live with, and no pause for slowness.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use turnabout_core::{
    forecast::{Fitted, History, fit},
    limits::Limits,
    rehearse::{House, Rehearsed, rehearse},
    run::Run,
};
use turnabout_model::{Event, Personas, RehearsalPlan, WaveId};
use turnabout_testkit::{NoPlugins, bundle};

/// Pairs that meet for half a year and are asked every three weeks.
const MEETING: &str = r#"
    fn programme(settings) {
        recruit("volunteers", #{ closes: weeks(4) });
        match_pairs("anyone", cohort(), #{ publish: "at-once" });
        for n in 1..=8 {
            survey("pulse", cohort().everyone, #{ closes: days(10) });
            sleep(days(11));
        }
    }"#;

fn lived(people: usize, personas: &Json, pauses: &Json, seed: u64) -> (Rehearsed, RehearsalPlan) {
    let plan: RehearsalPlan = serde_json::from_value(json!({
        "summary": "A rhythm", "starts": "2026-01-05", "cohort": { "mentors": people, "mentees": people },
        "personas": personas, "pauses": pauses,
    }))
    .unwrap();
    let house = House { rules: &NoPlugins, limits: Limits::standard() };
    let rehearsed = rehearse(&bundle(MEETING), &plan, seed, house).unwrap();
    assert_eq!((rehearsed.run.status().word(), rehearsed.run.pairs.len()), ("finished", people));
    (rehearsed, plan)
}

/// What a forecast would take from a rehearsal at its end.
fn fitted(people: usize, personas: &Json, pauses: &Json, seed: u64) -> Fitted {
    let (rehearsed, plan) = lived(people, personas, pauses, seed);
    told(&rehearsed.events, &[], rehearsed.ended, &plan.personas)
}

/// What a forecast would take from events, the closes of some waves being later.
fn told(events: &[(Timestamp, Event)], closes: &[(WaveId, Timestamp)], now: Timestamp, assumed: &Personas) -> Fitted {
    let (mut run, mut history) = (Run::default(), History::default());
    for (at, event) in events {
        run.apply(*at, event);
        history.note(*at, event);
    }
    for (id, closes) in closes {
        run.waves.iter_mut().filter(|wave| wave.id == *id).for_each(|wave| wave.closes = *closes);
    }
    fit(&run, &history, now, assumed)
}

#[test]
fn the_rhythm_that_pairs_live_with_is_found_in_most_runs_and_not_in_all() {
    // One meeting in ten slips by a whole rhythm.
    let truth = 30.44 / 28.0 / 1.1;
    let personas = json!({ "meets_every": "4 weeks", "slips": 0.1, "coordinator_delay": "2 hours" });
    let none = json!([]);
    let lived: Vec<_> = (0..100).map(|seed| fitted(10, &personas, &none, seed).meetings).collect();
    let inside = lived.iter().filter(|rate| rate.ci95.is_some_and(|[lower, upper]| lower < truth && truth < upper));
    let inside = inside.count();
    // An interval that holds the truth always is wider than it says.
    assert!((90..=99).contains(&inside), "95 % of 100 are 95, and it was {inside}");
    let mean = lived.iter().map(|rate| rate.value).sum::<f64>() / 100.0;
    assert!((mean / truth - 1.0).abs() < 0.02, "{mean} is not {truth}");
}

#[test]
fn a_run_that_rested_for_four_weeks_fits_as_if_it_had_not() {
    let personas = json!({ "meets_every": "3 weeks", "response_delay": "3 days", "coordinator_delay": "2 hours" });
    let (rehearsed, plan) = lived(20, &personas, &json!([]), 7);
    // In the middle of a survey.
    let began = rehearsed.run.waves[3].opened + SignedDuration::from_hours(75);
    let later = |at: Timestamp| if at > began { at + SignedDuration::from_hours(28 * 24) } else { at };
    // The same, with four weeks in which nothing happened.
    let pause =
        Event::RunPaused { until: later(began + SignedDuration::from_secs(1)), reason: None, deadlines: vec![] };
    let (mut events, mut closes) = (Vec::new(), Vec::new());
    for (at, event) in &rehearsed.events {
        if *at > began && !events.iter().any(|(_, event)| *event == pause) {
            events.push((began, pause.clone()));
            events.push((later(began + SignedDuration::from_nanos(1)), Event::RunUnpaused { deadlines: vec![] }));
        }
        let mut event = event.clone();
        match &mut event {
            Event::MeetingRecorded { on, .. } => *on = later(*on),
            Event::WaveOpened { wave, closes: end, .. } => closes.push((*wave, later(*end))),
            _ => {}
        }
        events.push((later(*at), event));
    }
    let usual = told(&rehearsed.events, &[], rehearsed.ended, &plan.personas);
    let rested = told(&events, &closes, later(rehearsed.ended), &plan.personas);
    assert!(usual.meetings.ci95.is_some() && usual.answer_delay.ci95.is_some(), "{usual:#?}");
    assert!(rehearsed.run.waves[3].closed.unwrap() > began && rehearsed.run.waves[3].responded.len() > 10);
    for (usual, rested) in
        [(usual.meetings.value, rested.meetings.value), (usual.answer_delay.days, rested.answer_delay.days)]
    {
        assert!((rested / usual - 1.0).abs() < 1e-6, "{usual} {rested}");
    }
    assert_eq!((usual.response, usual.meetings.of), (rested.response, rested.meetings.of));
}

#[test]
fn a_pause_that_invented_people_live_through_is_taken_for_no_slowness() {
    let personas = json!({ "meets_every": "3 weeks", "response_delay": "3 days", "coordinator_delay": "2 hours" });
    let [usual, paused] = [json!([]), json!([{ "after": "3 months", "lasts": "4 weeks" }])].map(|pauses| {
        let lived: Vec<_> = (0..10).map(|seed| fitted(20, &personas, &pauses, seed)).collect();
        let mean = |of: &dyn Fn(&Fitted) -> f64| lived.iter().map(of).sum::<f64>() / 10.0;
        [mean(&|of| of.meetings.value), mean(&|of| of.answer_delay.days), mean(&|of| of.response.value)]
    });
    // Pairs whose meeting falls into the pause begin their rhythm anew at its end: half a rhythm in about eight is lost.
    for (usual, paused, most) in [(usual[0], paused[0], 0.10), (usual[1], paused[1], 0.05), (usual[2], paused[2], 0.05)]
    {
        assert!((paused / usual - 1.0).abs() < most, "{usual} {paused}");
    }
}
