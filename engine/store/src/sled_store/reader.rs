//! Reading, for everybody but the committer: the last durable state, verified.

use super::{
    cells,
    chain::{self, Damage, Fault, Trouble},
    frame,
    health::Health,
    keys,
    shown::{Shown, View},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::{Arc, PoisonError, RwLock},
};
use turnabout_core::ports::{Row, StoreError, StoreTable, StoredEntry};
use turnabout_model::RunId;

/// Reads what is durable.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) shown: Arc<Shown>,
    pub(super) health: Arc<Health>,
    /// The runs whose chain was verified since the store was opened, with what was found.
    verified: RwLock<BTreeMap<RunId, Option<Damage>>>,
}

impl Reader {
    /// Begins with nothing verified.
    pub(super) fn new(shown: Arc<Shown>, health: Arc<Health>) -> Self {
        Self { shown, health, verified: RwLock::default() }
    }

    /// Verifies every journal there is. What is found is kept, and each damaged run refuses its own readers: one
    /// flipped bit must not close the door on every other programme.
    pub(super) fn verify_all(&self) -> Result<(), StoreError> {
        for run in self.runs().map_err(|error| self.health.stop_reading(&error))? {
            match self.verify(&run) {
                Ok(_) | Err(StoreError::Damaged { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Every run that has a head or entries: either could have lost the other.
    fn runs(&self) -> Result<BTreeSet<RunId>, sled::Error> {
        let view = self.shown.view();
        let mut runs = BTreeSet::new();
        for row in view.range(keys::HEADS, Bound::Unbounded) {
            runs.extend(keys::run_of(&row?.0));
        }
        let mut from = keys::ENTRIES.to_vec();
        loop {
            let row = view.range(keys::ENTRIES, Bound::Excluded(&from)).next().transpose()?;
            let Some((key, _)) = row else { break };
            // One look a run: on to the last entry that it could have.
            from = keys::run_of(&key).map_or_else(|| key.to_vec(), |run| keys::entry(&run, u64::MAX));
            runs.extend(keys::run_of(&key));
        }
        Ok(runs)
    }

    /// The damaged runs that are known of.
    pub(super) fn damaged(&self) -> Vec<StoreError> {
        let verified = self.verified.read().unwrap_or_else(PoisonError::into_inner);
        verified.iter().filter_map(|(run, found)| Some(damaged(run, found.as_ref()?))).collect()
    }

    /// Verifies a run's chain and returns its length.
    pub(super) fn verify(&self, run: &RunId) -> Result<u64, StoreError> {
        self.health.check()?;
        match chain::verify(&self.shown, run) {
            // An unknown run is not kept: anybody may ask for any.
            Ok(head) if head.version == 0 => Ok(0),
            Ok(head) => {
                self.note(run, None);
                Ok(head.version)
            }
            Err(trouble) => Err(self.report(run, trouble)),
        }
    }

    /// Verifies a run's chain unless that was done since the store was opened.
    pub(super) fn ensure_verified(&self, run: &RunId) -> Result<(), StoreError> {
        self.health.check()?;
        let verified = self.verified.read().unwrap_or_else(PoisonError::into_inner);
        match verified.get(run) {
            Some(None) => return Ok(()),
            Some(Some(found)) => return Err(damaged(run, found)),
            None => drop(verified),
        }
        self.verify(run).map(drop)
    }

    /// How many entries a run's journal has.
    pub(super) fn version(&self, run: &RunId) -> Result<u64, StoreError> {
        self.ensure_verified(run)?;
        let head = chain::head(&self.shown.view(), run);
        head.map(|head| head.version).map_err(|trouble| self.report(run, trouble))
    }

    /// Reads entries, each verified again: a disk can rot after the first look.
    pub(super) fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        self.ensure_verified(run)?;
        let entries = chain::read(&self.shown.view(), run, after, limit);
        entries.map_err(|trouble| self.report(run, trouble))
    }

    /// Reads one row.
    pub(super) fn get(&self, table: StoreTable, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.health.check()?;
        let (view, at) = (self.shown.view(), keys::row(table, key));
        let value = match view.get(&at) {
            Ok(first) => first.map(|first| open_row(&view, &at, &first)).transpose(),
            Err(error) => Err(error.into()),
        };
        value.map_err(|fault| self.report_row(table, key, fault))
    }

    /// Reads rows in order of key.
    pub(super) fn scan(
        &self,
        table: StoreTable,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.health.check()?;
        let view = self.shown.view();
        let start = keys::rows(table).len();
        let (prefix, after) = (keys::row(table, prefix), after.map(|after| keys::row(table, after)));
        let from = after.as_deref().map_or(Bound::Included(&prefix[..]), Bound::Excluded);
        let mut rows = Vec::new();
        for row in view.range(&prefix, from).take(limit) {
            let (at, first) = row.map_err(|error| self.health.stop_reading(&error))?;
            let key = at[start..].to_vec();
            let value = open_row(&view, &at, &first).map_err(|fault| self.report_row(table, &key, fault))?;
            rows.push(Row { key, value });
        }
        Ok(rows)
    }

    fn note(&self, run: &RunId, found: Option<Damage>) {
        self.verified.write().unwrap_or_else(PoisonError::into_inner).insert(run.clone(), found);
    }

    fn report(&self, run: &RunId, trouble: Trouble) -> StoreError {
        match trouble {
            Trouble::Database(error) => self.health.stop_reading(&error),
            Trouble::Damage(found) => {
                let error = damaged(run, &found);
                self.note(run, Some(found));
                error
            }
        }
    }

    fn report_row(&self, table: StoreTable, key: &[u8], fault: Fault) -> StoreError {
        match fault {
            Fault::Database(error) => self.health.stop_reading(&error),
            Fault::Bad(what) => StoreError::DamagedRow { table, key: key.to_vec(), what },
        }
    }
}

fn open_row(view: &View<'_>, at: &[u8], first: &[u8]) -> Result<Vec<u8>, Fault> {
    let sealed = cells::join::<Fault, _>(at, first, |cell| Ok(view.get(cell)?))?;
    Ok(frame::open_row(at, sealed)?)
}

fn damaged(run: &RunId, found: &Damage) -> StoreError {
    StoreError::Damaged { run: run.as_str().into(), version: found.version, what: found.what.clone() }
}
