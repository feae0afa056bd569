//! Journals: versions, order, conflicts.

use super::{Check, append, commit, get, journal, pattern, put, refuse, run, version};
use crate::limits;
use turnabout_core::ports::{Batch, JournalAppend, Store, StoreError, StoreTable};

pub(super) const CHECKS: &[Check] = &[
    Check { name: "an unknown run has no entries", run: unknown_run },
    Check { name: "entries read back in order, from any place, up to a limit", run: order },
    Check { name: "journals do not mix", run: separate },
    Check { name: "entries of every size read back", run: sizes },
    Check { name: "a wrong version is refused and changes nothing", run: conflict },
    Check { name: "an append of nothing checks the version", run: guard },
    Check { name: "an entry beyond the limit is refused", run: limit },
];

fn unknown_run(store: &dyn Store) {
    let unknown = run(1);
    assert_eq!(version(store, &unknown), 0);
    assert_eq!(store.verify(&unknown).expect("an unknown run could not be verified"), 0);
    assert!(journal(store, &unknown, 0, 10).is_empty());
    assert!(journal(store, &unknown, 5, 10).is_empty());
}

fn order(store: &dyn Store) {
    let one = run(1);
    commit(store, append(&one, 0, &[b"a", b"b", b"c"]));
    commit(store, append(&one, 3, &[b"d"]));
    commit(store, append(&one, 4, &[b"e", b"f"]));
    assert_eq!(version(store, &one), 6);
    assert_eq!(store.verify(&one).expect("a sound journal did not verify"), 6);
    let table: [(u64, usize, &str); 8] = [
        (0, 100, "abcdef"),
        (0, usize::MAX, "abcdef"),
        (0, 2, "ab"),
        (2, 3, "cde"),
        (5, 100, "f"),
        (6, 100, ""),
        (u64::MAX, 100, ""),
        (0, 0, ""),
    ];
    for (after, limit, expected) in table {
        let text = String::from_utf8(journal(store, &one, after, limit).concat()).expect("the payloads are text");
        assert_eq!(text, expected, "after {after}, limit {limit}");
    }
}

fn separate(store: &dyn Store) {
    let runs = [run(1), run(2), run(u128::MAX)];
    for number in 0..5 {
        for (name, one) in (b'x'..).zip(&runs) {
            commit(store, append(one, number, &[&[name]]));
        }
    }
    for (name, one) in (b'x'..).zip(&runs) {
        assert_eq!(journal(store, one, 0, 100).concat(), [name; 5]);
    }
}

fn sizes(store: &dyn Store) {
    let one = run(1);
    let sizes = [0, 1, 300, 4_000, 4_050, 4_095, 4_096, 4_097, 8_192, 100_000, 1 << 20];
    let entries: Vec<_> = (0..).zip(sizes).map(|(seed, length)| pattern(length, seed)).collect();
    commit(store, append(&one, 0, &entries.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    assert!(journal(store, &one, 0, 100) == entries, "an entry came back changed");
    assert_eq!(store.verify(&one).expect("a sound journal did not verify"), sizes.len() as u64);
}

fn conflict(store: &dyn Store) {
    let one = run(1);
    commit(store, append(&one, 0, &[b"a", b"b"]));
    for expected in [0, 1, 3, u64::MAX] {
        let mut batch = append(&one, expected, &[b"late"]);
        batch.rows.push(put(StoreTable::Runs, b"late", b"row"));
        match refuse(store, batch) {
            StoreError::Conflict { run, expected: believed, found } => {
                assert_eq!((run, believed, found), (one.clone(), expected, 2));
            }
            other => panic!("a wrong version gave another error: {other}"),
        }
        assert_eq!(journal(store, &one, 0, 100).concat(), b"ab");
        assert_eq!(get(store, StoreTable::Runs, b"late"), None, "a refused batch left a row");
    }
    commit(store, append(&one, 2, &[b"c"]));
}

fn guard(store: &dyn Store) {
    let one = run(1);
    commit(store, append(&one, 0, &[]));
    assert_eq!(version(store, &one), 0);
    commit(store, append(&one, 0, &[b"a"]));
    let nothing = |expected| Batch {
        journal: Some(JournalAppend { run: one.clone(), expected, entries: Vec::new() }),
        rows: vec![put(StoreTable::Runs, b"guarded", b"row")],
        ..Batch::default()
    };
    assert!(matches!(refuse(store, nothing(0)), StoreError::Conflict { found: 1, .. }));
    assert_eq!(get(store, StoreTable::Runs, b"guarded"), None);
    commit(store, nothing(1));
    assert_eq!(version(store, &one), 1);
    assert_eq!(get(store, StoreTable::Runs, b"guarded").as_deref(), Some(&b"row"[..]));
}

fn limit(store: &dyn Store) {
    let one = run(1);
    let entry = vec![0; limits::ENTRY_BYTES + 1];
    assert!(matches!(refuse(store, append(&one, 0, &[b"a", &entry])), StoreError::Limit(_)));
    assert_eq!(version(store, &one), 0);
}
