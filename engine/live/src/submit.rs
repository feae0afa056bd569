//! Submitting: decided on the run in memory, committed as one batch, and only then answered.

use crate::{
    Engine, LiveError,
    act::{Act, Once, Request, Undo, prepare},
    counters,
    engine::Snapshot,
    form::{self, Judges},
    keys,
    loaded::Loaded,
    once,
    rows::{self, OutboxRow, RunRow},
    views,
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use std::borrow::Cow;
use turnabout_core::{
    decide::{Context, decide},
    ports::{Batch, JournalAppend, RowChange, StoreError, StoreTable},
};
use turnabout_model::{Entry, Event, FORMAT, RunId, SurveyMode};

/// What a request came to, before it is committed: the run with the events folded in.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'a> {
    /// The run as it will stand.
    pub after: Snapshot<'a>,
    /// What happened.
    pub events: &'a [Event],
    /// When it was decided.
    pub at: Timestamp,
}

/// What a request came to, once it is durable.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<A> {
    /// How many entries the run's journal had after it.
    pub version: u64,
    /// When it was decided.
    pub at: Timestamp,
    /// The answer that was made of the decision.
    pub answer: A,
    /// Whether this is the stored answer to the same request before.
    pub replayed: bool,
}

/// What was decided on a run in memory, and is not durable yet.
pub(crate) struct Decided {
    pub(crate) at: Timestamp,
    /// How many entries the journal had before.
    pub(crate) before: u64,
    pub(crate) events: Vec<Event>,
    /// The rows that go beside.
    pub(crate) changes: Vec<RowChange>,
}

/// Why an attempt failed, and whether the run in memory is still what the store has.
struct Failed {
    error: LiveError,
    intact: bool,
}

impl Engine {
    /// Does what a request asks of a run, all of it or nothing, and answers once it is durable.
    ///
    /// `answer` makes the answer out of the decision. It is stored with the idempotency key, if there is one, so a
    /// repeated request gets the same answer.
    pub fn submit<A: Serialize + DeserializeOwned>(
        &self,
        run: &RunId,
        request: impl Into<Request>,
        answer: impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        let request = request.into();
        let slot = self.slot(run)?;
        let mut slot = slot.lock();
        for _ in 0..self.live.attempts_per_request {
            if slot.is_none() {
                counters::add(&self.counters.loads, 1);
                *slot = Some(self.load(run)?);
            }
            let Some(loaded) = slot.as_mut() else { continue };
            match self.attempt(loaded, run, &request, &Batch::default(), &answer) {
                Ok(outcome) => return Ok(outcome),
                Err(Failed { error, intact }) => {
                    if !intact {
                        *slot = None;
                    }
                    match error {
                        LiveError::Store(StoreError::Conflict { .. }) => counters::add(&self.counters.conflicts, 1),
                        LiveError::Store(StoreError::RowExists { table: StoreTable::Idempotency, .. }) => {}
                        error => return Err(error),
                    }
                }
            }
        }
        Err(LiveError::Contended(run.clone(), self.live.attempts_per_request))
    }

    /// Submits the first request of a run that is not in the store yet. `beside` has rows that come with the start,
    /// and rows that must not be there yet.
    pub(crate) fn submit_first<A: Serialize + DeserializeOwned>(
        &self,
        run: &RunId,
        mut loaded: Loaded,
        request: &Request,
        beside: &Batch,
        answer: impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        let slot = self.runs.slot(run);
        let mut slot = slot.lock();
        match self.attempt(&mut loaded, run, request, beside, &answer) {
            Ok(outcome) => {
                if !outcome.replayed {
                    *slot = Some(loaded);
                }
                Ok(outcome)
            }
            Err(Failed { error, .. }) => match (error, &request.once) {
                (LiveError::Store(StoreError::Conflict { .. }), _) => Err(LiveError::RunExists(run.clone())),
                // The same request came twice at the same time, and the other one was first.
                (LiveError::Store(StoreError::RowExists { table: StoreTable::Idempotency, .. }), Some(once)) => {
                    match once::recall(self, once)? {
                        Some(outcome) => Ok(outcome),
                        None => Err(LiveError::Contended(run.clone(), 1)),
                    }
                }
                (error, _) => Err(error),
            },
        }
    }

    fn attempt<A: Serialize + DeserializeOwned>(
        &self,
        loaded: &mut Loaded,
        id: &RunId,
        request: &Request,
        beside: &Batch,
        answer: &impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, Failed> {
        let intact = |error| Failed { error, intact: true };
        let torn = |error| Failed { error, intact: false };
        let request = &without_answers(request, loaded);
        if let Some(once) = &request.once
            && let Some(outcome) = once::recall(self, once).map_err(intact)?
        {
            counters::add(&self.counters.replayed, 1);
            return Ok(outcome);
        }
        let at = self.clock.now().max(loaded.last);
        let before = loaded.run.version;
        let (events, changes) = self.decide_all(loaded, &request.acts, at)?;
        let decided = Decided { at, before, events, changes };
        self.commit(loaded, id, decided, (request.once.as_ref(), beside), answer).map_err(torn)
    }

    /// Makes what was decided durable, with the answer under its key. After an error the run in memory is not what the store
    /// has.
    pub(crate) fn commit<A: Serialize>(
        &self,
        loaded: &mut Loaded,
        id: &RunId,
        decided: Decided,
        (once, beside): (Option<&Once>, &Batch),
        answer: &impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        let Decided { at, before, events, mut changes } = decided;
        changes.extend_from_slice(&beside.rows);
        let version = loaded.run.version;
        let decision = Decision { after: loaded.snapshot(), events: &events, at };
        let outcome = Outcome { version, at, answer: answer(decision), replayed: false };
        let timer = keys::due_micros(&loaded.run);
        if events.is_empty() && changes.is_empty() && once.is_none() && timer == loaded.timer {
            return Ok(outcome);
        }
        let mut batch = Batch { rows: changes, absent: beside.absent.clone(), ..Batch::default() };
        outbox_rows(id, &events, &mut batch.rows);
        for event in &events {
            if let Event::WaveClosed { wave } = event {
                self.drop_drafts(id, *wave, &mut batch.rows)?;
            }
        }
        summary_rows(id, loaded, timer, &mut batch.rows);
        if let Some(once) = once {
            once::claim(once, &outcome, &mut batch);
        }
        batch.journal =
            Some(JournalAppend { run: id.clone(), expected: before, entries: entries(before, at, &events) });
        self.store.commit(batch)?;

        loaded.timer = timer;
        loaded.last = at;
        // Whatever kept it from waking may be gone.
        self.rest.end(id);
        counters::add(&self.counters.commits, 1);
        counters::add(&self.counters.events, events.len());
        self.tell_changed();
        Ok(outcome)
    }

    /// Decides acts one after the other on the run in memory.
    fn decide_all(
        &self,
        loaded: &mut Loaded,
        acts: &[Act],
        at: Timestamp,
    ) -> Result<(Vec<Event>, Vec<RowChange>), Failed> {
        let mut events = Vec::new();
        let mut changes = Vec::new();
        for (done, act) in acts.iter().enumerate() {
            let refused = |error: LiveError, undo: Undo, loaded: &mut Loaded| {
                counters::add(&self.counters.refusals, 1);
                undo.undo(loaded);
                Failed { error, intact: done == 0 }
            };
            let judges = Judges { logics: &*self.logics, limits: &self.live, at };
            let prepared = match prepare(act, loaded, judges) {
                Ok(prepared) => prepared,
                Err(error) => return Err(refused(error, Undo::Nothing, loaded)),
            };
            let context = Context {
                now: at,
                bundle: &loaded.bundle,
                rules: &*self.rules,
                records: &loaded.people,
                limits: self.limits,
            };
            match decide(&mut loaded.run, &prepared.input, context) {
                Ok(decided) => events.extend(decided),
                Err(refusal) => return Err(refused(refusal.into(), prepared.undo, loaded)),
            }
            changes.extend(prepared.rows);
        }
        Ok((events, changes))
    }
}

/// A request about an anonymous survey is known by who sends it: a digest of the answers beside the participant's id
/// would tell whose they are to anybody who can guess them.
fn without_answers<'r>(request: &'r Request, loaded: &Loaded) -> Cow<'r, Request> {
    let anonymous = request.acts.iter().find_map(|act| {
        let Act::Respond { wave, participant, .. } = act else { return None };
        let survey = form::survey_of(loaded, loaded.run.wave(*wave)?)?;
        (survey.mode == SurveyMode::Anonymous).then(|| format!("{wave} {participant}"))
    });
    match (anonymous, &request.once) {
        (Some(fingerprint), Some(once)) => {
            let once = Once { key: once.key.clone(), fingerprint };
            Cow::Owned(Request { acts: request.acts.clone(), once: Some(once) })
        }
        _ => Cow::Borrowed(request),
    }
}

fn entries(before: u64, at: Timestamp, events: &[Event]) -> Vec<Vec<u8>> {
    let entry = |(version, event): (u64, &Event)| {
        serde_json::to_vec(&Entry { format: FORMAT, version, at, event: event.clone() })
            .expect("invariant: events are plain data with text keys")
    };
    (before + 1..).zip(events).map(entry).collect()
}

/// A row for each message and errand that waits, and none for those that no longer do.
fn outbox_rows(run: &RunId, events: &[Event], rows: &mut Vec<RowChange>) {
    for event in events {
        match event {
            Event::MessageQueued { message, stale_at, .. } => {
                let row = OutboxRow { stale_at: *stale_at, ..OutboxRow::default() };
                rows.push(rows::put(StoreTable::Outbox, keys::message(run, *message), &row));
            }
            Event::MessageSettled { message, .. } => {
                rows.push(rows::delete(StoreTable::Outbox, keys::message(run, *message)));
            }
            Event::ErrandSent { errand, .. } => {
                rows.push(rows::put(StoreTable::Errands, keys::errand(run, *errand), &OutboxRow::default()));
            }
            Event::ErrandDone { errand, .. } => {
                rows.push(rows::delete(StoreTable::Errands, keys::errand(run, *errand)));
            }
            _ => {}
        }
    }
}

/// The run's summary, and its timer row where it has moved.
fn summary_rows(run: &RunId, loaded: &Loaded, timer: Option<i64>, rows: &mut Vec<RowChange>) {
    let row = RunRow { summary: views::summary(loaded.snapshot()), timer };
    rows.push(rows::put(StoreTable::Runs, keys::run(run), &row));
    if timer == loaded.timer {
        return;
    }
    if let Some(was) = loaded.timer {
        rows.push(rows::delete(StoreTable::Timers, keys::timer(was, run)));
    }
    if let Some(due) = timer {
        rows.push(RowChange { table: StoreTable::Timers, key: keys::timer(due, run), value: Some(Vec::new()) });
    }
}

impl Once {
    /// Refuses a key that can't be one.
    pub(crate) fn check(&self, most: usize) -> Result<(), LiveError> {
        let visible = self.key.bytes().all(|byte| byte.is_ascii_graphic());
        if visible && (1..=most).contains(&self.key.len()) { Ok(()) } else { Err(LiveError::BadKey(most)) }
    }
}
