//! Many at once: each batch once, in order, whole, and nobody in each other's way.

use super::{Check, append, commit, get, journal, put, rows, run, scan, version};
use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
};
use turnabout_core::ports::{Batch, JournalAppend, Store, StoreError, StoreTable};

pub(super) const CHECKS: &[Check] = &[
    Check { name: "many committers with a run each: every batch once and in order", run: apart },
    Check { name: "many committers on one run: one wins each version", run: on_one_run },
    Check { name: "many claim one row: one gets it", run: on_one_row },
    Check { name: "a reader sees whole batches, and never less than before", run: readers },
];

const COMMITTERS: usize = 16;
const BATCHES: u64 = 12;

fn apart(store: &dyn Store) {
    thread::scope(|scope| {
        for number in 0..COMMITTERS {
            scope.spawn(move || {
                let one = run(number as u128 + 1);
                for batch in 0..BATCHES {
                    let text = |part: &str| format!("{number}/{batch}/{part}").into_bytes();
                    let mut whole = append(&one, batch * 2, &[&text("a"), &text("b")]);
                    whole.rows.push(put(StoreTable::Outbox, format!("{number:02}/{batch:02}").as_bytes(), b"row"));
                    commit(store, whole);
                    // Somebody who was told that it is done finds it done.
                    assert_eq!(version(store, &one), batch * 2 + 2);
                    if batch % 4 == 3 {
                        let stale = append(&one, 0, &[b"stale"]);
                        assert!(matches!(store.commit(stale), Err(StoreError::Conflict { .. })));
                    }
                }
            });
        }
    });
    for number in 0..COMMITTERS {
        let one = run(number as u128 + 1);
        let expected: Vec<_> = (0..BATCHES)
            .flat_map(|batch| ["a", "b"].map(|part| format!("{number}/{batch}/{part}").into_bytes()))
            .collect();
        assert_eq!(journal(store, &one, 0, 1_000), expected);
        assert_eq!(store.verify(&one).expect("a sound journal did not verify"), BATCHES * 2);
        let rows = scan(store, StoreTable::Outbox, &format!("{number:02}/"), None, 1_000);
        assert_eq!(rows.len() as u64, BATCHES);
    }
}

fn on_one_run(store: &dyn Store) {
    let one = run(1);
    let won = AtomicUsize::new(0);
    thread::scope(|scope| {
        for number in 0..COMMITTERS {
            let (one, won) = (&one, &won);
            scope.spawn(move || {
                for mine in 0..BATCHES {
                    let payload = format!("{number}/{mine}");
                    let mut believed = version(store, one);
                    loop {
                        match store.commit(append(one, believed, &[payload.as_bytes()])) {
                            Ok(()) => break,
                            Err(StoreError::Conflict { found, .. }) => {
                                assert_ne!(found, believed, "a conflict with what was expected");
                                believed = found;
                            }
                            Err(other) => panic!("a conflict gave another error: {other}"),
                        }
                    }
                    won.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let entries = journal(store, &one, 0, 10_000);
    assert_eq!(entries.len(), won.into_inner());
    for number in 0..COMMITTERS {
        let mine = format!("{number}/");
        let order: Vec<_> = entries.iter().filter(|entry| entry.starts_with(mine.as_bytes())).collect();
        let expected: Vec<_> = (0..BATCHES).map(|batch| format!("{number}/{batch}").into_bytes()).collect();
        assert!(order.into_iter().eq(&expected), "the entries of committer {number} are not once and in order");
    }
}

fn on_one_row(store: &dyn Store) {
    for round in 0..BATCHES {
        let key = round.to_be_bytes();
        let winners: Vec<_> = thread::scope(|scope| {
            let claim = |number: usize| Batch {
                journal: Some(JournalAppend { run: run(number as u128), expected: 0, entries: Vec::new() }),
                rows: vec![put(StoreTable::Idempotency, &key, &number.to_be_bytes())],
                absent: vec![(StoreTable::Idempotency, key.to_vec())],
            };
            let threads: Vec<_> =
                (0..COMMITTERS).map(|number| (number, scope.spawn(move || store.commit(claim(number))))).collect();
            let outcome = |(number, thread): (usize, thread::ScopedJoinHandle<'_, Result<(), StoreError>>)| match thread
                .join()
                .expect("a committer panicked")
            {
                Ok(()) => Some(number),
                Err(StoreError::RowExists { .. }) => None,
                Err(other) => panic!("a claim gave another error: {other}"),
            };
            threads.into_iter().filter_map(outcome).collect()
        });
        assert_eq!(winners.len(), 1, "{winners:?} all got the row");
        assert_eq!(get(store, StoreTable::Idempotency, &key), Some(winners[0].to_be_bytes().to_vec()));
    }
}

fn readers(store: &dyn Store) {
    let one = run(1);
    let keys: [&[u8]; 3] = [b"a", b"b", b"c"];
    commit(store, rows(keys.map(|key| put(StoreTable::Runs, key, &0_u64.to_be_bytes())).to_vec()));
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let (one, done) = (&one, &done);
        let reader = move || {
            let mut seen = 0;
            while !done.load(Ordering::Relaxed) {
                let found = store.scan(StoreTable::Runs, b"", None, 10).expect("the scan failed");
                assert_eq!(found.len(), 3, "a row is gone while it is replaced");
                assert!(found.iter().all(|row| row.value == found[0].value), "a reader saw half a batch");
                let entries = journal(store, one, seen, 1_000);
                seen += entries.len() as u64;
                assert!(version(store, one) >= seen, "a version fell behind what was read");
            }
        };
        for _ in 0..2 {
            scope.spawn(reader);
        }
        let last = BATCHES * 10;
        for batch in 0..last {
            let value = (batch + 1).to_be_bytes();
            let mut whole = append(one, batch, &[&value]);
            whole.rows = keys.map(|key| put(StoreTable::Runs, key, &value)).to_vec();
            let outcome = store.commit(whole);
            if outcome.is_err() || batch + 1 == last {
                done.store(true, Ordering::Relaxed);
            }
            outcome.expect("the store refused a good batch");
        }
    });
}
