//! A run in memory: its journal folded, its people, its bundle.

use crate::{Contacts, Engine, LiveError, handover::Handover, keys, people::People, rows, rows::RunRow};
use jiff::Timestamp;
use std::sync::Arc;
use turnabout_core::{
    bundle::Bundle,
    ports::{Row, StoreTable},
    replay::Retention,
    run::Run,
};
use turnabout_model::{BundleHash, Entry, Person, Response, RunId};

/// A run in memory. Whoever holds it holds the run's lock.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) run: Run,
    pub(crate) bundle: Arc<Bundle>,
    /// The bundles that the run pinned before it was amended, in order: what was opened under one keeps its text.
    pub(crate) past: Vec<Arc<Bundle>>,
    pub(crate) people: People,
    pub(crate) contacts: Contacts,
    pub(crate) handover: Handover,
    /// The moment in the key of its timer row, in microseconds.
    pub(crate) timer: Option<i64>,
    /// When the last entry was decided: time never goes back within a journal.
    pub(crate) last: Timestamp,
}

impl Loaded {
    /// A run that has not started.
    pub(crate) fn new(bundle: Arc<Bundle>, contacts: Contacts) -> Self {
        Self {
            run: Run::default(),
            bundle,
            past: Vec::new(),
            people: People::default(),
            contacts,
            handover: Handover::default(),
            timer: None,
            last: Timestamp::MIN,
        }
    }
}

impl Engine {
    /// Reads a run from the store: folds its journal and reads its people and ballots.
    pub(crate) fn load(&self, id: &RunId) -> Result<Loaded, LiveError> {
        let (run, last) = self.fold(id, Retention::Open)?;
        let hash = run.bundle.clone().ok_or_else(|| damaged(id, "its journal does not begin with a start"))?;
        let bundle = self.bundle(&hash)?;
        let past: Vec<Arc<Bundle>> = run.past_bundles.iter().map(|hash| self.bundle(hash)).collect::<Result<_, _>>()?;
        let mut people = People::default();
        self.every_row(StoreTable::People, &keys::of_run(id), |row| {
            people.put(rows::read::<Person>(&row.value, id.as_str(), "a person")?);
            Ok(())
        })?;
        for wave in &run.waves {
            let asked = bundle_of(wave.bundle.as_ref(), &bundle, &past).surveys.get(&wave.survey);
            let Some(survey) = asked.filter(|survey| survey.has_ballot()) else {
                continue;
            };
            self.every_row(StoreTable::Responses, &keys::wave(id, wave.id), |row| {
                let response = rows::read::<Response>(&row.value, id.as_str(), "a response")?;
                people.put_ballot(&response, survey);
                Ok(())
            })?;
        }
        let contacts = match self.store.get(StoreTable::People, &keys::contacts(id))? {
            Some(value) => rows::read(&value, id.as_str(), "its contacts")?,
            None => Contacts::default(),
        };
        let row = self.store.get(StoreTable::Runs, &keys::run(id))?;
        let row = row.ok_or_else(|| damaged(id, "its summary is missing"))?;
        let timer = rows::read::<RunRow>(&row, id.as_str(), "its summary")?.timer;
        let handover = self.handover(id)?;
        Ok(Loaded { run, bundle, past, people, contacts, handover, timer, last })
    }

    /// Folds a run's journal as the store has it.
    pub(crate) fn fold(&self, id: &RunId, retention: Retention) -> Result<(Run, Timestamp), LiveError> {
        let mut run = Run::new(retention);
        let mut last = Timestamp::MIN;
        loop {
            let page = self.store.journal(id, run.version, self.live.journal_page)?;
            if page.is_empty() {
                break;
            }
            for stored in page {
                let entry: Entry = rows::read(&stored.payload, id.as_str(), "an entry of its journal")?;
                if entry.version != run.version + 1 || entry.version != stored.version {
                    return Err(damaged(id, &format!("entry {} calls itself {}", stored.version, entry.version)));
                }
                run.apply(entry.at, &entry.event);
                last = entry.at;
            }
        }
        if run.version == 0 {
            return Err(LiveError::NoRun(id.clone()));
        }
        Ok((run, last))
    }

    /// Goes through all rows with a prefix, a page at a time.
    pub(crate) fn every_row(
        &self,
        table: StoreTable,
        prefix: &[u8],
        mut each: impl FnMut(&Row) -> Result<(), LiveError>,
    ) -> Result<(), LiveError> {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let page = self.store.scan(table, prefix, after.as_deref(), self.live.index_page)?;
            for row in &page {
                each(row)?;
            }
            if page.len() < self.live.index_page {
                return Ok(());
            }
            after = page.into_iter().next_back().map(|row| row.key);
        }
    }
}

/// The bundle under which something was opened; the present one if none is known.
pub(crate) fn bundle_of<'b>(hash: Option<&BundleHash>, present: &'b Bundle, past: &'b [Arc<Bundle>]) -> &'b Bundle {
    let other = hash.filter(|hash| **hash != present.hash);
    other.and_then(|hash| past.iter().find(|bundle| bundle.hash == *hash)).map_or(present, |bundle| bundle)
}

fn damaged(run: &RunId, what: &str) -> LiveError {
    LiveError::Damaged { run: run.as_str().into(), what: what.into() }
}
