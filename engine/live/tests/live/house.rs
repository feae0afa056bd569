//! A small programme, a store that can be told to fail, and an engine over both.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use turnabout_core::{
    bundle::TemplateFiles,
    limits::Limits,
    ports::{Batch, JournalAppend, Row, Store, StoreError, StoreTable, StoredEntry},
};
use turnabout_live::{Contact, Contacts, Engine, LiveLimits, ManualClock, NewRun, Parts};
use turnabout_model::{ParticipantStatus, RunId};
use turnabout_render::messages::MessageCheck;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_store::MemoryStore;
use turnabout_testkit::NoPlugins;

pub(crate) const MANIFEST: &str = include_str!("../small/programme.toml");

pub(crate) const SCRIPT: &str = include_str!("../small/programme.rhai");

pub(crate) const PEOPLE: &str = "role,name,email,manager,topics,faith,consent\n\
    mentor,Amara Diaz,amara@example.org,,night shifts;careers,,\n\
    mentor,Ben Okoro,ben@example.org,,careers,none,faith\n\
    mentee,Clara Vance,clara@example.org,,careers,,\n\
    mentee,Dev Rao,dev@example.org,,night shifts,,\n";

/// The files of the small template, with another script or manifest if a test wants one.
pub(crate) fn files(changes: &[(&str, &str)]) -> TemplateFiles {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
    let mut files = turnabout_template::read_folder(&folder).unwrap();
    for (path, text) in changes {
        files.insert((*path).into(), text.as_bytes().to_vec());
    }
    files
}

/// A memory store whose next commits can be made to fail.
#[derive(Default)]
pub(crate) struct Flaky {
    pub(crate) inner: MemoryStore,
    /// How many commits are still to fail.
    pub(crate) failures: AtomicU32,
    /// How many commits of a journal are still to find that somebody else wrote first.
    pub(crate) conflicts: AtomicU32,
}

fn take(counter: &AtomicU32) -> bool {
    counter.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok()
}

impl Store for Flaky {
    fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if take(&self.failures) {
            return Err(StoreError::Limit("this commit was told to fail".into()));
        }
        if let Some(append) = batch.journal.as_ref().filter(|_| take(&self.conflicts)) {
            let (run, expected) = (append.run.clone(), append.expected);
            return Err(StoreError::Conflict { run, expected, found: expected + 1 });
        }
        self.inner.commit(batch)
    }
    fn version(&self, run: &RunId) -> Result<u64, StoreError> {
        self.inner.version(run)
    }
    fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        self.inner.journal(run, after, limit)
    }
    fn get(&self, table: StoreTable, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get(table, key)
    }
    fn scan(
        &self,
        table: StoreTable,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.inner.scan(table, prefix, after, limit)
    }
    fn verify(&self, run: &RunId) -> Result<u64, StoreError> {
        self.inner.verify(run)
    }
}

/// An engine over a store, and the clock that moves it.
pub(crate) struct House {
    pub(crate) store: Arc<Flaky>,
    pub(crate) clock: ManualClock,
    pub(crate) engine: Engine,
}

/// A house with the small template installed, on a Monday morning.
pub(crate) fn house() -> House {
    let house = over(Arc::new(Flaky::default()), at("2026-03-02T09:00:00Z"), LiveLimits::standard());
    house.engine.install(files(&[])).unwrap();
    house
}

/// A house over a store that may have runs in it already.
pub(crate) fn over(store: Arc<Flaky>, now: jiff::Timestamp, live: LiveLimits) -> House {
    let clock = ManualClock::at(now);
    let parts = Parts {
        store: store.clone(),
        rules: Arc::new(NoPlugins),
        logics: Arc::new(NoPlugins),
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
        messages: Arc::new(MessageCheck),
        clock: Arc::new(clock.clone()),
        limits: Limits::standard(),
        live,
    };
    House { store, clock, engine: Engine::new(parts).unwrap() }
}

impl House {
    /// Starts a run of the small template.
    pub(crate) fn start(&self) -> RunId {
        let noor = Contact { name: "Noor Hale".into(), email: "noor@example.org".into() };
        let contacts = Contacts { contact: Some(noor), ..Contacts::default() };
        let new =
            NewRun { template: "small".into(), client: "acme".into(), seed: Some(7), contacts, ..NewRun::default() };
        self.engine.start(new, None, |decision| decision.after.run.id.clone()).unwrap().answer.unwrap()
    }

    /// Starts a run with four people in it.
    pub(crate) fn start_with_people(&self) -> RunId {
        let run = self.start();
        self.engine.import(&run, PEOPLE.as_bytes(), ParticipantStatus::Accepted, None).unwrap();
        run
    }

    /// The same house after a restart: only what the store has is left.
    pub(crate) fn restarted(&self) -> House {
        use turnabout_live::Clock as _;
        over(self.store.clone(), self.clock.now(), LiveLimits::standard())
    }

    /// A run's journal, as stored.
    pub(crate) fn journal(&self, run: &RunId) -> Vec<String> {
        let entries = self.store.journal(run, 0, 100_000).unwrap();
        entries.into_iter().map(|entry| String::from_utf8(entry.payload).unwrap()).collect()
    }

    /// Appends to a run's journal what no engine can read.
    pub(crate) fn damage(&self, run: &RunId) {
        let expected = self.store.version(run).unwrap();
        let journal = Some(JournalAppend { run: run.clone(), expected, entries: vec![b"no entry".to_vec()] });
        self.store.commit(Batch { journal, ..Batch::default() }).unwrap();
    }

    /// How many rows a table has.
    pub(crate) fn rows(&self, table: StoreTable) -> usize {
        self.store.scan(table, b"", None, 100_000).unwrap().len()
    }

    /// Moves the clock, waking what is due on the way.
    pub(crate) fn advance(&self, to: &str) {
        self.engine.advance(&self.clock, at(to)).unwrap();
    }
}

pub(crate) fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

impl Flaky {
    /// One person's answers as stored.
    pub(crate) fn inner_response(&self, run: &RunId, wave: u32, participant: u32) -> String {
        let mut key = format!("{run}/").into_bytes();
        key.extend(wave.to_be_bytes());
        key.extend(participant.to_be_bytes());
        String::from_utf8(self.inner.get(StoreTable::Responses, &key).unwrap().unwrap()).unwrap()
    }
}
