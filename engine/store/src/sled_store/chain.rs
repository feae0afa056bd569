//! Reading a run's journal along its hash chain. Nothing that is missing or damaged is passed over.

use super::{
    cells,
    frame::{self, Hash, Head, NO_ENTRY},
    keys,
    shown::{Shown, View},
};
use crate::limits;
use std::ops::{Bound, RangeInclusive};
use turnabout_core::ports::StoredEntry;
use turnabout_model::RunId;

/// What is wrong with a journal, and at which entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Damage {
    pub(super) version: u64,
    pub(super) what: String,
}

/// Why a journal could not be read.
#[derive(Debug)]
pub(super) enum Trouble {
    /// What was read is not what was written.
    Damage(Damage),
    /// The database failed.
    Database(sled::Error),
}

impl From<sled::Error> for Trouble {
    fn from(error: sled::Error) -> Self {
        Self::Database(error)
    }
}

/// Why a value could not be read; the caller knows which.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is not what was written.
    Bad(String),
    /// The database failed.
    Database(sled::Error),
}

impl From<String> for Fault {
    fn from(what: String) -> Self {
        Self::Bad(what)
    }
}

impl From<sled::Error> for Fault {
    fn from(error: sled::Error) -> Self {
        Self::Database(error)
    }
}

fn damage<T>(version: u64, what: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Damage(Damage { version, what: what.into() }))
}

/// Reads the head of a journal; an unknown run has an empty one.
pub(super) fn head(view: &View<'_>, run: &RunId) -> Result<Head, Trouble> {
    let key = keys::head(run);
    let Some(sealed) = view.get(&key)? else { return Ok(Head::EMPTY) };
    frame::open_head(&key, &sealed).or_else(|what| damage(0, format!("the head of the journal: {what}")))
}

/// Reads up to `limit` entries after `after`.
pub(super) fn read(view: &View<'_>, run: &RunId, after: u64, limit: usize) -> Result<Vec<StoredEntry>, Trouble> {
    let head = head(view, run)?;
    let last = head.version.min(after.saturating_add(u64::try_from(limit).unwrap_or(u64::MAX)));
    if after >= last {
        return Ok(Vec::new());
    }
    // The entry before the first one vouches for nothing unless it is read too.
    let previous = if after == 0 { NO_ENTRY } else { open(view, run, after, |entry| entry.hash)? };
    let mut entries = Vec::new();
    let hash = walk(view, run, previous, after + 1..=last, |version, payload| {
        entries.push(StoredEntry { version, payload: payload.to_vec() });
    })?;
    if last == head.version {
        check_end(&head, &hash)?;
    }
    Ok(entries)
}

/// Verifies a whole journal, a page at a time so that commits go on meanwhile.
pub(super) fn verify(shown: &Shown, run: &RunId) -> Result<Head, Trouble> {
    let head = {
        let view = shown.view();
        let head = head(&view, run)?;
        let (all, last) = (keys::entries(run), keys::entry(run, head.version));
        if view.range(&all, Bound::Excluded(&last)).next().transpose()?.is_some() {
            let says = if head == Head::EMPTY { "is missing".into() } else { format!("ends at {}", head.version) };
            return damage(head.version + 1, format!("it is there, but the head of the journal {says}"));
        }
        head
    };
    // Entries never change, so those up to this head can be read while others are added.
    let (mut hash, mut next) = (NO_ENTRY, 1);
    while next <= head.version {
        let last = head.version.min(next + (limits::VERIFY_PAGE_ENTRIES as u64 - 1));
        hash = walk(&shown.view(), run, hash, next..=last, |_, _| {})?;
        next = last + 1;
    }
    check_end(&head, &hash)?;
    Ok(head)
}

/// Reads entries in order, each checked against the one before it, and returns the last one's hash.
fn walk(
    view: &View<'_>,
    run: &RunId,
    mut previous: Hash,
    versions: RangeInclusive<u64>,
    mut each: impl FnMut(u64, &[u8]),
) -> Result<Hash, Trouble> {
    for version in versions {
        let (carried, hash) = open(view, run, version, |entry| {
            each(version, entry.payload);
            (entry.previous, entry.hash)
        })?;
        if carried != previous {
            // Its own checksum is right, so it is the one before it that is not what it was.
            return match version {
                1 => damage(1, "it is the first, and carries the hash of an entry before it"),
                _ => damage(version - 1, format!("it does not have the hash that entry {version} carries")),
            };
        }
        previous = hash;
    }
    Ok(previous)
}

fn check_end(head: &Head, hash: &Hash) -> Result<(), Trouble> {
    if head.hash == *hash {
        return Ok(());
    }
    damage(head.version, "it does not have the hash that the head of the journal carries")
}

/// Reads one entry and hands it to `take`.
fn open<T>(
    view: &View<'_>,
    run: &RunId,
    version: u64,
    take: impl FnOnce(frame::Opened<'_>) -> T,
) -> Result<T, Trouble> {
    let key = keys::entry(run, version);
    let Some(first) = view.get(&key)? else { return damage(version, "it is missing") };
    let whole = cells::join::<Fault, _>(&key, &first, |cell| Ok(view.get(cell)?));
    let frame = whole.or_else(|fault| match fault {
        Fault::Bad(what) => damage(version, what),
        Fault::Database(error) => Err(error.into()),
    })?;
    frame::open_entry(run, version, &frame).map(take).or_else(|what| damage(version, what))
}
