//! Rows: reading, scanning, claiming, deleting.

use super::{Check, append, commit, delete, get, journal, pattern, put, refuse, rows, run, scan, version};
use crate::limits;
use turnabout_core::ports::{Batch, Store, StoreError, StoreTable};

pub(super) const CHECKS: &[Check] = &[
    Check { name: "a row reads back, is replaced and is deleted", run: lifetime },
    Check { name: "within a batch the last change of a row counts", run: last_counts },
    Check { name: "tables do not mix", run: separate },
    Check { name: "a scan keeps to its prefix, its order, its start and its limit", run: scans },
    Check { name: "keys are bytes and sort as bytes", run: bytes },
    Check { name: "values of every size read back, shrink and grow", run: sizes },
    Check { name: "a row that must be absent is claimed once", run: absent },
    Check { name: "a batch is whole or not there", run: whole },
    Check { name: "what is beyond a limit is refused and changes nothing", run: limit },
];

use StoreTable::{Idempotency, Outbox, People, Responses, Timers};

fn lifetime(store: &dyn Store) {
    assert_eq!(get(store, People, b"k"), None);
    commit(store, rows(vec![put(People, b"k", b"one")]));
    assert_eq!(get(store, People, b"k").as_deref(), Some(&b"one"[..]));
    commit(store, rows(vec![put(People, b"k", b"")]));
    assert_eq!(get(store, People, b"k").as_deref(), Some(&b""[..]), "an empty value is a value");
    commit(store, rows(vec![delete(People, b"k"), delete(People, b"never there")]));
    assert_eq!(get(store, People, b"k"), None);
    assert!(scan(store, People, "", None, 10).is_empty());
    commit(store, Batch::default());
}

fn last_counts(store: &dyn Store) {
    let large = pattern(10_000, 1);
    commit(store, rows(vec![put(People, b"a", &large), put(People, b"a", b"small"), put(People, b"b", b"small")]));
    commit(store, rows(vec![delete(People, b"b"), put(People, b"b", &large), delete(People, b"c")]));
    commit(store, rows(vec![put(People, b"c", &large), delete(People, b"c")]));
    assert_eq!(get(store, People, b"a").as_deref(), Some(&b"small"[..]));
    assert!(get(store, People, b"b") == Some(large));
    assert_eq!(get(store, People, b"c"), None);
}

fn separate(store: &dyn Store) {
    commit(store, rows(StoreTable::ALL.map(|table| put(table, b"same", table.name().as_bytes())).to_vec()));
    for table in StoreTable::ALL {
        assert_eq!(get(store, table, b"same").as_deref(), Some(table.name().as_bytes()));
        assert_eq!(scan(store, table, "", None, 100), ["same"]);
    }
}

fn scans(store: &dyn Store) {
    let keys = ["b/2", "a", "b", "b/10", "c", "b/1", "b0", "ba"];
    commit(store, rows(keys.iter().map(|key| put(Outbox, key.as_bytes(), key.as_bytes())).collect()));
    let all = ["a", "b", "b/1", "b/10", "b/2", "b0", "ba", "c"];
    let table: [(&str, Option<&str>, usize, &[&str]); 13] = [
        ("", None, 100, &all),
        ("", None, usize::MAX, &all),
        ("", None, 3, &all[..3]),
        ("", None, 0, &[]),
        ("", Some("b/1"), 2, &["b/10", "b/2"]),
        ("", Some("b/11"), 2, &["b/2", "b0"]),
        ("", Some("c"), 100, &[]),
        ("b/", None, 100, &["b/1", "b/10", "b/2"]),
        ("b/", Some("b/1"), 1, &["b/10"]),
        ("b/", Some("a"), 100, &["b/1", "b/10", "b/2"]),
        ("b/", Some("b/2"), 100, &[]),
        ("b/", Some("c"), 100, &[]),
        ("bb", None, 100, &[]),
    ];
    for (prefix, after, limit, expected) in table {
        let found = scan(store, Outbox, prefix, after, limit);
        assert_eq!(found, expected, "prefix '{prefix}', after {after:?}, limit {limit}");
    }
    let found = store.scan(Outbox, b"b", None, 100).expect("the scan failed");
    assert!(found.iter().all(|row| row.key == row.value), "a row has another's value");
}

fn bytes(store: &dyn Store) {
    let keys: [&[u8]; 9] = [&[], &[0], &[0, 0], &[0, 255], &[1], &[127], &[128], &[255], &[255, 255]];
    commit(store, rows(keys.iter().rev().map(|key| put(Timers, key, key)).collect()));
    let found = |prefix: &[u8], after: Option<&[u8]>| -> Vec<Vec<u8>> {
        let rows = store.scan(Timers, prefix, after, 100).expect("the scan failed");
        rows.into_iter().map(|row| row.key).collect()
    };
    assert_eq!(found(&[], None), keys);
    assert_eq!(found(&[0], None), keys[1..4]);
    assert_eq!(found(&[0], Some(&[0])), keys[2..4]);
    assert_eq!(found(&[255], None), keys[7..]);
    assert_eq!(found(&[], Some(&[])), keys[1..]);
}

fn sizes(store: &dyn Store) {
    let sizes = [0, 1, 4_085, 4_090, 4_091, 4_096, 4_097, 12_000, 200_000, 5 << 20];
    for (seed, length) in (0..).zip(sizes.into_iter().chain(sizes.into_iter().rev())) {
        let value = pattern(length, seed);
        commit(store, rows(vec![put(People, b"neighbour", b"n"), put(People, b"big", &value)]));
        assert!(get(store, People, b"big") == Some(value.clone()), "a value of {length} bytes came back changed");
        let found = store.scan(People, b"", None, 10).expect("the scan failed");
        assert_eq!(found.len(), 2, "the parts of a value of {length} bytes show as rows");
        assert!(found[0].value == value, "a scan gives another value of {length} bytes");
        assert_eq!(get(store, People, b"neighbour").as_deref(), Some(&b"n"[..]));
    }
    commit(store, rows(vec![put(People, b"big", &pattern(50_000, 7))]));
    commit(store, rows(vec![delete(People, b"big")]));
    assert_eq!(get(store, People, b"big"), None);
}

fn absent(store: &dyn Store) {
    let claim = |key: &[u8], value: &[u8]| Batch {
        rows: vec![put(Idempotency, key, value)],
        absent: vec![(Idempotency, key.to_vec())],
        ..Batch::default()
    };
    commit(store, claim(b"key", b"first"));
    match refuse(store, claim(b"key", b"second")) {
        StoreError::RowExists { table, key } => assert_eq!((table, key), (Idempotency, b"key".to_vec())),
        other => panic!("a row that exists gave another error: {other}"),
    }
    assert_eq!(get(store, Idempotency, b"key").as_deref(), Some(&b"first"[..]));
    commit(store, rows(vec![delete(Idempotency, b"key")]));
    commit(store, claim(b"key", b"third"));
    // The same key elsewhere is another row.
    commit(store, Batch { absent: vec![(People, b"key".to_vec())], ..Batch::default() });
}

fn whole(store: &dyn Store) {
    let one = run(1);
    commit(store, rows(vec![put(People, b"taken", b"t"), put(People, b"kept", b"k")]));
    let mut batch = append(&one, 0, &[b"entry"]);
    batch.rows = vec![put(People, b"new", b"n"), delete(People, b"kept"), put(Responses, b"big", &pattern(9_000, 3))];
    batch.absent = vec![(People, b"new".to_vec()), (People, b"taken".to_vec())];
    assert!(matches!(refuse(store, batch.clone()), StoreError::RowExists { .. }));
    assert_eq!(version(store, &one), 0);
    assert_eq!(scan(store, People, "", None, 10), ["kept", "taken"]);
    assert_eq!(get(store, Responses, b"big"), None);

    batch.absent.pop();
    commit(store, batch);
    assert_eq!(journal(store, &one, 0, 10).concat(), b"entry");
    assert_eq!(scan(store, People, "", None, 10), ["new", "taken"]);
    assert!(get(store, Responses, b"big") == Some(pattern(9_000, 3)));
}

fn limit(store: &dyn Store) {
    let longest = vec![b'k'; limits::KEY_BYTES];
    commit(store, rows(vec![put(People, &longest, b"v")]));
    assert_eq!(get(store, People, &longest).as_deref(), Some(&b"v"[..]));
    let too_much: [Batch; 3] = [
        rows(vec![put(Responses, b"a", b"a"), put(People, &[&longest[..], b"k"].concat(), b"v")]),
        rows(vec![put(Responses, b"a", b"a"), put(People, b"k", &vec![0; limits::VALUE_BYTES + 1])]),
        rows(vec![put(Responses, b"a", b"a"); limits::BATCH_CHANGES + 1]),
    ];
    for batch in too_much {
        assert!(matches!(refuse(store, batch), StoreError::Limit(_)));
        assert_eq!(get(store, Responses, b"a"), None);
    }
}
