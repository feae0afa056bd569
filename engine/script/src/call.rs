//! What one evaluation carries with it: the tag.

use crate::{closures::Closures, convert::to_dynamic};
use jiff::{Timestamp, tz::TimeZone};
use rhai::{Dynamic, EvalAltResult, NativeCallContext, Position};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};
use turnabout_core::replay::Replay;
use turnabout_model::Value;

/// The token with which a suspension ends an evaluation: an error that a script's `catch` can't catch.
pub(crate) const SUSPENDED: i64 = 1;
/// The token with which a stopped replay ends an evaluation.
pub(crate) const STOPPED: i64 = 2;
/// The token with which the wall-clock limit ends an evaluation.
pub(crate) const OUT_OF_TIME: i64 = 3;
/// The token with which the limit of operations ends an evaluation.
pub(crate) const OUT_OF_OPERATIONS: i64 = 4;

/// What one evaluation carries with it.
#[derive(Debug, Clone)]
pub(crate) struct Call(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Locked for moments by one thread alone, so never contended: rhai's tag must be shareable.
    replay: Mutex<Option<Replay>>,
    settings: Arc<Value>,
    /// The settings as a script's value, once it has asked for them.
    as_dynamic: OnceLock<Dynamic>,
    run_started: Timestamp,
    zone: TimeZone,
    known: Arc<Known>,
}

/// What is known of a program's functions and closures from reading it.
#[derive(Debug)]
pub(crate) struct Known {
    /// How many parameters each has, captured variables included.
    pub(crate) arities: HashMap<String, usize>,
    /// What each closure says.
    pub(crate) closures: Closures,
}

impl Call {
    pub(crate) fn new(
        replay: Replay,
        settings: Arc<Value>,
        run_started: Timestamp,
        zone: TimeZone,
        known: Arc<Known>,
    ) -> Self {
        let replay = Mutex::new(Some(replay));
        Self(Arc::new(Inner { replay, settings, as_dynamic: OnceLock::new(), run_started, zone, known }))
    }

    /// The call that a native function belongs to; none while a script is compiled.
    pub(crate) fn of(context: &NativeCallContext<'_>) -> Result<Self, Box<EvalAltResult>> {
        context.tag().and_then(|tag| tag.clone().try_cast::<Call>()).ok_or_else(|| {
            EvalAltResult::ErrorRuntime(
                "verbs can be called only inside functions, not at the top of a script".into(),
                context.call_position(),
            )
            .into()
        })
    }

    fn lock(&self) -> MutexGuard<'_, Option<Replay>> {
        self.0.replay.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the replay. The lock is released before any closure of the script runs.
    pub(crate) fn replay<T>(&self, work: impl FnOnce(&mut Replay) -> T) -> T {
        let mut replay = self.lock();
        work(replay.as_mut().expect("invariant: the replay is taken out only when the evaluation is over"))
    }

    /// Takes the replay out when the evaluation is over.
    pub(crate) fn into_replay(self) -> Replay {
        self.lock().take().expect("invariant: the replay is taken out once")
    }

    pub(crate) fn settings(&self) -> Dynamic {
        self.0.as_dynamic.get_or_init(|| to_dynamic(&self.0.settings)).clone()
    }

    pub(crate) fn run_started(&self) -> Timestamp {
        self.0.run_started
    }

    pub(crate) fn zone(&self) -> &TimeZone {
        &self.0.zone
    }

    /// How many parameters a function has, captured variables included.
    pub(crate) fn arity(&self, function: &str) -> Option<usize> {
        self.0.known.arities.get(function).copied()
    }

    /// What the closures of the program say.
    pub(crate) fn closures(&self) -> &Closures {
        &self.0.known.closures
    }
}

/// The place a native function was called from.
pub(crate) fn position(context: &NativeCallContext<'_>) -> turnabout_model::Position {
    place(context.call_source(), context.call_position())
}

/// A place in the house's own terms.
pub(crate) fn place(source: Option<&str>, at: Position) -> turnabout_model::Position {
    turnabout_model::Position {
        file: source.unwrap_or(crate::engine::MAIN).into(),
        line: at.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(0),
        column: at.position().and_then(|column| u32::try_from(column).ok()).unwrap_or(0),
    }
}

/// Ends an evaluation past every `catch`.
#[allow(clippy::unnecessary_box_returns)] // every error of rhai's travels in a box
pub(crate) fn end(token: i64, context: &NativeCallContext<'_>) -> Box<EvalAltResult> {
    EvalAltResult::ErrorTerminated(token.into(), context.call_position()).into()
}

/// Tells whether an evaluation ended because everything that is left waits.
pub(crate) fn is_suspension(error: &EvalAltResult) -> bool {
    match error {
        EvalAltResult::ErrorTerminated(token, _) => token.as_int() == Ok(SUSPENDED),
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) | EvalAltResult::ErrorInModule(_, inner, _) => {
            is_suspension(inner)
        }
        _ => false,
    }
}
