//! What happens when a commit fails or somebody else was first: the store is right, and the run is read again.

use crate::house::{house, over};
use std::sync::{Arc, atomic::Ordering};
use turnabout_core::{decide::Input, ports::StoreTable};
use turnabout_live::{Clock as _, LiveError, LiveLimits};
use turnabout_model::{ParticipantId, ParticipantStatus};

fn decline(participant: u32) -> Input {
    Input::SetStatus { participant: ParticipantId(participant), status: ParticipantStatus::Declined }
}

#[test]
fn a_failed_commit_leaves_the_run_as_the_store_has_it() {
    let house = house();
    let run = house.start_with_people();
    let before = house.engine.read(&run, |of| of.run.clone()).unwrap();
    house.store.failures.store(1, Ordering::SeqCst);
    assert!(house.engine.submit(&run, decline(1), |_| ()).is_err());
    assert_eq!(house.engine.read(&run, |of| of.run.clone()).unwrap(), before);
    house.engine.submit(&run, decline(1), |_| ()).unwrap();
}

#[test]
fn a_conflict_is_decided_again_on_what_the_other_wrote() {
    let house = house();
    let run = house.start_with_people();
    // A second engine over the same store, as on another node.
    let other = over(house.store.clone(), house.clock.now(), LiveLimits::standard());
    other.engine.submit(&run, decline(1), |_| ()).unwrap();
    // The first still has the run of before in memory.
    let outcome = house.engine.submit(&run, decline(2), |_| ()).unwrap();
    assert_eq!(outcome.version, house.journal(&run).len() as u64);
    let error = house.engine.submit(&run, decline(1), |_| ()).unwrap_err();
    assert_eq!(error.code(), "run::already_so");
    assert_eq!(house.engine.measure().unwrap().counts.conflicts, 1);
}

#[test]
fn endless_conflicts_are_given_up() {
    let house = house();
    let run = house.start_with_people();
    house.store.conflicts.store(u32::MAX, Ordering::SeqCst);
    let error = house.engine.submit(&run, decline(1), |_| ()).unwrap_err();
    assert!(matches!(error, LiveError::Contended(_, 8)), "{error}");
}

#[test]
fn an_import_is_whole_or_nothing() {
    let house = house();
    let run = house.start();
    house.store.failures.store(1, Ordering::SeqCst);
    let import = || house.engine.import(&run, crate::house::PEOPLE.as_bytes(), ParticipantStatus::Applied, None);
    assert!(import().is_err());
    assert_eq!(house.rows(StoreTable::People), 1, "only the contacts");
    assert_eq!(house.engine.read(&run, |of| (of.run.participants.len(), of.people.all().count())).unwrap(), (0, 0));
    assert_eq!(import().unwrap().answer.added.len(), 4);
}

#[test]
fn many_threads_on_one_run_lose_nothing() {
    let house = Arc::new(house());
    let run = house.start();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (house, run) = (&house, &run);
            scope.spawn(move || {
                for n in 0..25 {
                    let name = "note".into();
                    let key = smol_str::format_smolstr!("{thread}-{n}");
                    let subject = turnabout_model::SignalSubject::Run;
                    let signal = Input::Signal { name, subject, key, payload: turnabout_model::Value::Null };
                    house.engine.submit(run, signal, |_| ()).unwrap();
                }
            });
        }
    });
    assert_eq!(house.engine.read(&run, |of| of.run.mailbox.from_outside()).unwrap(), 100);
    assert_eq!(house.restarted().engine.read(&run, |of| of.run.mailbox.from_outside()).unwrap(), 100);
}

#[test]
fn few_runs_stay_in_memory_and_all_can_be_used() {
    let house = house();
    let runs: Vec<_> = (0..5).map(|_| house.start()).collect();
    let live = LiveLimits { cached_runs: 2, ..LiveLimits::standard() };
    let small = over(house.store.clone(), house.clock.now(), live);
    for run in runs.iter().chain(&runs) {
        small.engine.submit(run, Input::Cancel { reason: "no need".into() }, |_| ()).ok();
        assert!(small.engine.read(run, |of| of.run.is_over()).unwrap());
    }
    assert!(small.engine.measure().unwrap().cached_runs <= 2);
}
