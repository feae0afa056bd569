//! The outbox: messages wait here from the batch that queued them until they were sent, or are no longer worth it.
//!
//! A message is delivered at least once: a crash between the mail server's yes and ours delivers it again, under the
//! same id.

use crate::{
    Compose, Engine, LiveError, Mail, MailError, Request, counters, keys,
    rows::{self, OutboxRow},
    views::{OutboxItem, Page},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_core::{
    decide::{Input, Refusal},
    ports::{Batch, StoreTable},
};
use turnabout_model::{MessageId, MessageOutcome, RunId};

/// What became of messages in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Messages that the mail server took.
    pub sent: usize,
    /// Messages that were too old.
    pub stale: usize,
    /// Messages that will never be delivered.
    pub failed: usize,
    /// Messages to be tried again later.
    pub put_off: usize,
}

impl Engine {
    /// Lists messages of a run that wait. `after` is the number of the last message that is known.
    pub fn pending(&self, run: &RunId, after: u64, limit: usize) -> Result<Page<OutboxItem>, LiveError> {
        let after = keys::message(run, MessageId(u32::try_from(after).unwrap_or(u32::MAX)));
        let rows = self.store.scan(StoreTable::Outbox, &keys::of_run(run), Some(&after), limit.saturating_add(1))?;
        let more = rows.len() > limit;
        let mut states = Vec::with_capacity(rows.len());
        for row in rows.into_iter().take(limit) {
            let Some((_, message)) = keys::read_message(&row.key) else { continue };
            states.push((message, rows::read::<OutboxRow>(&row.value, run.as_str(), "a message that waits")?));
        }
        let next = states.last().filter(|_| more).map(|(message, _)| message.0.to_string());
        let items = self.read(run, |of| {
            let item =
                |(id, state): &(MessageId, OutboxRow)| of.run.message(*id).map(|m| OutboxItem::of(run, m, state));
            states.iter().filter_map(item).collect()
        })?;
        Ok(Page { items, next })
    }

    /// Counts the messages that wait.
    pub fn count_pending(&self) -> Result<usize, LiveError> {
        let mut count = 0;
        self.every_row(StoreTable::Outbox, b"", |_| {
            count += 1;
            Ok(())
        })?;
        Ok(count)
    }

    /// Settles messages that are past their time, so that they are never sent late. Returns how many there were.
    pub fn settle_stale(&self) -> Result<usize, LiveError> {
        let now = self.clock.now();
        let mut stale: BTreeMap<RunId, Vec<MessageId>> = BTreeMap::new();
        for (run, message, state) in self.waiting()? {
            if state.stale_at.is_some_and(|at| at < now) {
                stale.entry(run).or_default().push(message);
            }
        }
        // After an outage there may be many: those of a run are settled together.
        let mut settled = 0;
        for (run, messages) in &stale {
            for some in messages.chunks(self.live.index_page) {
                if go_on(run, self.settle_as_stale(run, some))?.is_none() {
                    break;
                }
                settled += some.len();
            }
        }
        Ok(settled)
    }

    fn settle_as_stale(&self, run: &RunId, messages: &[MessageId]) -> Result<(), LiveError> {
        let outcome = MessageOutcome::Stale;
        let acts = messages.iter().map(|message| Input::SettleMessage { message: *message, outcome }.into());
        match self.submit(run, Request::all(acts.collect()), |_| ()) {
            Ok(_) => {
                counters::add(&self.counters.stale, messages.len());
                Ok(())
            }
            // Somebody else has settled one of them meanwhile.
            Err(LiveError::Refused(Refusal::AlreadySo { .. })) => {
                messages.iter().try_for_each(|message| self.settle(run, *message, outcome))
            }
            Err(error) => Err(error),
        }
    }

    /// Delivers the messages whose time has come, the stale ones excepted, and settles each.
    ///
    /// A run whose messages can't be settled is left for the next round; the others are not kept waiting.
    pub fn deliver(&self, mail: &dyn Mail, compose: &dyn Compose) -> Result<Delivered, LiveError> {
        self.deliver_while(&|| true, mail, compose)
    }

    /// Does what [`Engine::deliver`] does for as long as `still` says so: it is asked before each message.
    pub fn deliver_while(
        &self,
        still: &dyn Fn() -> bool,
        mail: &dyn Mail,
        compose: &dyn Compose,
    ) -> Result<Delivered, LiveError> {
        let stale = self.settle_stale()?;
        let mut delivered = Delivered { stale, ..Delivered::default() };
        let mut left = BTreeSet::new();
        for (run, message, state) in self.waiting()? {
            if !still() {
                break;
            }
            if left.contains(&run) || state.not_before.is_some_and(|at| at > self.clock.now()) {
                continue;
            }
            // The run's lock is not held while a mail server takes its time.
            let letter = self.read(&run, |of| of.run.message(message).map(|m| compose.compose(of, m)));
            let sent = match letter {
                Ok(Some(Ok(letter))) => mail.send(letter),
                Ok(Some(Err(why))) => Err(why),
                // Whatever is wrong with the run, it is not the message's fault.
                Ok(None) | Err(_) => continue,
            };
            let deliveries = state.deliveries + 1;
            let (settled, count) = match sent {
                Ok(()) => (self.settle(&run, message, MessageOutcome::Sent), &mut delivered.sent),
                Err(MailError::Transient(problem)) if deliveries < self.live.deliveries => {
                    let row = OutboxRow { deliveries, problem: Some(problem), ..state };
                    (self.put_off(&run, message, row), &mut delivered.put_off)
                }
                Err(error) => {
                    tracing::warn!(%run, %message, "{error}");
                    (self.settle(&run, message, MessageOutcome::Failed), &mut delivered.failed)
                }
            };
            match go_on(&run, settled)? {
                Some(()) => *count += 1,
                None => drop(left.insert(run)),
            }
        }
        Ok(delivered)
    }

    fn waiting(&self) -> Result<Vec<(RunId, MessageId, OutboxRow)>, LiveError> {
        let mut waiting = Vec::new();
        self.every_row(StoreTable::Outbox, b"", |row| {
            if let Some((run, message)) = keys::read_message(&row.key) {
                let state = rows::read(&row.value, run.as_str(), "a message that waits")?;
                waiting.push((run, message, state));
            }
            Ok(())
        })?;
        Ok(waiting)
    }

    fn settle(&self, run: &RunId, message: MessageId, outcome: MessageOutcome) -> Result<(), LiveError> {
        let counter = match outcome {
            MessageOutcome::Sent => &self.counters.sent,
            MessageOutcome::Stale => &self.counters.stale,
            MessageOutcome::Failed => &self.counters.failed,
        };
        match self.submit(run, Input::SettleMessage { message, outcome }, |_| ()) {
            Ok(_) => {
                counters::add(counter, 1);
                Ok(())
            }
            // Somebody else has settled it.
            Err(LiveError::Refused(Refusal::AlreadySo { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn put_off(&self, run: &RunId, message: MessageId, row: OutboxRow) -> Result<(), LiveError> {
        let row = OutboxRow { not_before: Some(self.next_delivery(row.deliveries)), ..row };
        self.with_run(run, |engine, loaded| {
            let open = loaded.run.message(message).is_some_and(|m| m.outcome.is_none());
            if open {
                let row = rows::put(StoreTable::Outbox, keys::message(run, message), &row);
                engine.store.commit(Batch { rows: vec![row], ..Batch::default() })?;
            }
            Ok(())
        })
    }

    /// Twice as long after each delivery that failed.
    pub(crate) fn next_delivery(&self, deliveries: u32) -> Timestamp {
        let doubled = 1_i64.checked_shl(deliveries.saturating_sub(1).min(40)).unwrap_or(i64::MAX);
        let wait = self.live.delivery_backoff_seconds.saturating_mul(doubled);
        let wait = wait.min(self.live.delivery_backoff_most_seconds);
        self.clock.now().saturating_add(SignedDuration::from_secs(wait)).unwrap_or(Timestamp::MAX)
    }
}

/// Passes an error on only if the store has stopped: what is wrong with one run must not keep the mail of others back.
pub(crate) fn go_on<T>(run: &RunId, result: Result<T, LiveError>) -> Result<Option<T>, LiveError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_fatal() => Err(error),
        Err(error) => {
            tracing::warn!(%run, code = error.code(), "a message could not be settled: {error}");
            Ok(None)
        }
    }
}
