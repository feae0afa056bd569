//! A process that is killed at any moment loses nothing that it was told is done.

use super::{seeds::Seeded, *};
use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    thread,
};

const FOLDER: &str = "TURNABOUT_CRASH_FOLDER";
const ROUNDS: usize = 8;
const COMMITTERS: u128 = 4;
/// A batch has so many entries, and a row.
const ENTRIES: u64 = 3;

/// Commits until it is killed. By itself it does nothing: the test below runs it in a process of its own.
#[test]
fn child_that_commits_until_it_is_killed() {
    let Ok(folder) = env::var(FOLDER) else { return };
    say("\nopening");
    let store = SledStore::open(folder).unwrap();
    say("\nopen");
    thread::scope(|scope| {
        for committer in 0..COMMITTERS {
            let store = &store;
            scope.spawn(move || {
                let run = RunId::from_bits(committer);
                for number in store.version(&run).unwrap() / ENTRIES.. {
                    store.commit(work(committer, number)).unwrap();
                    say(&format!("done {committer} {number}"));
                }
            });
        }
    });
}

/// One write a line, so that a kill cuts none in two.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
}

/// What a committer commits as its batch of this number: the same each time, some of it large enough to be cut.
fn work(committer: u128, number: u64) -> Batch {
    let length = if number % 7 == 3 { 9_000 } else { 40 };
    let payload = |place: u64| format!("{committer}/{number}/{place}/").repeat(length / 8).into_bytes();
    let key = format!("{committer}/{number:08}").into_bytes();
    let row = RowChange { table: StoreTable::Outbox, key, value: Some(payload(ENTRIES)) };
    let append = JournalAppend {
        run: RunId::from_bits(committer),
        expected: number * ENTRIES,
        entries: (0..ENTRIES).map(payload).collect(),
    };
    Batch { journal: Some(append), rows: vec![row], absent: Vec::new() }
}

#[test]
fn a_kill_loses_nothing_that_was_acknowledged() {
    let mut seeded = Seeded::new("kills");
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeMap::new();
    for round in 0..ROUNDS {
        // Every third round it is killed while it opens what the kill before has left.
        let (word, lines) = if round % 3 == 2 { ("opening", 1) } else { ("done", 1 + seeded.below(400)) };
        let said = kill_after(spawn(folder.path()), word, lines, seeded.below(20_000));
        for line in said {
            if let Some((committer, number)) = line.strip_prefix("done ").and_then(|rest| rest.split_once(' ')) {
                acknowledged.insert(committer.parse::<u128>().unwrap(), number.parse::<u64>().unwrap() + 1);
            }
        }
        check(folder.path(), &acknowledged, &format!("seed {}, round {round}", seeded.seed));
    }
    assert!(acknowledged.values().sum::<u64>() > 0, "no round acknowledged anything");
}

fn spawn(folder: &Path) -> Child {
    let name = format!("{}::child_that_commits_until_it_is_killed", module_path!().split_once("::").unwrap().1);
    Command::new(env::current_exe().unwrap())
        .args(["--exact", &name, "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills it once it has said so many lines that begin with a word, and a little later; returns all that it has said.
fn kill_after(mut child: Child, word: &str, lines: usize, yields: usize) -> Vec<String> {
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    let mut left = lines;
    while left > 0 {
        let line = out.next().expect("the child ended by itself").unwrap();
        left -= usize::from(line.starts_with(word));
        said.push(line);
    }
    (0..yields).for_each(|_| thread::yield_now());
    // SIGKILL, on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
    said.extend(out.map_while(Result::ok));
    said
}

/// Everything acknowledged is there, in order; what was not is there whole or not at all.
fn check(folder: &Path, acknowledged: &BTreeMap<u128, u64>, when: &str) {
    let store = SledStore::open(folder).unwrap();
    assert!(store.damaged().is_empty(), "{when}: {:?}", store.damaged());
    for committer in 0..COMMITTERS {
        let run = RunId::from_bits(committer);
        let version = store.verify(&run).unwrap();
        assert_eq!(version % ENTRIES, 0, "{when}: committer {committer} has half a batch");
        let batches = version / ENTRIES;
        let told = acknowledged.get(&committer).copied().unwrap_or(0);
        assert!(batches >= told, "{when}: committer {committer} lost {} of {told} batches", told - batches);
        let rows = store.scan(StoreTable::Outbox, format!("{committer}/").as_bytes(), None, usize::MAX).unwrap();
        assert_eq!(rows.len() as u64, batches, "{when}: committer {committer} has rows without entries or the reverse");
        let entries = store.journal(&run, 0, usize::MAX).unwrap();
        for (number, (entries, row)) in (0..).zip(entries.chunks(3).zip(rows)) {
            let expected = work(committer, number);
            let found: Vec<_> = entries.iter().map(|entry| entry.payload.clone()).collect();
            assert!(found == expected.journal.unwrap().entries, "{when}: batch {number} of {committer} is not whole");
            assert!(Some(row.value) == expected.rows[0].value, "{when}: the row of batch {number} is another");
        }
    }
}
