//! The store on disk and the store in memory give the same answers to whatever is asked of them.

use super::*;
use crate::MemoryStore;
use proptest::{collection::vec, prelude::*, sample::select};

/// Something to ask of a store.
#[derive(Debug, Clone)]
enum Ask {
    Commit { run: Option<(u8, i8, Vec<usize>)>, rows: Vec<(StoreTable, Vec<u8>, Option<usize>)>, absent: Vec<Vec<u8>> },
    Journal { run: u8, after: u64, limit: usize },
    Get { table: StoreTable, key: Vec<u8> },
    Scan { table: StoreTable, prefix: Vec<u8>, after: Option<Vec<u8>>, limit: usize },
    Verify { run: u8 },
    Reopen,
}

const TABLES: [StoreTable; 2] = [StoreTable::People, StoreTable::Timers];

fn table() -> impl Strategy<Value = StoreTable> {
    select(&TABLES[..])
}

/// Few keys, so that they meet; some are the start of others.
fn key() -> impl Strategy<Value = Vec<u8>> {
    vec(select(vec![0, 1, 255]), 0..3)
}

/// Lengths around the places where a value is cut.
fn length() -> impl Strategy<Value = usize> {
    prop_oneof![4 => 0..300_usize, 1 => 4_040..4_100_usize, 1 => 8_100..13_000_usize]
}

fn ask() -> impl Strategy<Value = Ask> {
    let append = (0..3_u8, prop_oneof![4 => Just(0_i8), 1 => -2..=2_i8], vec(length(), 0..4));
    let rows = vec((table(), key(), proptest::option::weighted(0.7, length())), 0..6);
    let absent = prop_oneof![3 => Just(Vec::new()), 1 => vec(key(), 1..3)];
    prop_oneof![
        8 => (proptest::option::of(append), rows, absent).prop_map(|(run, rows, absent)| Ask::Commit { run, rows, absent }),
        2 => (0..4_u8, 0..12_u64, 0..12_usize).prop_map(|(run, after, limit)| Ask::Journal { run, after, limit }),
        2 => (table(), key()).prop_map(|(table, key)| Ask::Get { table, key }),
        3 => (table(), key(), proptest::option::of(key()), 0..8_usize)
            .prop_map(|(table, prefix, after, limit)| Ask::Scan { table, prefix, after, limit }),
        1 => (0..4_u8).prop_map(|run| Ask::Verify { run }),
        1 => Just(Ask::Reopen),
    ]
}

/// The answer, as text to compare.
fn answer(store: &dyn Store, ask: &Ask, place: usize) -> String {
    let bytes = |length: usize| vec![place.to_le_bytes()[0]; length];
    let run = |number: u8| RunId::from_bits(number.into());
    match ask.clone() {
        Ask::Commit { run: append, rows, absent } => {
            let journal = append.map(|(number, off, lengths)| {
                let run = run(number);
                let expected = store.version(&run).unwrap().saturating_add_signed(off.into());
                JournalAppend { run, expected, entries: lengths.into_iter().map(bytes).collect() }
            });
            let change =
                |(table, key, length): (_, _, Option<usize>)| RowChange { table, key, value: length.map(bytes) };
            let absent = absent.into_iter().map(|key| (StoreTable::People, key)).collect();
            format!("{:?}", store.commit(Batch { journal, rows: rows.into_iter().map(change).collect(), absent }))
        }
        Ask::Journal { run: number, after, limit } => format!("{:?}", store.journal(&run(number), after, limit)),
        Ask::Get { table, key } => format!("{:?}", store.get(table, &key)),
        Ask::Scan { table, prefix, after, limit } => {
            format!("{:?}", store.scan(table, &prefix, after.as_deref(), limit))
        }
        Ask::Verify { run: number } => format!("{:?}", store.verify(&run(number))),
        Ask::Reopen => String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn both_stores_answer_alike(asks in vec(ask(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let memory = MemoryStore::new();
        let mut disk = SledStore::open(folder.path()).unwrap();
        for (place, ask) in asks.iter().enumerate() {
            if matches!(ask, Ask::Reopen) {
                disk.close().unwrap();
                disk = SledStore::open(folder.path()).unwrap();
            }
            prop_assert!(answer(&memory, ask, place) == answer(&disk, ask, place), "they differ at {place}: {ask:?}");
        }
        for table in TABLES {
            let all = |store: &dyn Store| store.scan(table, b"", None, usize::MAX).unwrap();
            prop_assert!(all(&memory) == all(&disk), "they differ in {table:?}");
        }
        for number in 0..3 {
            let run = RunId::from_bits(number);
            let all = |store: &dyn Store| (store.verify(&run).unwrap(), store.journal(&run, 0, usize::MAX).unwrap());
            prop_assert!(all(&memory) == all(&disk), "they differ in run {number}");
        }
    }
}
