//! What every store must do, as checks that run against any of them.
//!
//! A store that is new to the house passes [`check_all`]; the tests of this module break a store in many ways and assert
//! that the checks notice each.

mod journal;
mod rows;
mod together;

use std::panic::{self, AssertUnwindSafe};
use turnabout_core::ports::{Batch, JournalAppend, RowChange, Store, StoreError, StoreTable};
use turnabout_model::RunId;

/// One thing that every store must do.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What the store must do, in a few words.
    pub name: &'static str,
    /// Panics unless the store, which is empty and new, does it.
    pub run: fn(&dyn Store),
}

/// Every check.
pub fn checks() -> Vec<Check> {
    [journal::CHECKS, rows::CHECKS, together::CHECKS].concat()
}

/// Runs every check against a store of its own and asserts that all pass.
///
/// # Panics
/// If any check fails, with the names of all that do.
pub fn check_all(open: impl Fn() -> Box<dyn Store>) {
    let failed = failures(open);
    assert!(failed.is_empty(), "{} of {} checks failed:\n{}", failed.len(), checks().len(), failed.join("\n"));
}

/// Runs every check against a store of its own and returns what failed, each as its name and its message.
pub fn failures(open: impl Fn() -> Box<dyn Store>) -> Vec<String> {
    checks().into_iter().filter_map(|check| failure(check, open().as_ref())).collect()
}

/// Runs one check and returns its name and its message if it fails.
fn failure(check: Check, store: &dyn Store) -> Option<String> {
    let panic = panic::catch_unwind(AssertUnwindSafe(|| (check.run)(store))).err()?;
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked");
    Some(format!("{}: {message}", check.name))
}

fn run(number: u128) -> RunId {
    RunId::from_bits(number)
}

fn append(run: &RunId, expected: u64, entries: &[&[u8]]) -> Batch {
    let entries = entries.iter().map(|entry| entry.to_vec()).collect();
    Batch { journal: Some(JournalAppend { run: run.clone(), expected, entries }), ..Batch::default() }
}

fn put(table: StoreTable, key: &[u8], value: &[u8]) -> RowChange {
    RowChange { table, key: key.to_vec(), value: Some(value.to_vec()) }
}

fn delete(table: StoreTable, key: &[u8]) -> RowChange {
    RowChange { table, key: key.to_vec(), value: None }
}

fn rows(rows: Vec<RowChange>) -> Batch {
    Batch { rows, ..Batch::default() }
}

fn commit(store: &dyn Store, batch: Batch) {
    store.commit(batch).expect("the store refused a good batch");
}

fn refuse(store: &dyn Store, batch: Batch) -> StoreError {
    store.commit(batch).expect_err("the store took a batch that it had to refuse")
}

fn get(store: &dyn Store, table: StoreTable, key: &[u8]) -> Option<Vec<u8>> {
    store.get(table, key).expect("the row could not be read")
}

fn version(store: &dyn Store, run: &RunId) -> u64 {
    store.version(run).expect("the version could not be read")
}

/// The payloads after `after`, once it is sure that they are numbered in order.
fn journal(store: &dyn Store, run: &RunId, after: u64, limit: usize) -> Vec<Vec<u8>> {
    let entries = store.journal(run, after, limit).expect("the journal could not be read");
    for (place, entry) in (0..).zip(&entries) {
        assert_eq!(entry.version - after, place + 1, "an entry is in the wrong place");
    }
    entries.into_iter().map(|entry| entry.payload).collect()
}

/// The keys that a scan finds, as text.
fn scan(store: &dyn Store, table: StoreTable, prefix: &str, after: Option<&str>, limit: usize) -> Vec<String> {
    let found = store.scan(table, prefix.as_bytes(), after.map(str::as_bytes), limit).expect("the scan failed");
    found.into_iter().map(|row| String::from_utf8_lossy(&row.key).into_owned()).collect()
}

/// Bytes that differ from place to place, so that a part that is lost, doubled or swapped shows.
fn pattern(length: usize, seed: u8) -> Vec<u8> {
    let mixed = |place: usize| place.wrapping_mul(2_654_435_761).to_be_bytes()[5] ^ seed;
    (0..length).map(mixed).collect()
}

#[cfg(test)]
mod tests;
