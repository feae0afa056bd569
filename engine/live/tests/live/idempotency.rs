//! A request with a key is done once, however often it comes.

use crate::house::{House, PEOPLE, house};
use std::sync::atomic::Ordering;
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_live::{Act, Beside, LiveError, NewRun, Once, Request};
use turnabout_model::{ParticipantStatus, RunId};

fn once(key: &str, fingerprint: &str) -> Option<Once> {
    Some(Once { key: key.into(), fingerprint: fingerprint.into() })
}

fn start(house: &House, key: Option<Once>) -> Result<(RunId, bool), LiveError> {
    let new = NewRun { template: "small".into(), client: "acme".into(), ..NewRun::default() };
    let outcome = house.engine.start(new, key, |decision| decision.after.run.id.clone().unwrap())?;
    Ok((outcome.answer, outcome.replayed))
}

#[test]
fn the_same_key_starts_one_run_also_after_a_restart() {
    let house = house();
    let (run, replayed) = start(&house, once("k1", "a")).unwrap();
    assert!(!replayed);
    assert_eq!(start(&house, once("k1", "a")).unwrap(), (run.clone(), true));
    assert_eq!(start(&house.restarted(), once("k1", "a")).unwrap(), (run, true));
    assert_eq!(house.rows(StoreTable::Runs), 1);
    assert!(matches!(start(&house, once("k1", "b")), Err(LiveError::KeyReused(_))));
    assert!(matches!(start(&house, once("", "b")), Err(LiveError::BadKey(200))));
    assert!(matches!(start(&house, once("a b", "b")), Err(LiveError::BadKey(200))));
}

#[test]
fn a_run_that_is_to_be_alone_is_started_once_and_its_request_may_come_again() {
    let house = house();
    let alone = |client: &str, key: Option<Once>| {
        let beside = Beside::NothingAlike;
        let new = NewRun { template: "small".into(), client: client.into(), beside, ..NewRun::default() };
        house.engine.start(new, key, |decision| decision.after.run.id.clone().unwrap())
    };
    let first = alone("acme", once("k1", "a")).unwrap();
    let again = alone("acme", once("k1", "a")).unwrap();
    assert_eq!((again.answer, again.replayed), (first.answer.clone(), true));
    for key in [None, once("k2", "a")] {
        assert!(matches!(alone("Acme ", key), Err(LiveError::UnderWay { run, .. }) if run == first.answer));
    }
    // A key whose request was refused is free, and whoever asks for another gets one.
    assert!(alone("elsewhere", once("k2", "b")).is_ok());
    assert!(start(&house, None).is_ok());
    let threads = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| alone("twice", None).is_ok())).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).filter(|started| *started).count()
    });
    assert_eq!(threads, 1, "of several at the same moment one starts");
}

#[test]
fn a_repeated_import_answers_as_before_and_takes_nobody_in_twice() {
    let house = house();
    let run = house.start();
    let import = |key| house.engine.import(&run, PEOPLE.as_bytes(), ParticipantStatus::Applied, once(key, "people"));
    let first = import("k").unwrap();
    let second = import("k").unwrap();
    assert_eq!((first.answer.added.len(), first.answer, second.replayed), (4, second.answer, true));
    assert!(matches!(import("other"), Err(LiveError::People(errors)) if errors.len() == 4));
}

#[test]
fn a_key_whose_effect_was_not_committed_is_free() {
    let house = house();
    let run = house.start_with_people();
    let act = Act::RaiseConcern { by: None, text: "something".into() };
    let raise = || house.engine.submit(&run, Request::from(act.clone()).once(once("c", "1")), |_| 1);
    house.store.failures.store(1, Ordering::SeqCst);
    assert!(raise().is_err());
    assert!(!raise().unwrap().replayed);
    assert!(raise().unwrap().replayed);
    assert_eq!(house.rows(StoreTable::Concerns), 1);
    let refused = Request::from(Input::CloseRecruitment { label: "x".into() }).once(once("d", "1"));
    assert!(house.engine.submit(&run, refused, |_| 1).is_err());
    let other = Request::from(Input::Tick).once(once("d", "2"));
    assert!(!house.engine.submit(&run, other, |_| 1).unwrap().replayed, "a refused request leaves its key free");
}

#[test]
fn an_answer_is_kept_for_a_week_and_then_forgotten() {
    let house = house();
    start(&house, once("k1", "a")).unwrap();
    house.advance("2026-03-08T09:00:00Z");
    start(&house, once("k2", "a")).unwrap();
    assert_eq!(house.engine.forget_answers().unwrap(), 0);
    house.advance("2026-03-10T09:00:00Z");
    assert_eq!(house.engine.forget_answers().unwrap(), 1);
    assert_eq!(house.rows(StoreTable::Idempotency), 1);
}
