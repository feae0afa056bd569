//! Errands: what verbs of the server's own want done outside, from the batch that sent them until the outside has answered.
//!
//! An errand is carried out at least once: a crash between the outside's answer and our commit carries it out again, under
//! the same id. It is never given up: an outside that can't do something for good answers so, in the verb's own terms.

use crate::{
    Engine, LiveError, keys,
    outbox::go_on,
    rows::{self, OutboxRow},
};
use jiff::Timestamp;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_core::{
    decide::{Input, Refusal},
    ports::{Batch, StoreTable},
};
use turnabout_model::{ErrandId, RunId, Value};

/// Something that a verb wants done outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Errand {
    /// `run-….errand-3`: the same each time it is carried out, so that the outside can tell.
    pub id: String,
    /// The run.
    pub run: RunId,
    /// Its number in the run, to answer later with [`Input::CompleteErrand`].
    pub number: ErrandId,
    /// The verb.
    pub verb: SmolStr,
    /// What is wanted, as the verb has decided. People are ids: [`Engine::read`] says who they are.
    pub request: Value,
    /// When the script asked.
    pub sent: Timestamp,
}

/// What the outside says to an errand.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// It is done: this is what the verb returns.
    Done(Value),
    /// It is in good hands and is not carried out again; the answer comes as [`Input::CompleteErrand`].
    Later,
}

/// Carries out errands. A call blocks; no run is locked meanwhile.
///
/// ```
/// # use std::{collections::BTreeMap, sync::{Arc, Mutex, PoisonError}};
/// # use turnabout_core::limits::Limits;
/// # use turnabout_live::{Engine, LiveLimits, ManualClock, Parts};
/// # use turnabout_model::{ErrandId, RunId};
/// # use turnabout_render::messages::MessageCheck;
/// # use turnabout_script::{RhaiScripts, ScriptLimits};
/// # use turnabout_store::MemoryStore;
/// # use turnabout_testkit::NoPlugins;
/// # let clock = ManualClock::at("2026-03-02T09:00:00Z".parse()?);
/// # let engine = Engine::new(Parts {
/// #     store: Arc::new(MemoryStore::new()),
/// #     rules: Arc::new(NoPlugins),
/// #     logics: Arc::new(NoPlugins),
/// #     scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
/// #     messages: Arc::new(MessageCheck),
/// #     clock: Arc::new(clock.clone()),
/// #     limits: Limits::standard(),
/// #     live: LiveLimits::standard(),
/// # })?;
/// use turnabout_live::{Errand, Outside, Reply};
/// use turnabout_model::Value;
///
/// /// Books rooms. The same errand may come twice, after a crash: it is booked once.
/// #[derive(Default)]
/// struct Rooms(Mutex<BTreeMap<String, usize>>);
///
/// impl Outside for Rooms {
///     fn carry_out(&self, _: &Engine, errand: &Errand) -> Result<Reply, String> {
///         let mut booked = self.0.try_lock().map_err(|_| "somebody else is booking; try again")?;
///         let next = booked.len() + 1;
///         let number = *booked.entry(errand.id.clone()).or_insert(next);
///         Ok(Reply::Done(Value::map([("booking", format!("room {number}").as_str().into())])))
///     }
/// }
///
/// let rooms = Rooms::default();
/// let errand = Errand {
///     id: "run-1.errand-1".into(),
///     run: RunId::from_bits(1),
///     number: ErrandId(1),
///     verb: "book_room".into(),
///     request: Value::map([("people", Value::Int(4))]),
///     sent: "2026-03-02T09:00:00Z".parse()?,
/// };
/// let first = rooms.carry_out(&engine, &errand)?;
/// assert_eq!(first, Reply::Done(Value::map([("booking", "room 1".into())])));
/// assert_eq!(rooms.carry_out(&engine, &errand)?, first);
/// // A loop of one's own carries out whatever waits.
/// assert_eq!(engine.carry_out(&rooms)?.done, 0);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub trait Outside: Send + Sync {
    /// Does what is wanted. An error, in words, means that it is tried again later, after twice the time each time.
    fn carry_out(&self, engine: &Engine, errand: &Errand) -> Result<Reply, String>;
}

/// What became of errands in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CarriedOut {
    /// Errands that are done.
    pub done: usize,
    /// Errands that are answered later.
    pub later: usize,
    /// Errands to be tried again.
    pub put_off: usize,
    /// Errands that no script waits for any more: they were not carried out.
    pub dropped: usize,
}

impl Engine {
    /// Carries out the errands whose time has come, and lets the steps go on that waited for them.
    ///
    /// A run whose errands can't be settled is left for the next round; the others are not kept waiting.
    pub fn carry_out(&self, outside: &dyn Outside) -> Result<CarriedOut, LiveError> {
        let mut round = CarriedOut::default();
        let mut left = BTreeSet::new();
        for (run, number, state) in self.errands_waiting()? {
            if left.contains(&run) || state.not_before.is_some_and(|at| at > self.clock.now()) {
                continue;
            }
            let wanted = self.read(&run, |of| of.run.errand(number).filter(|_| of.run.wants(number)).cloned());
            let (settled, count) = match wanted {
                // Whatever is wrong with the run, it is not the errand's fault.
                Err(error) if error.is_fatal() => return Err(error),
                Err(_) => continue,
                Ok(None) => (self.forget_errand(&run, number), &mut round.dropped),
                Ok(Some(of_run)) => {
                    let id = format!("{run}.{number}");
                    let (verb, request, sent) = (of_run.verb, of_run.request, of_run.sent);
                    let errand = Errand { id, run: run.clone(), number, verb, request, sent };
                    match outside.carry_out(self, &errand) {
                        Ok(Reply::Later) => (self.forget_errand(&run, number), &mut round.later),
                        Ok(Reply::Done(answer)) => match self.complete_errand(&run, number, answer) {
                            // The answer can't be kept: the errand must not be lost for it.
                            Err(LiveError::Refused(refusal)) => (
                                self.put_errand_off(&run, number, state.deliveries, refusal.to_string()),
                                &mut round.put_off,
                            ),
                            settled => (settled, &mut round.done),
                        },
                        Err(problem) => {
                            (self.put_errand_off(&run, number, state.deliveries, problem), &mut round.put_off)
                        }
                    }
                }
            };
            match go_on(&run, settled)? {
                Some(()) => *count += 1,
                None => drop(left.insert(run)),
            }
        }
        Ok(round)
    }

    fn errands_waiting(&self) -> Result<Vec<(RunId, ErrandId, OutboxRow)>, LiveError> {
        let mut waiting = Vec::new();
        self.every_row(StoreTable::Errands, b"", |row| {
            if let Some((run, number)) = keys::read_numbered(&row.key) {
                let state = rows::read(&row.value, run.as_str(), "an errand that waits")?;
                waiting.push((run, ErrandId(number), state));
            }
            Ok(())
        })?;
        Ok(waiting)
    }

    fn complete_errand(&self, run: &RunId, errand: ErrandId, answer: Value) -> Result<(), LiveError> {
        match self.submit(run, Input::CompleteErrand { errand, answer }, |_| ()) {
            // Somebody else was quicker, or the script has gone on meanwhile.
            Err(LiveError::Refused(Refusal::AlreadySo { .. } | Refusal::NoLongerAsked(_) | Refusal::Over(_))) => {
                self.forget_errand(run, errand)
            }
            settled => settled.map(drop),
        }
    }

    fn forget_errand(&self, run: &RunId, errand: ErrandId) -> Result<(), LiveError> {
        let row = rows::delete(StoreTable::Errands, keys::errand(run, errand));
        Ok(self.store.commit(Batch { rows: vec![row], ..Batch::default() })?)
    }

    fn put_errand_off(&self, run: &RunId, errand: ErrandId, tries: u32, problem: String) -> Result<(), LiveError> {
        tracing::warn!(%run, %errand, "an errand was not carried out: {problem}");
        let deliveries = tries.saturating_add(1);
        let not_before = Some(self.next_delivery(deliveries));
        let row = OutboxRow { deliveries, not_before, problem: Some(problem), stale_at: None };
        self.with_run(run, |engine, loaded| {
            if loaded.run.wants(errand) {
                let row = rows::put(StoreTable::Errands, keys::errand(run, errand), &row);
                engine.store.commit(Batch { rows: vec![row], ..Batch::default() })?;
            }
            Ok(())
        })
    }
}
