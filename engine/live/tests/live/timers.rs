//! Timers: what is due happens, in order, also after an outage and beside a run that can't be woken.

use crate::house::{at, files, house};
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_live::{Clock as _, NewRun};
use turnabout_model::RunId;

#[test]
fn a_run_is_woken_when_it_is_due_and_not_before() {
    let house = house();
    let run = house.start_with_people();
    let due = house.engine.next_due().unwrap().unwrap();
    assert_eq!(due, at("2026-03-16T09:00:00Z"));
    house.clock.advance_to(at("2026-03-16T08:59:59.999Z"));
    assert!(house.engine.wake_due().unwrap().runs.is_empty());
    house.clock.advance_to(due);
    assert_eq!(house.engine.wake_due().unwrap().runs, [run]);
    assert!(house.engine.next_due().unwrap().unwrap() > due);
}

#[test]
fn after_an_outage_runs_are_woken_in_the_order_in_which_they_were_due() {
    let house = house();
    let start = |weeks: i64| {
        let settings = turnabout_model::Value::map([("recruitment", format!("{weeks} weeks").into())]);
        let new = NewRun { template: "small".into(), client: "acme".into(), settings, ..NewRun::default() };
        house.engine.start(new, None, |decision| decision.after.run.id.clone()).unwrap().answer.unwrap()
    };
    let expected: Vec<RunId> = [3, 1, 2].map(start).to_vec();
    let again = house.restarted();
    again.clock.advance_to(at("2026-05-01T09:00:00Z"));
    let woken = again.engine.wake_due().unwrap().runs;
    assert_eq!(woken, [expected[1].clone(), expected[2].clone(), expected[0].clone()]);
}

#[test]
fn a_run_that_cannot_be_woken_rests_and_the_others_go_on() {
    let house = house();
    let broken = house.start();
    let sound = house.start();
    // The bundle of both is gone; one of them is in memory, the other has to be read.
    let again = house.restarted();
    again.engine.read(&sound, |_| ()).unwrap();
    let row = turnabout_core::ports::RowChange {
        table: StoreTable::Runs,
        key: broken.as_str().as_bytes().to_vec(),
        value: None,
    };
    let batch = turnabout_core::ports::Batch { rows: vec![row], ..Default::default() };
    turnabout_core::ports::Store::commit(&*again.store, batch).unwrap();
    again.clock.advance_to(at("2026-03-16T09:00:00Z"));
    let woken = again.engine.wake_due().unwrap();
    assert_eq!(woken.runs, [sound]);
    assert_eq!(woken.failed[0].0, broken);
    assert_eq!(woken.failed[0].1.code(), "live::damaged");
    // It is tried again later, and does not keep the clock from moving on.
    assert!(again.engine.wake_due().unwrap().failed.is_empty());
    again.advance("2026-03-16T10:00:00Z");
    assert_eq!(again.clock.now(), at("2026-03-16T10:00:00Z"));
}

#[test]
fn a_clock_that_is_advanced_stops_at_every_moment_that_is_due() {
    let house = house();
    let run = house.start_with_people();
    house.advance("2026-04-30T09:00:00Z");
    let entries = house.journal(&run);
    let recruitment_closed = entries.iter().find(|e| e.contains("recruitment_closed") || e.contains("step_completed"));
    assert!(recruitment_closed.unwrap().contains("2026-03-16T09:00:00Z"), "{recruitment_closed:?}");
    assert_eq!(house.rows(StoreTable::Timers), usize::from(house.engine.next_due().unwrap().is_some()));
}

#[test]
fn a_moment_between_two_microseconds_is_not_woken_early() {
    let house = house();
    let run = house.start_with_people();
    house.engine.submit(&run, Input::CloseRecruitment { label: "volunteers".into() }, |_| ()).unwrap();
    let starts = at("2026-03-12T10:00:00.000000500Z");
    let session = turnabout_model::SessionId(1);
    house.engine.submit(&run, Input::RescheduleSession { session, starts }, |_| ()).unwrap();
    house.advance("2026-03-13T10:00:00Z");
    assert!(house.journal(&run).iter().any(|entry| entry.contains("session_reminded")));
}

#[test]
fn a_script_that_asks_for_no_time_at_all_does_not_stop_the_clock() {
    let house = house();
    let script = "fn programme(settings) { loop { sleep(minutes(0)); stage(\"again\"); } }";
    house.engine.install(files(&[("programme.rhai", script)])).unwrap();
    house.start();
    house.advance("2026-03-02T09:02:00Z");
    assert_eq!(house.clock.now(), at("2026-03-02T09:02:00Z"));
}
