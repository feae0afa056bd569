//! The one thread that writes. Many batches share one sync.
//!
//! For a group of up to 1,024 waiting batches: decide each in order; hide the group from readers; apply it in one sled
//! batch; flush; sync; note its number outside the database; show it; answer everybody. An answer, be it yes or no, comes only after the sync, because even a
//! refusal tells of batches earlier in the group. A group of refusals alone needs no disk.

use super::{
    disk::Disk,
    health::Health,
    shown::Shown,
    stage::{Refused, Stage},
};
use crate::limits;
use std::{
    io,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};
use turnabout_core::ports::{Batch, StoreError};

/// The way to the committer. Dropping it waits until everything that was handed over is answered.
#[derive(Debug)]
pub(super) struct Door {
    queue: Option<SyncSender<Waiting>>,
    thread: Option<JoinHandle<()>>,
    health: Arc<Health>,
}

/// What the committer works with.
pub(super) struct Committer {
    pub(super) shown: Arc<Shown>,
    pub(super) health: Arc<Health>,
    pub(super) disk: Box<dyn Disk>,
    pub(super) cell_bytes: usize,
    /// The number of the last group.
    pub(super) group: u64,
}

#[derive(Debug)]
struct Waiting {
    batch: Batch,
    reply: SyncSender<Result<(), StoreError>>,
}

impl Door {
    /// Hands a batch over and waits for the answer.
    pub(super) fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let gone = || self.health.stop("the thread that commits has ended".into());
        let (reply, answer) = sync_channel(1);
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        queue.send(Waiting { batch, reply }).map_err(|_| gone())?;
        answer.recv().unwrap_or_else(|_| Err(gone()))
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // A panic there has stopped the store already.
            let _ = thread.join();
        }
    }
}

impl Committer {
    /// Starts the thread.
    pub(super) fn start(mut self) -> io::Result<Door> {
        let (queue, waiting) = sync_channel(limits::QUEUE_BATCHES);
        let health = Arc::clone(&self.health);
        let thread = thread::Builder::new().name("turnabout-commit".into()).spawn(move || {
            let _watch = Watch(Arc::clone(&self.health));
            while let Some(group) = next_group(&waiting) {
                self.commit(group);
            }
        })?;
        Ok(Door { queue: Some(queue), thread: Some(thread), health })
    }

    fn commit(&mut self, group: Vec<Waiting>) {
        let mut answers = Vec::with_capacity(group.len());
        let outcome = self.decide(group, &mut answers);
        for (reply, decision) in answers {
            // Somebody who no longer listens changes nothing.
            let _ = reply.send(outcome.as_ref().map_or_else(|()| self.health.check(), |()| decision));
        }
    }

    /// Decides each batch and makes the admitted ones durable. If it fails, the store has stopped and every answer says
    /// so, whatever was decided.
    fn decide(&mut self, group: Vec<Waiting>, answers: &mut Vec<Answer>) -> Result<(), ()> {
        let shown = Arc::clone(&self.shown);
        let mut stage = Stage::new(shown.all(), self.cell_bytes);
        let mut outcome = self.health.check().map_err(drop);
        for Waiting { batch, reply } in group {
            let decision = match outcome {
                Ok(()) => stage.admit(batch),
                Err(()) => Ok(()),
            };
            let decision = match decision {
                Ok(()) => Ok(()),
                Err(Refused::Batch(error)) => Err(error),
                Err(Refused::Database(error)) => {
                    outcome = Err(());
                    Err(self.health.stop_reading(&error))
                }
            };
            answers.push((reply, decision));
        }
        outcome?;
        if stage.is_empty() {
            return Ok(());
        }
        self.make_durable(stage).map_err(|cause| drop(self.health.stop(cause)))
    }

    fn make_durable(&mut self, stage: Stage<'_>) -> Result<(), String> {
        self.group += 1;
        let (changes, before) = stage.finish(self.group);
        // If a step fails, the group stays hidden.
        self.shown.hide(before);
        self.disk.apply(changes).map_err(|error| format!("the database could not take a batch: {error}"))?;
        self.disk.flush().map_err(|error| format!("the database could not write its file: {error}"))?;
        self.disk.sync().map_err(|error| format!("the disk could not make a batch durable: {error}"))?;
        self.disk.note(self.group).map_err(|error| format!("the disk could not note a batch: {error}"))?;
        self.shown.reveal();
        Ok(())
    }
}

type Answer = (SyncSender<Result<(), StoreError>>, Result<(), StoreError>);

/// Waits for a batch and takes those that wait behind it; `None` once the door is shut and nobody waits.
fn next_group(waiting: &Receiver<Waiting>) -> Option<Vec<Waiting>> {
    let first = waiting.recv().ok()?;
    let mut bytes = limits::batch_bytes(&first.batch);
    let mut group = vec![first];
    while group.len() < limits::GROUP_BATCHES && bytes < limits::GROUP_BYTES {
        let Ok(next) = waiting.try_recv() else { break };
        bytes += limits::batch_bytes(&next.batch);
        group.push(next);
    }
    Some(group)
}

/// Stops the store if the committer panics: what is half done must not be built upon.
struct Watch(Arc<Health>);

impl Drop for Watch {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop("the thread that commits has panicked; its message is on the standard error".into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use turnabout_core::ports::{JournalAppend, RowChange, StoreTable};
    use turnabout_model::RunId;

    struct Counting {
        db: sled::Db,
        syncs: Arc<AtomicUsize>,
    }

    impl Disk for Counting {
        fn apply(&mut self, changes: sled::Batch) -> io::Result<()> {
            Ok(self.db.apply_batch(changes)?)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }

        fn sync(&mut self) -> io::Result<()> {
            self.syncs.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }

        fn note(&mut self, _group: u64) -> io::Result<()> {
            Ok(())
        }
    }

    fn append(run: u128, expected: u64) -> Batch {
        let append = JournalAppend { run: RunId::from_bits(run), expected, entries: vec![b"entry".to_vec()] };
        Batch { journal: Some(append), ..Batch::default() }
    }

    fn claim(key: &str, value: Option<usize>) -> Batch {
        let row = |length| RowChange { table: StoreTable::Outbox, key: key.into(), value: Some(vec![7; length]) };
        let absent = vec![(StoreTable::Outbox, key.into())];
        Batch { rows: value.map(row).into_iter().collect(), absent, ..Batch::default() }
    }

    fn delete(key: &str) -> Batch {
        let row = RowChange { table: StoreTable::Outbox, key: key.into(), value: None };
        Batch { rows: vec![row], ..Batch::default() }
    }

    /// Commits the batches as one group and returns the answers, in order, in short.
    fn together(committer: &mut Committer, batches: Vec<Batch>) -> Vec<&'static str> {
        let (group, answers): (Vec<_>, Vec<_>) = batches
            .into_iter()
            .map(|batch| {
                let (reply, answer) = sync_channel(1);
                (Waiting { batch, reply }, answer)
            })
            .unzip();
        committer.commit(group);
        let short = |outcome| match outcome {
            Ok(()) => "done",
            Err(StoreError::Conflict { found: 2, .. }) => "conflict at 2",
            Err(StoreError::RowExists { .. }) => "exists",
            Err(_) => "another error",
        };
        answers.into_iter().map(|answer| short(answer.try_recv().expect("nobody answered"))).collect()
    }

    #[test]
    fn a_group_is_decided_in_order_and_synced_once() {
        let db = sled::Config::new().temporary(true).open().unwrap();
        let syncs = Arc::new(AtomicUsize::new(0));
        let mut committer = Committer {
            shown: Arc::new(Shown::new(db.clone())),
            health: Arc::default(),
            disk: Box::new(Counting { db: db.clone(), syncs: Arc::clone(&syncs) }),
            cell_bytes: limits::CELL_BYTES,
            group: 0,
        };
        let group = vec![
            append(1, 0),
            append(1, 1),
            append(1, 1),
            append(2, 0),
            claim("row", Some(9_000)),
            claim("row", Some(1)),
            delete("row"),
            claim("row", Some(5_000)),
            claim("row", None),
            append(1, 5),
        ];
        let expected =
            ["done", "done", "conflict at 2", "done", "done", "exists", "done", "done", "exists", "conflict at 2"];
        assert_eq!(together(&mut committer, group), expected);
        assert_eq!(syncs.load(Ordering::Relaxed), 1);
        // What the first claim laid down and the second did not is gone: 5,000 bytes are two cells.
        assert_eq!(db.scan_prefix("cr").count(), 2);

        assert_eq!(together(&mut committer, vec![append(1, 0), claim("row", None)]), ["conflict at 2", "exists"]);
        assert_eq!(syncs.load(Ordering::Relaxed), 1, "a group of refusals went to the disk");
    }

    #[test]
    fn a_group_is_closed_at_its_limits() {
        let (queue, waiting) = sync_channel(limits::QUEUE_BATCHES);
        let push = |batch: Batch| queue.send(Waiting { batch, reply: sync_channel(1).0 }).unwrap();
        for _ in 0..limits::GROUP_BATCHES + 5 {
            push(append(1, 0));
        }
        let sizes = || next_group(&waiting).map(|group| group.len());
        assert_eq!((sizes(), sizes()), (Some(limits::GROUP_BATCHES), Some(5)));
        for _ in 0..3 {
            push(claim("k", Some(limits::GROUP_BYTES - 10)));
        }
        assert_eq!((sizes(), sizes()), (Some(2), Some(1)));
        drop(queue);
        assert_eq!(sizes(), None);
    }
}
