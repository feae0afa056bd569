//! What readers may see: the last durable state, never a group that is still on its way to the disk.
//!
//! sled shows a batch as soon as it is applied, up to a whole sync before it is durable. Somebody who acted on such a
//! read (sent a message, say) would act on something that a power cut may undo. Holding readers back until the sync has
//! finished would be simple, but then every read waits for the disk. Instead the committer leaves here, before it
//! applies a group, what lies under each key that the group changes; readers take those values instead of sled's until
//! the sync has finished. The committer has read most of them anyway, to decide. The lock is held for a swap of maps,
//! and by a reader for one read; so a reader never waits for the disk, and sees no part of a group without the rest.

use super::keys::Key;
use sled::IVec;
use std::{
    collections::BTreeMap,
    mem,
    ops::Bound,
    panic::{self, AssertUnwindSafe},
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

/// What lay under the keys of a group before it; `None` for nothing.
pub(super) type Before = BTreeMap<Key, Option<IVec>>;

/// The database, and what of it is hidden.
#[derive(Debug)]
pub(super) struct Shown {
    db: Option<sled::Db>,
    before: RwLock<Before>,
}

/// The last durable state. The committer waits for it to end before it applies the next group: keep it short.
#[derive(Debug)]
pub(super) struct View<'a> {
    db: &'a sled::Db,
    before: RwLockReadGuard<'a, Before>,
}

impl Shown {
    /// Shows all of a database.
    pub(super) fn new(db: sled::Db) -> Self {
        Self { db: Some(db), before: RwLock::default() }
    }

    /// The database itself, for the committer's eyes only.
    pub(super) fn all(&self) -> &sled::Db {
        self.db.as_ref().expect("invariant: the database is there until it is dropped")
    }

    /// Begins to read.
    pub(super) fn view(&self) -> View<'_> {
        // The map is only ever replaced whole, so it is sound even if a thread panicked with the lock.
        View { db: self.all(), before: self.before.read().unwrap_or_else(PoisonError::into_inner) }
    }

    /// Hides a group that is about to be applied.
    pub(super) fn hide(&self, before: Before) {
        self.replace(before);
    }

    /// Shows the group: it is durable.
    pub(super) fn reveal(&self) {
        self.replace(Before::new());
    }

    fn replace(&self, before: Before) {
        let old = mem::replace(&mut *self.before.write().unwrap_or_else(PoisonError::into_inner), before);
        // Freed after the lock is.
        drop(old);
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        // sled syncs once more when it is dropped, and panics if that fails. Nothing rests on that sync, and a store that
        // has stopped has said why already.
        let db = self.db.take();
        let _ = panic::catch_unwind(AssertUnwindSafe(|| drop(db)));
    }
}

impl View<'_> {
    /// Reads what is under a key.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<IVec>, sled::Error> {
        match self.before.get(key) {
            Some(before) => Ok(before.clone()),
            None => self.db.get(key),
        }
    }

    /// Reads, in order, what is under the keys that begin with `prefix`, from `from` on.
    pub(super) fn range<'v>(
        &'v self,
        prefix: &'v [u8],
        from: Bound<&'v [u8]>,
    ) -> impl Iterator<Item = Result<(IVec, IVec), sled::Error>> + 'v {
        let from = match from {
            Bound::Included(key) | Bound::Excluded(key) if key >= prefix => from,
            _ => Bound::Included(prefix),
        };
        let bounds = (from, Bound::<&[u8]>::Unbounded);
        let mut applied = self
            .db
            .range::<&[u8], _>(bounds)
            .take_while(move |row| row.as_ref().map_or(true, |(key, _)| key.starts_with(prefix)))
            .filter(|row| row.as_ref().map_or(true, |(key, _)| !self.before.contains_key(key.as_ref())))
            .peekable();
        let mut hidden = self
            .before
            .range::<[u8], _>(bounds)
            .take_while(move |(key, _)| key.starts_with(prefix))
            .filter_map(|(key, value)| Some((IVec::from(key.as_slice()), value.clone()?)))
            .peekable();
        std::iter::from_fn(move || match (applied.peek(), hidden.peek()) {
            (Some(Ok((applied_key, _))), Some((hidden_key, _))) if hidden_key < applied_key => hidden.next().map(Ok),
            (None, Some(_)) => hidden.next().map(Ok),
            _ => applied.next(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(shown: &Shown, prefix: &[u8], from: Bound<&[u8]>) -> Vec<(String, String)> {
        let text = |bytes: IVec| String::from_utf8(bytes.to_vec()).unwrap();
        shown.view().range(prefix, from).map(|row| row.unwrap()).map(|(k, v)| (text(k), text(v))).collect()
    }

    #[test]
    fn a_hidden_group_is_seen_as_it_was_before() {
        let db = sled::Config::new().temporary(true).open().unwrap();
        for key in ["a1", "a2", "a4", "b1"] {
            db.insert(key, "old").unwrap();
        }
        let shown = Shown::new(db.clone());
        let everything = |shown: &Shown| {
            let get = |key: &str| shown.view().get(key.as_bytes()).unwrap().map(|value| value.to_vec());
            (
                found(shown, b"a", Bound::Included(b"a")),
                found(shown, b"a", Bound::Excluded(b"a2")),
                found(shown, b"a", Bound::Excluded(b"0")),
                ["a0", "a1", "a2", "a3", "a4", "a5"].map(get),
            )
        };
        let before = everything(&shown);
        assert_eq!(before.0.len(), 3);

        let was = |key: &str| (key.as_bytes().to_vec(), db.get(key).unwrap());
        shown.hide(["a0", "a1", "a2", "a3", "a5"].map(was).into());
        db.remove("a1").unwrap();
        for key in ["a0", "a2", "a3", "a5"] {
            db.insert(key, "new").unwrap();
        }
        assert_eq!(everything(&shown), before);

        shown.reveal();
        let after = found(&shown, b"a", Bound::Included(b"a"));
        let rows = [("a0", "new"), ("a2", "new"), ("a3", "new"), ("a4", "old"), ("a5", "new")];
        assert_eq!(after, rows.map(|(k, v)| (k.to_owned(), v.to_owned())));
    }
}
