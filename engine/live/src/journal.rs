//! Reading journals back: page by page as stored, or as a timeline for people.

use crate::{
    Engine, LiveError, rows, timeline,
    views::{JournalEntry, Page, RunSummary, TimelineItem},
};
use turnabout_core::ports::StoreTable;
use turnabout_model::{Entry, RunId};

impl Engine {
    /// Lists runs by id, which for drawn ids is the order of their start. `after` is the `next` of the page before.
    pub fn runs(&self, after: Option<&str>, limit: usize) -> Result<Page<RunSummary>, LiveError> {
        if let Some(after) = after {
            let _: RunId = after.parse().map_err(|_| LiveError::BadCursor(after.chars().take(60).collect()))?;
        }
        let page = self.store.scan(StoreTable::Runs, b"", after.map(str::as_bytes), limit.saturating_add(1))?;
        let more = page.len() > limit;
        let mut items = Vec::with_capacity(page.len());
        for row in page.into_iter().take(limit) {
            let row: rows::RunRow = rows::read(&row.value, &String::from_utf8_lossy(&row.key), "its summary")?;
            items.push(row.summary);
        }
        let next = items.last().filter(|_| more).map(|run| run.id.to_string());
        Ok(Page { items, next })
    }

    /// Reads entries of a run's journal, as stored. `after` is the version of the last entry that is known.
    pub fn journal(&self, run: &RunId, after: u64, limit: usize) -> Result<Page<JournalEntry>, LiveError> {
        let known = self.known(run)?;
        let mut items = Vec::new();
        for stored in self.store.journal(run, after, limit)? {
            items.push(rows::read::<JournalEntry>(&stored.payload, run.as_str(), "an entry of its journal")?);
        }
        let next = items.last().map(|last| last.version).filter(|last| *last < known).map(|last| last.to_string());
        Ok(Page { items, next })
    }

    /// Tells what happened in a run, in sentences with ids. Steps of the script are left out.
    pub fn timeline(&self, run: &RunId, after: u64, limit: usize) -> Result<Page<TimelineItem>, LiveError> {
        let known = self.known(run)?;
        let (mut items, mut read) = (Vec::new(), after);
        // A page may end early when most entries are steps; `next` says where to go on.
        while read < known && items.len() < limit && read - after < self.live.timeline_entries as u64 {
            let page = self.store.journal(run, read, self.live.journal_page)?;
            if page.is_empty() {
                break;
            }
            let mut entries = Vec::with_capacity(page.len());
            for stored in page {
                entries.push(rows::read::<Entry>(&stored.payload, run.as_str(), "an entry of its journal")?);
            }
            self.read(run, |of| {
                for entry in entries {
                    if items.len() == limit {
                        break;
                    }
                    read = entry.version;
                    items.extend(timeline::tell(&entry, of.run));
                }
            })?;
        }
        let next = (read < known).then(|| read.to_string());
        Ok(Page { items, next })
    }

    fn known(&self, run: &RunId) -> Result<u64, LiveError> {
        match self.store.version(run)? {
            0 => Err(LiveError::NoRun(run.clone())),
            known => Ok(known),
        }
    }
}
